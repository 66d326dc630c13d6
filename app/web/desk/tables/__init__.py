"""Other forms as tables, and the rates by row."""
