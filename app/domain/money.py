"""Ways of paying (hình thức thu) and what of them lies in the clerk's drawer."""

from __future__ import annotations

METHODS = ("cash", "qr", "online", "post")
# Cash, and what the post collected and handed over in cash (bưu chính thu hộ).
DRAWER = frozenset({"cash", "post"})
LARGEST_VND = 10_000_000_000
