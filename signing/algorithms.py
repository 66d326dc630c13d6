"""Algorithms and how long they prove (thuật toán ký, hàm băm): rows with dates and sources, no code to change.

Two dates a row. After `until` nobody may rely on it without a timestamp from before: verification says so.
`renew_by` comes earlier: what rests on it should be under a stronger timestamp by then, and the renewal sweep
sees to it. What no row names is refused at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One row: a digest or a kind of key from `least_bits` on, acceptable from `since` until `until` (exclusive)."""

    name: str
    source: str
    least_bits: int = 0
    since: datetime | None = None
    until: datetime | None = None
    renew_by: datetime | None = None

    def accepts(self, moment: datetime | None) -> bool:
        """Return whether it proves something made at `moment` (aware); None asks about all times."""
        if moment is None:
            return self.until is None
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


def _day(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


# The Vietnamese texts set the floor (RSA of 2048 bits or ECDSA, SHA-256 or better) and no end. The ends of what
# was given up are those of NIST; the dates to renew by are the agreed European and American outlook.
_FLOOR = "TT 22/2020/TT-BTTTT"
_GIVEN_UP = "NIST SP 800-131A Rev. 2"
_QUANTUM = "NIST IR 8547 (draft)"

ALGORITHMS = (
    Algorithm("sha1", _GIVEN_UP, until=_day(2014)),
    Algorithm("sha224", _GIVEN_UP, until=_day(2031)),
    Algorithm("sha256", _FLOOR),
    Algorithm("sha384", _FLOOR),
    Algorithm("sha512", _FLOOR),
    Algorithm("sha3_256", "FIPS 202", since=_day(2015, 8, 5)),
    Algorithm("sha3_384", "FIPS 202", since=_day(2015, 8, 5)),
    Algorithm("sha3_512", "FIPS 202", since=_day(2015, 8, 5)),
    Algorithm("rsa", _GIVEN_UP, least_bits=1024, until=_day(2014)),
    Algorithm("rsa", f"{_FLOOR}; SOG-IS ACM 1.3", least_bits=2048, renew_by=_day(2029)),
    Algorithm("rsa", f"{_FLOOR}; {_QUANTUM}", least_bits=3072, renew_by=_day(2036)),
    Algorithm("ecdsa", _GIVEN_UP, least_bits=160, until=_day(2014)),
    Algorithm("ecdsa", f"{_FLOOR}; {_QUANTUM}", least_bits=256, renew_by=_day(2036)),
    Algorithm("ed25519", f"RFC 8419; {_QUANTUM}", renew_by=_day(2036)),
    Algorithm("ed448", f"RFC 8419; {_QUANTUM}", renew_by=_day(2036)),
)


def row_of(name: str, bits: int = 0) -> Algorithm | None:
    """Return the strictest row that a digest, or a key of so many bits, reaches; None when none names it."""
    reached = [row for row in ALGORITHMS if row.name == name and row.least_bits <= bits]
    return max(reached, key=lambda row: row.least_bits, default=None)


def renew_by(*used: tuple[str, int]) -> datetime | None:
    """Return when the first of what is `used` (name, bits) should rest under something stronger; None: no date."""
    rows = [row_of(name, bits) for name, bits in used]
    dates = [row.renew_by or row.until for row in rows if row is not None]
    return min((one for one in dates if one is not None), default=None)
