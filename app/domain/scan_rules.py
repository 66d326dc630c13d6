"""The least resolution of a scan by the type of paper (độ phân giải tối thiểu), as dated rows.

Ordinary administrative papers may do with 200 dpi, the rest asks for 300 (unified digitization guidance of the
Ministry of Science and Technology, 11/2025); which of our types are "the rest" is our reading: photographs, and
papers whose seal, stamp or handwriting is what they prove. An administrator's rows (setting `scan_resolution`) win.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

SETTING = "scan_resolution"


@dataclass(frozen=True, slots=True)
class ScanRule:
    """From `effective_from` on, papers whose type code begins with `prefix` need `least_dpi`; "" is every paper."""

    prefix: str
    least_dpi: int
    effective_from: date
    source: str


_ANNEX = "NĐ 30/2020/NĐ-CP, Phụ lục I, phần II.I.2"
_GUIDANCE = "Hướng dẫn số hóa thống nhất, Bộ KH&CN, 11/2025"
_FINE = (
    "GT-ANH", "GT-CN", "GT-NN",  # photographs, school records, degrees
    "GT-KSC", "GT-KTC", "GT-KHC", "GT-CNC",  # civil status papers of former times
    "GT-HTN", "GT-KHNN", "GT-LHNN",  # papers of foreign authorities
)  # fmt: skip

RULES: tuple[ScanRule, ...] = (
    ScanRule("", 200, date(2020, 3, 5), _ANNEX),
    *(ScanRule(prefix, 300, date(2025, 11, 1), _GUIDANCE) for prefix in _FINE),
)


def least_dpi(type_code: str, day: date, rules: Sequence[ScanRule] = RULES) -> int:
    """Return the least resolution of a paper on a day: of the rows in force, the longest prefix, then the newest."""
    fitting = [rule for rule in rules if type_code.startswith(rule.prefix) and rule.effective_from <= day]
    return max(fitting, key=lambda rule: (len(rule.prefix), rule.effective_from), default=RULES[0]).least_dpi


def rules_of(stored: Iterable[Mapping[str, Any]] | None) -> tuple[ScanRule, ...]:
    """Return the rows of the setting, before which ours stand: [{"prefix", "dpi", "from", "source"}]."""
    own = tuple(
        ScanRule(str(row["prefix"]), int(row["dpi"]), date.fromisoformat(row["from"]), str(row.get("source", "")))
        for row in stored or ()
    )
    taken = {rule.prefix for rule in own}
    return (*(rule for rule in RULES if rule.prefix not in taken), *own)
