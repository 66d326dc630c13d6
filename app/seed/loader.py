"""Reads the seed files into records (đọc dữ liệu ban đầu). A file that contradicts itself fails at once.

A limit is written as `TimeLimit` reads it ("3 working days"), or per channel: "1: 27 working days | 2: 17 working
days". A component is the key of a paper, with "?" when the dossier is complete without it.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.catalogue_complete import (
    AskedPaper,
    ChannelLimits,
    CompleteProcedure,
    FeeLine,
    LongerCase,
    PaperKind,
    ProcessStep,
)
from app.domain.catalogue_minutes import working_minutes
from app.domain.channels import Channel
from workflows.limits import TimeLimit

HERE = Path(__file__).parent
LEVELS = ("commune", "department")
ROUND_TO = 5  # minutes; a step of 37 minutes would pretend to a precision nobody has


@cache
def procedures() -> tuple[CompleteProcedure, ...]:
    """Return every seeded procedure, the commune's first, in the order of the files."""
    return tuple(_procedure(row, level) for level in LEVELS for row in _rows(f"{level}.csv"))


@cache
def papers() -> Mapping[str, PaperKind]:
    """Return the kinds of paper by key."""
    return {row["key"]: PaperKind(**{**row, "originals": int(row["originals"]), "copies": int(row["copies"])})
            for row in _rows("papers.csv")}  # fmt: skip


@cache
def fees() -> Mapping[str, tuple[FeeLine, ...]]:
    """Return the fee lines by key."""
    found: dict[str, tuple[FeeLine, ...]] = {}
    for row in _rows("fees.csv"):
        found[row["key"]] = (*found.get(row["key"], ()), _fee(row))
    return found


@cache
def processes() -> Mapping[str, list[dict[str, Any]]]:
    """Return the internal processes by name: steps with their share of the committed limit in percent."""
    return {name: process["steps"] for name, process in _toml("processes.toml").items()}


@cache
def own_fields() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """Return the sets of own fields by name."""
    return {name: tuple(definition["fields"]) for name, definition in _toml("fields.toml").items()}


def grounds() -> list[dict[str, Any]]:
    """Return the grounds of suspension, as the table `suspension_grounds` keeps them."""
    return list(_toml("grounds.toml")["grounds"])


def tariffs() -> list[dict[str, Any]]:
    """Return what certification costs by date, as the table `certification_tariffs` keeps it."""
    return list(_toml("certification.toml")["tariffs"])


def signers() -> list[dict[str, Any]]:
    """Return the demo's signing blocks: unit code, login, titles, decision, since and until when."""
    return list(_toml("certification.toml")["signers"])


def units() -> dict[str, Any]:
    """Return the demo units: province, authorities with their divisions, places."""
    return _toml("units.toml")


def calendar_text() -> str:
    """Return the days off and worked Saturdays as CSV text, in the shape `import calendar` reads."""
    return (HERE / "calendar.csv").read_text(encoding="utf-8")


def _procedure(row: dict[str, str], level: str) -> CompleteProcedure:
    limits = _limits(row)
    return CompleteProcedure(
        code=row["code"],
        name=row["name"],
        short_name=row["short"],
        aliases=tuple(row["aliases"].split()),
        field=row["field"],
        level=level,
        division=row["division"],
        limits=limits,
        components=tuple(_component(key) for key in row["components"].split()),
        fees=fees()[row["fee"]] if row["fee"] else (),
        steps=_steps(row, min(working_minutes(limit.committed) for limit in limits)),
        result_form=row["result_form"],
        result_name=row["result_name"],
        result_code=row["result_code"],
        own_fields=own_fields()[row["fields"]],
        cases=tuple(_case(text) for text in row["cases"].split("; ") if text),
        neutral_name=row["neutral"],
        checked=row["checked"],
        subjects=row["subjects"],
    )


def _limits(row: dict[str, str]) -> tuple[ChannelLimits, ...]:
    channels = [Channel(int(number)) for number in row["channels"].split()]
    statutory, committed = _by_channel(row["statutory"], channels), _by_channel(row["committed"], channels)
    return tuple(ChannelLimits(channel, statutory[channel], committed[channel]) for channel in channels)


def _by_channel(text: str, channels: list[Channel]) -> dict[Channel, TimeLimit]:
    if ":" not in text:
        return dict.fromkeys(channels, TimeLimit.parse(text))
    pairs = (part.split(":", 1) for part in text.split("|"))
    return {Channel(int(number)): TimeLimit.parse(limit) for number, limit in pairs}


def _component(key: str) -> AskedPaper:
    paper = papers()[key.rstrip("?")]
    return AskedPaper(paper, required=not key.endswith("?") and paper.exemption != "database")


def _case(text: str) -> LongerCase:
    name, limits = text.split(" = ")
    statutory, committed = limits.split(" > ")
    return LongerCase(name, TimeLimit.parse(statutory), TimeLimit.parse(committed))


def _steps(row: dict[str, str], minutes: int) -> tuple[ProcessStep, ...]:
    return tuple(
        ProcessStep(step["name"], step["role"], row["division"] if step["unit"] == "*" else step["unit"],
                 max(ROUND_TO, minutes * step["share"] // 100 // ROUND_TO * ROUND_TO))
        for step in processes()[row["process"]]
    )  # fmt: skip


def _fee(row: dict[str, str]) -> FeeLine:
    channel = Channel(int(row["channel"])) if row["channel"] else None
    exemptions = tuple(word for word in row["exemptions"].split("|") if word)
    return FeeLine(row["name"], channel, int(row["amount"]), row["per"], row["condition"], exemptions, row["basis"])


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
