"""What a one-stop desk names and counts (khái niệm của bộ phận Một cửa). Pure: no Flask, no database, no clock."""
