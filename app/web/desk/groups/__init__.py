"""Receiving by list (tiếp nhận theo danh sách)."""
