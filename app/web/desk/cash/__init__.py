"""Money at the counter (thu tiền): the drawer, receipts, QR, sheets."""
