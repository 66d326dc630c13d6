"""Seed data (dữ liệu ban đầu): calendar, grounds, papers and about 130 procedures, written from facts."""
