"""Numbers of issued forms as printed (số phiếu): the suffixes of the ministry's set (law2.md 2.1)."""

from __future__ import annotations

from types import MappingProxyType

SUFFIX = MappingProxyType(
    {"01": "TTPVHCC", "02": "PBS-TTPVHCC", "03": "PTC-TTPVHCC", "04": "PXL", "05": "TBD-TTPVHCC", "06": "PKS-TTPVHCC"}
)


def number_text(form: str, number: int) -> str:
    """Return the number as printed: "0123/TTPVHCC"."""
    return f"{number:04d}/{SUFFIX[form]}"
