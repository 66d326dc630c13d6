"""The page of the 766 index."""
