"""The event log outside the house (kiểm tra độc lập): one file that checks an export by itself."""
