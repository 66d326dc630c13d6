"""What the pages show of scans (bản quét trên màn hình): a word, an icon and a tone for each state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.domain.people import Role
from app.i18n import gettext as _
from app.queries.paper_store import PaperOffered
from app.queries.scans import CopyShown, PaperFound, ScanUnderWay
from app.web.context import staff
from app.web.desk.presenters.marks import Mark, copy_mark
from app.web.filters import vn_date, vn_datetime


@dataclass(frozen=True, slots=True)
class Running:
    """A scan that is not bound yet, with a way to dismiss it when it failed."""

    mark: Mark
    progress: int
    error: str
    dismiss_address: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A bound copy with its state; an address is empty when there is nothing to compare or to sign."""

    link_id: int
    mark: Mark
    facts: str
    doubts: tuple[str, ...]
    read_number: str
    read_date: str
    read_name: str
    compare_address: str
    sign_address: str


@dataclass(frozen=True, slots=True)
class Held:
    """A paper that the house holds for the same person, and how far its copy can be relied on."""

    paper_id: int
    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that holds the words asked for."""

    ref: str
    paper: str
    address: str
    mark: Mark
    made_at: str


def running(ref: str, scans: Sequence[ScanUnderWay]) -> dict[int, tuple[Running, ...]]:
    """Return the scans under way by paper."""
    ordinals = {scan.ordinal for scan in scans}
    return {o: tuple(_running(ref, scan) for scan in scans if scan.ordinal == o) for o in ordinals}


def copy_shown(ref: str, copy: CopyShown, *, may_change: bool) -> Copy:
    """Return one copy for the page."""
    read = copy.proposals
    compare = may_change and copy.state == "unchecked"
    sign = may_change and copy.state == "compared" and staff().has(Role.CLERK, Role.RECORDS)
    return Copy(
        link_id=copy.link_id,
        mark=copy_mark(copy.state),
        facts=", ".join(_facts(copy)),
        doubts=copy.doubts,
        read_number=read.number,
        read_date=vn_date(read.dated) if read.dated else "",
        read_name=read.name,
        compare_address=url_for("desk.compare_scan", ref=ref, link_id=copy.link_id) if compare else "",
        sign_address=url_for("desk.sign_copy", ref=ref, link_id=copy.link_id) if sign else "",
    )


def copies_of(ref: str, copies: Mapping[int, CopyShown], links: Sequence[int], *, may_change: bool) -> tuple[Copy, ...]:
    """Return the copies among these files."""
    return tuple(copy_shown(ref, copies[link], may_change=may_change) for link in links if link in copies)


def held_words(paper: PaperOffered | None) -> Held | None:
    """Return a stored paper that fits, in words; None where there is none."""
    if paper is None:
        return None
    facts = [
        _("số %(n)s", n=paper.number) if paper.number else "",
        _("ngày %(d)s", d=vn_date(paper.issued_on)) if paper.issued_on else "",
        _("giá trị đến %(d)s", d=vn_date(paper.valid_until)) if paper.valid_until else "",
    ]
    return Held(paper.paper_id, ", ".join(filter(None, [paper.title, *facts])), copy_mark(paper.copy_state))


def hit(found: PaperFound) -> Hit:
    """Return one found paper for the list."""
    return Hit(
        found.number,
        found.paper,
        url_for("desk.file_view", ref=found.number, link_id=found.link_id),
        copy_mark(found.state),
        vn_datetime(found.made_at),
    )


def _running(ref: str, scan: ScanUnderWay) -> Running:
    marks = {
        "waiting": Mark("pause", "hourglass-split", _("Chờ số hóa")),
        "running": Mark("ok", "arrow-repeat", _("Đang số hóa %(n)s %%", n=scan.progress)),
        "failed": Mark("late", "exclamation-octagon-fill", _("Không số hóa được")),
    }
    address = url_for("desk.dismiss_scan", ref=ref, scan_id=scan.scan_id) if scan.state == "failed" else ""
    return Running(marks[scan.state], scan.progress, scan.error, address)


def _facts(copy: CopyShown) -> list[str]:
    facts = [_("%(n)s trang", n=copy.pages), _("%(n)s dpi", n=copy.dpi)]
    if copy.blank:
        facts.append(_("đã bỏ %(n)s trang trắng", n=copy.blank))
    if copy.number:
        facts.append(_("số %(n)s", n=copy.number))
    if copy.issued_on:
        facts.append(_("ngày %(d)s", d=vn_date(copy.issued_on)))
    if copy.compared_at:
        facts.append(_("%(who)s đối chiếu %(when)s", who=copy.compared_by, when=vn_datetime(copy.compared_at)))
    if copy.certified_at:
        facts.append(_("%(who)s ký %(when)s", who=copy.certified_by, when=vn_datetime(copy.certified_at)))
    return facts
