"""`motcua report close` and `motcua report restatement`: figures that stay told, and what changed since."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from app.cli.common import answer, json_option
from app.cli.home import opened_house
from app.cli.report_options import unit_and_period
from app.domain.closed_entries import EntryChange
from app.domain.closed_forms import CLOSED_FORMS
from app.domain.closing import CAME, FORM, STOOD, Closed, Move, Opening, Placed, Restatement
from app.domain.event_kinds import title
from app.domain.people import Actor
from app.domain.periods import between
from app.domain.vietnamese_format import number, short_moment
from app.queries import closed_reports, entered_figures, restatements
from app.queries.figures import form06a_now
from app.queries.report_scope import report_unit
from app.services import closing
from workflows.errors import N_, RuleBroken
from workflows.states import ActorKind

OPERATOR = Actor(ActorKind.STAFF, "Quản trị (dòng lệnh)")


class NotClosed(RuleBroken):
    """Only a closed report can be restated."""

    code = "not_closed"
    sentence = N_("Kỳ báo cáo này chưa chốt nên chưa có thay đổi sau khi chốt. Vui lòng chốt trước.")


@click.command("close")
@unit_and_period
@json_option
def close(*, unit_code: str, descendants: bool, first_day: date, end_day: date) -> None:
    """Close a period: the cells of all its forms stay told, with the dossiers behind them."""
    with opened_house() as house, house.unit_of_work() as uow:
        unit, period = report_unit(uow.session, unit_code, descendants=descendants), between(first_day, end_day)
        form, forms = form06a_now(uow.session, unit, period), restatements.forms_now(uow.session, unit, period)
        entered = entered_figures.entries_now(uow.session, unit, period)
        counted = closing.Counted(form, closed_reports.placed(unit, period), forms, entered)
        done = closing.close(uow, counted, OPERATOR, house.clock.now())
    answer(closed_document(done), [f"Đã chốt {number(done.dossiers)} hồ sơ, mã băm {done.digest}"])


@click.command("restatement")
@unit_and_period
@click.option("--form", type=click.Choice(list(CLOSED_FORMS)), default=FORM, help="Which form, or the rates.")
@json_option
def restatement(*, unit_code: str, descendants: bool, first_day: date, end_day: date, form: str) -> None:
    """What changed in a form of a closed period: which dossiers moved, from which cells to which, by whose event."""
    period = between(first_day, end_day)
    with opened_house() as house, house.reading() as session:
        unit = report_unit(session, unit_code, descendants=descendants)
        closed = closed_reports.closed_of(session, unit, period)
        if closed is None:
            raise NotClosed(where="from")
        found = restatements.restatement(session, unit, period, closed, form=CLOSED_FORMS[form], most=None)
        before = closed_reports.opening(session, unit, period)
        entered = entered_figures.entries_changed(session, unit, period)
    answer(_document(found, before, entered), [*_lines(found), *map(_entered_line, entered)])


def closed_document(closed: Closed) -> dict[str, Any]:
    """Return who closed a report, when, over what."""
    return {
        "closed_at": closed.closed_at,
        "closed_by": closed.closed_by,
        "dossiers": closed.dossiers,
        "formula_version": closed.formula_version,
        "digest": closed.digest,
    }


def _document(found: Restatement, before: Opening | None, entered: tuple[EntryChange, ...]) -> dict[str, Any]:
    return {
        "form": found.form,
        "closed": closed_document(found.closed),
        "recounted": found.is_recounted,
        "told": dict(found.told),
        "now": dict(found.now),
        "moves": [_move(move) for move in found.moves],
        "opening": _opening(before) if before else None,
        "entered": [_entered(one) for one in entered],
    }


def _entered(change: EntryChange) -> dict[str, Any]:
    """Return a figure that was entered since: what was told (null: nothing), and what stands now, by whom."""
    now = change.now.document()
    return {
        **{name: now[name] for name in ("unit", "login", "item", "source", "by")},
        "told": list(change.told.numbers) if change.told else None,
        "now": now["numbers"],
    }


def _entered_line(change: EntryChange) -> str:
    told = "/".join(map(str, change.told.numbers)) if change.told else "chưa nhập"
    now = "/".join(map(str, change.now.numbers))
    return f"Số liệu nhập {change.now.unit} {change.now.item}: {told} → {now} ({change.now.source}, {change.now.by})"


def _move(move: Move) -> dict[str, Any]:
    return {
        "dossier": move.number,
        "before": _place(move.before),
        "now": _place(move.now),
        "event": move.kind,
        "by": move.actor,
        "at": move.at,
    }


def _place(place: Placed | None) -> dict[str, Any] | None:
    """Return the cells with what the dossier adds to each; of form 06a also by the two sides they stand on."""
    if place is None:
        return None
    sides = {"received": CAME, "settled": STOOD}
    told = {side: name for side, names in sides.items() for name in names if name in place.cells}
    return {"cells": dict(place.cells), "field": place.row, **told}


def _opening(before: Opening) -> dict[str, Any]:
    return {
        "closing_balance": before.closing_balance,
        "carried_over": before.carried_over,
        "no_longer_carried": list(before.only_closed),
        "carried_in_addition": list(before.only_now),
    }


def _lines(found: Restatement) -> list[str]:
    head = f"Chốt lúc {short_moment(found.closed.closed_at)} bởi {found.closed.closed_by}"
    cells = [f"{_title(found, name)}: {number(told)} → {number(now)}" for name, (told, now) in found.changed.items()]
    moves = [f"{_moved(found, move)} ({title(move.kind)}, {move.actor})" for move in found.moves]
    return [head, *(cells or ["Không ô nào thay đổi."]), *moves]


def _moved(found: Restatement, move: Move) -> str:
    return f"{move.number}: {_said(found, move.before, move.now)} → {_said(found, move.now, move.before)}"


def _said(found: Restatement, place: Placed | None, other: Placed | None) -> str:
    """Return the cells of one side that the other has not, and its row where that differs."""
    if place is None:
        return "không có trong biểu"
    beside = other.cells if other else {}
    cells = [_title(found, name) for name, amount in place.cells.items() if beside.get(name) != amount]
    row = [] if other and other.row == place.row else [place.row]
    return " / ".join((*cells, *row))


def _title(found: Restatement, name: str) -> str:
    part = {"numerator": " (đạt)", "denominator": " (tổng)"}.get(name.rpartition(".")[2], "")
    return f"{CLOSED_FORMS[found.form].titles[name]}{part}"
