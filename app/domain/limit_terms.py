"""Limits of a channel as people type them (thời hạn theo quy định, thời hạn rút ngắn): one reading for every door.

A page and an import hand over the same texts and get the same refusals, each naming its field. A shortened limit
rests on a decision (số, ngày) and begins on a day of its own; by how much it is shortened is reckoned, never typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

from app.domain import checks
from app.domain.catalogue_limits import limit_of
from app.domain.channels import CHANNEL_WORDS, Channel
from app.domain.limit_errors import (
    CommittedTooLong,
    CutoffWithoutSameDay,
    DecisionAhead,
    DecisionNeeded,
    DecisionWithoutShortening,
    LimitNeeded,
    ShortenedAfterVersion,
    ShortenedBeforeDecision,
)
from app.domain.process_fit import check_process, tightest
from app.domain.vietnamese import clean
from workflows.errors import LimitLongerThanLaw, RuleBroken, StepsTooLong
from workflows.limits import LimitUnit, TimeLimit, check_committed, label_vi, read_cutoff, shortened_percent

_LIMITS = ("statutory", "committed")
DECISION_FIELDS = ("decision_number", "decision_date", "shortened_from")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTerms:
    """What is typed of one limit and what it is shortened to, every field a text.

    Units are keys of `LimitUnit` or their Vietnamese words; days are dd/mm/yyyy or ISO; the cut-off is HH:MM.
    """

    statutory_amount: str = ""
    statutory_unit: str = ""
    committed_amount: str = ""
    committed_unit: str = ""
    cutoff: str = ""
    decision_number: str = ""
    decision_date: str = ""
    shortened_from: str = ""


TERMS = tuple(field.name for field in fields(TypedTerms))


@dataclass(frozen=True, slots=True)
class TypedLimits(TypedTerms):
    """One channel as typed; without a statutory limit the channel is not offered."""

    channel: Channel

    @property
    def is_empty(self) -> bool:
        """Nothing is typed at this channel."""
        return self == TypedLimits(self.channel)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that typed limits are held against: today, and the day from which they are to hold (Vietnam)."""

    today: date
    since: date


def limit_rows(typed: Sequence[TypedLimits], days: Days) -> tuple[dict[str, Any], ...]:
    """Return the limits as the version's rows hold them, channels in order; `percent` is reckoned.

    Raises what `catalogue_limits.limit_of` raises, LimitNeeded, CommittedTooLong, CutoffWithoutSameDay,
    DecisionNeeded, DecisionWithoutShortening, DecisionAhead, ShortenedBeforeDecision, ShortenedAfterVersion,
    NotADate or TooLong, naming the field as `rows.2.committed_amount`.
    """
    rows = [
        {"channel": int(one.channel), **terms_row(one, days, place=f"rows.{number}", what=_channel(one.channel))}
        for number, one in enumerate(typed, start=1)
        if not one.is_empty
    ]
    if not rows:
        raise LimitNeeded(where="rows.1.statutory_amount", what=_channel(Channel.DIRECT))
    return tuple(sorted(rows, key=lambda row: row["channel"]))


