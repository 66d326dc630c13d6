"""A stored paper as a line: what it is, how far its copy can be relied on, whether it may still be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.i18n import gettext as _
from app.queries.paper_store import PaperKept
from app.web.desk.presenters.marks import Mark, copy_mark
from app.web.filters import vn_date, vn_datetime


@dataclass(frozen=True, slots=True)
class StoreLine:
    """One paper; without an address it cannot be taken back. `successors` are (id, words) of the same type."""

    id: int
    title: str
    type_code: str
    facts: str
    kept: str
    copy: Mark
    state: Mark
    why: str
    take_back_address: str
    successors: tuple[tuple[int, str], ...]


def store_line(paper: PaperKept, everything: Sequence[PaperKept], *, may_take_back: bool) -> StoreLine:
    """Return one line; `everything` are the papers of the same person."""
    mine = may_take_back and paper.state == "valid"
    others = [one for one in everything if one.type_code == paper.type_code and one.paper_id != paper.paper_id]
    return StoreLine(
        paper.paper_id,
        paper.title,
        paper.type_code,
        _facts(paper),
        _("%(who)s, %(when)s", who=paper.kept_by, when=vn_datetime(paper.kept_at)),
        copy_mark(paper.copy_state),
        _state(paper),
        paper.reason,
        url_for("desk.take_back", paper_id=paper.paper_id) if mine else "",
        tuple((one.paper_id, f"{one.title}, {_facts(one)}") for one in others if one.state == "valid"),
    )


def _state(paper: PaperKept) -> Mark:
    return {
        "valid": Mark("ok", "check-circle", _("Dùng lại được")),
        "revoked": Mark("late", "slash-circle", _("Đã thu hồi")),
        "replaced": Mark("pause", "arrow-repeat", _("Đã thay bằng %(paper)s", paper=paper.successor)),
    }[paper.state]


def _facts(paper: PaperKept) -> str:
    facts = [
        _("số %(n)s", n=paper.number) if paper.number else "",
        _("ngày %(d)s", d=vn_date(paper.issued_on)) if paper.issued_on else "",
        _("giá trị đến %(d)s", d=vn_date(paper.valid_until)) if paper.valid_until else "",
    ]
    return ", ".join(filter(None, facts))
