"""Writing use cases (nghiệp vụ ghi): one function, one transaction, its events."""
