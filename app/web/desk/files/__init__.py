"""Files that background work makes for a person (tệp lập ở nền)."""
