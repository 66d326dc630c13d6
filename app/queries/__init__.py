"""Reading (nghiệp vụ đọc): frozen rows for pages and reports; no ORM object leaves this room."""
