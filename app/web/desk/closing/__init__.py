"""Closing a report and what changed since."""
