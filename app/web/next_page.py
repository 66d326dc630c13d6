"""Where to go after signing in (trang tiếp theo): an address of ours or none, never another site's."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 2_000


def local_path(address: str | None) -> str | None:
    """Return `address` when it is a plain path on this site with its query, else None.

    Backslashes, control characters, a second slash and schemes are how browsers are talked into leaving.
    """
    if not address or len(address) > LONGEST or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or any(ord(letter) < 33 or ord(letter) == 127 for letter in address):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None
