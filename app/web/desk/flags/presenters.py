"""Flags in words (lời của cờ): neutral sentences of the evidence, never a judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.domain.flags import BY_ID, KINDS, RULES, Finding
from app.i18n import gettext as _
from app.queries.flags import ANSWERED, Flag, Word


@dataclass(frozen=True, slots=True)
class State:
    """How far a flag is: a word, an icon, a look."""

    text: str
    icon: str
    css: str


@dataclass(frozen=True, slots=True)
class FlagShown:
    """One flag as a line or a page."""

    id: str
    title: str
    sentence: str
    unit: str
    numbers: tuple[str, ...]
    state: State
    words: tuple[tuple[str, Word], ...]
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """The flags of one rule."""

    title: str
    flags: tuple[FlagShown, ...]


def groups(known: tuple[Flag, ...], address: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the flags by rule, in the order of the rules; rules that found nothing are left out."""
    found = ((rule, [flag for flag in known if flag.finding.rule == rule.id]) for rule in RULES)
    return tuple(
        Group(_(rule.title), tuple(flag_shown(flag, address) for flag in flags)) for rule, flags in found if flags
    )


def flag_shown(flag: Flag, address: Mapping[str, str]) -> FlagShown:
    """Return one flag with its sentence."""
    rule = BY_ID[flag.finding.rule]
    return FlagShown(
        flag.finding.id,
        _(rule.title),
        _(rule.sentence).format(**_facts(flag.finding)),
        flag.unit,
        flag.finding.numbers,
        _state(flag.state),
        tuple((_("Giải trình") if word.kind == ANSWERED else _("Hỏi"), word) for word in flag.words),
        url_for("desk.flag", flag_id=flag.finding.id, **address),
    )


def _facts(finding: Finding) -> dict[str, str]:
    facts = dict(finding.facts)
    if kind := facts.get("kind"):
        facts["kind"] = _(KINDS[kind])
    return facts


def _state(state: str) -> State:
    known = {
        "new": State(_("Chưa hỏi"), "circle", "mc-state-soon"),
        "asked": State(_("Đã hỏi, chờ giải trình"), "hourglass-split", "mc-state-pause"),
        "answered": State(_("Đã giải trình"), "check-circle", "mc-state-ok"),
    }
    return known[state]