def check_room(steps: Sequence[Mapping[str, Any]], placed: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Hold the internal process against rows of limits, each with its place on the form.

    Raises StepsTooLong at the place of the tightest.
    """
    rows = [row for _place, row in placed]
    try:
        check_process(steps, rows)
    except StepsTooLong as error:
        tight = tightest(rows)
        place, row = next((place, row) for place, row in placed if tightest([row]) == tight)
        field = "committed_amount" if row["committed"] else "statutory_amount"
        raise StepsTooLong(where=f"{place}.{field}", **error.facts) from error


def placed_limits(
    rows: Sequence[Mapping[str, Any]], typed: Sequence[TypedLimits]
) -> list[tuple[str, Mapping[str, Any]]]:
    """Return each channel's row with its place among what was typed, `rows.0` for one that was not."""
    numbers = {int(one.channel): number for number, one in enumerate(typed, start=1)}
    return [(f"rows.{numbers.get(row['channel'], 0)}", row) for row in rows]


def typed_limits(row: Mapping[str, Any]) -> TypedLimits:
    """Return a row of a version as a form takes it back: `limit_rows` of it gives the row again."""
    return TypedLimits(Channel(row["channel"]), **typed_terms(row))


def typed_terms(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts that `terms_row` reads as this row."""
    limits = {name: TimeLimit.parse(row[name], row["cutoff"]) for name in _LIMITS if row[name]}
    cutoffs = {limit.cutoff for limit in limits.values() if limit.cutoff}
    texts = {f"{name}_amount": _amount(limit) for name, limit in limits.items()}
    units = {f"{name}_unit": str(limit.unit) for name, limit in limits.items()}
    days = {name: f"{row[name]:%d/%m/%Y}" for name in DECISION_FIELDS[1:] if row[name]}
    cutoff = next((f"{cutoff:%H:%M}" for cutoff in cutoffs), "")
    return {**texts, **units, "cutoff": cutoff, "decision_number": row["decision_number"], **days}


def percent_of(typed: TypedTerms) -> int | None:
    """Return by how many percent what is typed is shorter than the law; None while that cannot be told."""
    try:
        cutoff = read_cutoff(clean(typed.cutoff) or None)
        statutory = _limit(typed.statutory_amount, typed.statutory_unit, "statutory", cutoff=cutoff)
        committed = _limit(typed.committed_amount, typed.committed_unit, "committed", cutoff=cutoff)
        if statutory is None or committed is None or committed == statutory:
            return None
        return _percent("", committed, statutory)
    except RuleBroken:
        return None


def words_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return limits in words for the log: each channel or case with its law's limit, what it became, and why."""
    return "; ".join(_words(row) for row in rows if row["statutory"])


def _words(row: Mapping[str, Any]) -> str:
    limits = {name: label_vi(TimeLimit.parse(row[name], row["cutoff"])) for name in _LIMITS if row[name]}
    whose = CHANNEL_WORDS[row["channel"]] if "channel" in row else f"trường hợp “{row['name']}”"
    told = f"{whose} {limits['statutory']}"
    if row["committed"] and row["committed"] != row["statutory"]:
        told += f", còn {limits['committed']}"
    if row["decision_date"]:
        told += f" (giảm {row['percent']} %, {row['decision_number']} ngày {_vn(row['decision_date'])})"
    return told


def _amount(limit: TimeLimit) -> str:
    return "" if limit.unit is LimitUnit.SAME_DAY else str(limit.amount)


def terms_row(typed: TypedTerms, days: Days, *, place: str, what: str) -> dict[str, Any]:
    """Return what is typed as the columns of a row; `what` it limits is named by a refusal, the field below `place`.

    Raises what `limit_rows` raises.
    """
    try:
        return _row(typed, days, what)
    except RuleBroken as error:
        raise type(error)(where=f"{place}.{error.where}", **error.facts) from error


def _channel(channel: Channel) -> str:
    return f"Kênh {CHANNEL_WORDS[channel]}"


def _row(typed: TypedTerms, days: Days, what: str) -> dict[str, Any]:
    cutoff = read_cutoff(clean(typed.cutoff) or None)
    statutory = _limit(typed.statutory_amount, typed.statutory_unit, "statutory", cutoff=cutoff)
    committed = _limit(typed.committed_amount, typed.committed_unit, "committed", cutoff=cutoff)
    if statutory is None:
        raise LimitNeeded(where="statutory_amount", what=what)
    is_shortened = committed is not None and committed != statutory
    percent = _percent(what, committed or statutory, statutory) if is_shortened else None
    return {
        "statutory": str(statutory),
        "committed": str(committed) if committed else None,
        "cutoff": _cutoff_of(cutoff, statutory, committed),
        **(_decision(typed, days, what) if is_shortened else _no_decision(typed, what)),
        "percent": percent,
    }


def _limit(amount: str, unit: str, name: str, *, cutoff: time | None) -> TimeLimit | None:
    number, words = clean(amount), clean(unit)
    if not (number or words):
        return None
    try:
        return limit_of(number, words, cutoff)
    except RuleBroken as error:
        raise type(error)(where=f"{name}_{error.where}", **error.facts) from error


def _percent(what: str, committed: TimeLimit, statutory: TimeLimit) -> int:
    """Return how much shorter the committed limit is. Raises CommittedTooLong where it is none."""
    try:
        check_committed(committed, statutory)
    except LimitLongerThanLaw as error:
        raise CommittedTooLong(where="committed_amount", what=what, **error.facts) from error
    return shortened_percent(committed, statutory)


def _cutoff_of(typed: time | None, statutory: TimeLimit, committed: TimeLimit | None) -> str | None:
    used = statutory.cutoff or (committed.cutoff if committed else None)
    if typed and not used:
        raise CutoffWithoutSameDay(where="cutoff", cutoff=f"{typed:%H:%M}")
    return f"{used:%H:%M}" if used else None


def _no_decision(typed: TypedTerms, what: str) -> dict[str, Any]:
    if stated := next((name for name in DECISION_FIELDS if clean(getattr(typed, name))), None):
        raise DecisionWithoutShortening(where=stated, what=what)
    return {"decision_number": "", "decision_date": None, "shortened_from": None}


def _decision(typed: TypedTerms, days: Days, what: str) -> dict[str, Any]:
    if missing := next((name for name in DECISION_FIELDS if not clean(getattr(typed, name))), None):
        raise DecisionNeeded(where=missing, what=what)
    number = checks.text(typed.decision_number, what="số quyết định", where="decision_number")
    decided, since = read_day(typed.decision_date, "decision_date"), read_day(typed.shortened_from, "shortened_from")
    if decided > days.today:
        raise DecisionAhead(where="decision_date", value=_vn(decided), today=_vn(days.today))
    if since < decided:
        raise ShortenedBeforeDecision(where="shortened_from", since=_vn(since), decided=_vn(decided))
    if since > days.since:
        raise ShortenedAfterVersion(where="shortened_from", since=_vn(since), applied=_vn(days.since))
    return {"decision_number": number, "decision_date": decided, "shortened_from": since}


def read_day(typed: str, where: str) -> date:
    """Return a day written dd/mm/yyyy, or as files write it. Raises NotADate."""
    text = clean(typed)
    return checks.day(re.sub(_ISO, r"\3/\2/\1", text), where=where)


def _vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"
