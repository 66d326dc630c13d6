"""Trying a shorter limit (thử thời hạn): the page of leaders and of the province."""
