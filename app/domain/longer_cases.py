"""Cases with limits of their own (trường hợp kéo dài, ví dụ “Cần xác minh”): read, kept and shown like channels.

A case holds in every channel. Beside name and limits a version keeps its decision and percent, days as ISO texts;
cases of older versions keep name and limits alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain import checks
from app.domain.limit_errors import CaseHasPapers, CaseTwice
from app.domain.limit_terms import DECISION_FIELDS, Days, TypedTerms, terms_row, typed_terms

_DAYS = DECISION_FIELDS[1:]
_UNSAID = {"cutoff": None, "decision_number": "", "decision_date": None, "shortened_from": None, "percent": None}


@dataclass(frozen=True, slots=True)
class TypedCase(TypedTerms):
    """One case as typed; left empty it is none."""

    name: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing is typed at this case."""
        return self == TypedCase()


def case_rows(typed: Sequence[TypedCase], days: Days) -> tuple[dict[str, Any], ...]:
    """Return the cases in their order, days as dates; what is left empty is taken out.

    Raises CaseTwice, MissingText or TooLong for a name, and what `limit_terms.limit_rows` raises for limits, naming
    the field as `cases.2.committed_amount`.
    """
    rows, seen = list[dict[str, Any]](), set[str]()
    for number, one in enumerate(typed, start=1):
        if one.is_empty:
            continue
        place = f"cases.{number}"
        name = checks.text(one.name, what="tên trường hợp", where=f"{place}.name")
        if name in seen:
            raise CaseTwice(where=f"{place}.name", name=name)
        seen.add(name)
        rows.append({"name": name, **terms_row(one, days, place=place, what=f"Trường hợp “{name}”")})
    return tuple(rows)


def kept(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the cases as a version keeps them; `stated` reads them back."""
    return [{**row, **{name: row[name] and row[name].isoformat() for name in _DAYS}} for row in rows]


def stated(cases: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Return the cases that a version keeps, complete: days as dates, empty what an older version did not say."""
    rows = [{**_UNSAID, **case} for case in cases]
    return tuple({**row, **{name: row[name] and date.fromisoformat(row[name]) for name in _DAYS}} for row in rows)


def typed_case(row: Mapping[str, Any]) -> TypedCase:
    """Return a case as a form takes it back: `case_rows` of it gives the row again."""
    return TypedCase(name=row["name"], **typed_terms(row))


def changed_cases(
    after: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]
) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the cases that are new or changed with their places: the internal process has to fit them.

    What stands already may be shorter than it: the process is written for the usual case.
    """
    return [(f"cases.{number}", row) for number, row in enumerate(after, start=1) if row not in before]


def refuse_orphans(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]], papers: Iterable[Mapping[str, Any]]
) -> None:
    """Raise CaseHasPapers where a case is gone for which a paper is still asked."""
    gone = {row["name"] for row in before} - {row["name"] for row in after}
    for paper in papers:
        if paper["case"] in gone:
            raise CaseHasPapers(where="cases", name=paper["case"], paper=paper["name"][:80])
