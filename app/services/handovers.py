"""Handing paper files over (bàn giao hồ sơ): a pile is scanned, a list goes with it, the receiver scans it back.

What the desk has just received moves on to its next step at the same moment; what already moved on the screen
only gets its list. A pile for several units becomes one list per unit. One bad file and nothing is handed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db.models import Dossier, Handover, HandoverItem, Hop
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff, acting
from app.services import notices, processing, steps
from app.services.dossiers import in_scope
from app.services.errors import NoRight, NotFound
from app.services.filing import local_day
from app.services.numbering import next_number
from workflows.errors import N_, RuleBroken
from workflows.states import ActorKind, State

MOST = 200  # files in one pile
_LEFT_THE_HOUSE = frozenset({State.WITHDRAWN, State.STOPPED, State.RETURNED, State.NOT_ACCEPTED})


class PileNotReady(RuleBroken):
    """Some files of the pile cannot be handed over; each is named with its reason."""

    code = "pile_not_ready"
    sentence = N_("Chưa giao hồ sơ nào. {count} hồ sơ chưa giao được: {named}.")


class PileEmpty(RuleBroken):
    """Nothing was scanned."""

    code = "pile_empty"
    sentence = N_("Chưa quét hồ sơ nào. Quét mã trên Mẫu 01 hoặc gõ mã, mỗi dòng một hồ sơ.")


class NotOfThisList(RuleBroken):
    """A file was scanned that is not on the list."""

    code = "not_of_this_list"
    sentence = N_("Không có trong phiếu này: {named}. Vui lòng trả lại hồ sơ đó cho bên giao hoặc lập phiếu riêng.")


class FilesMissing(RuleBroken):
    """Files of the list were not scanned and nobody said that they are missing."""

    code = "files_missing"
    sentence = N_("Còn {count} hồ sơ trong phiếu chưa quét: {named}. Quét tiếp, hoặc xác nhận là thiếu.")


class FileIsGone(RuleBroken):
    """The file is no longer on its way: returned, withdrawn, stopped, or never received."""

    code = "file_is_gone"
    sentence = N_("hồ sơ không còn trên đường xử lý")


class FileStaysHere(RuleBroken):
    """The next step is still in the giver's own hands."""

    code = "file_stays_here"
    sentence = N_("chưa chuyển sang bộ phận khác trên hệ thống")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be handed over, and why."""

    number: str
    reason: str


def give(uow: UnitOfWork, staff: Staff, numbers: Iterable[str], *, note: str = "", at: datetime) -> list[int]:
    """Hand a pile over and return the ids of its lists, one per receiving unit, in the order of the scans.

    Raises PileEmpty, PileNotReady naming every file with its reason; then nothing was handed over.
    """
    pile = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    if not 0 < len(pile) <= MOST:
        raise PileEmpty(where="codes")
    note = checks.paragraph(note, what="ghi chú", where="note", longest=500, required=False)
    moved: dict[int, tuple[Dossier, Hop]] = {}
    refused: list[Refused] = []
    for number in pile:
        try:
            dossier, hop = _moved_on(uow, staff, number, at)
            moved.setdefault(dossier.id, (dossier, hop))
        except RuleBroken as error:
            refused.append(Refused(number, str(error).rstrip(".")))
    if refused:
        named = "; ".join(f"{one.number} ({one.reason})" for one in refused)
        raise PileNotReady(where="codes", count=len(refused), named=named)
    units = dict.fromkeys(hop.unit_id for _dossier, hop in moved.values())
    return [
        _write(uow, staff, unit_id, [pair for pair in moved.values() if pair[1].unit_id == unit_id], note=note, at=at)
        for unit_id in units
    ]


def take(
    uow: UnitOfWork, staff: Staff, handover_id: int, numbers: Iterable[str], *, rest_is_missing: bool, at: datetime
) -> list[str]:
    """Write down which files of a list arrived, and return the codes of those that did not.

    A list whose own code is scanned arrived whole. What stays away is named to the giver. A file that turns up
    later is taken by scanning it again. Raises NotFound, NoRight, NotOfThisList, FilesMissing.
    """
    row = _for_taking(uow, staff, handover_id)
    pairs = _items(uow, row)
    scanned = {number.strip().upper() for number in numbers if number.strip()}
    codes = {dossier.code or dossier.filing_number for _item, dossier in pairs}
    if row.code in scanned:
        scanned = codes
    if strange := sorted(scanned - codes):
        raise NotOfThisList(where="codes", named=", ".join(strange))
    waiting = [(item, dossier) for item, dossier in pairs if item.state != "taken"]
    away = [pair for pair in waiting if (pair[1].code or pair[1].filing_number) not in scanned]
    if away and not rest_is_missing:
        raise FilesMissing(where="codes", count=len(away), named=_names(away))
    for item, dossier in waiting:
        _answer(uow, staff, row, (item, dossier), came=(item, dossier) not in away, at=at)
    row.taken_by, row.closed_at = staff.name, at
    return [dossier.code or dossier.filing_number for _item, dossier in away]


def _moved_on(uow: UnitOfWork, staff: Staff, number: str, at: datetime) -> tuple[Dossier, Hop]:
    """Return a file with the stay it is handed to; the desk's own first step ends here."""
    dossier = in_scope(uow, staff, number)
    if State(dossier.state) in _LEFT_THE_HOUSE or dossier.received_at is None:
        raise FileIsGone
    if State(dossier.state) is State.RECEIVED and staff.has(Role.CLERK):
        processing.forward(uow, staff, number, dossier.event_seq, at=at)
    hop = steps.current_hop(uow, dossier)
    if hop is None or hop.unit_id in (staff.unit_id, staff.root_unit_id):
        raise FileStaysHere
    return dossier, hop


def _write(
    uow: UnitOfWork,
    staff: Staff,
    unit_id: int,
    files: Sequence[tuple[Dossier, Hop]],
    *,
    note: str,
    at: datetime,
) -> int:
    day = f"{local_day(at):%y%m%d}"
    number = next_number(uow, staff.root_unit_id, "handover", day)
    row = Handover(
        code=f"BG-{staff.root_unit_code}-{day}-{number:04d}",
        root_unit_id=staff.root_unit_id,
        from_unit_id=staff.unit_id,
        from_user_id=staff.user_id,
        to_unit_id=unit_id,
        given_at=at,
        note=note,
    )
    uow.session.add(row)
    uow.session.flush()
    for ordinal, (dossier, hop) in enumerate(files, start=1):
        item = HandoverItem(handover_id=row.id, ordinal=ordinal, dossier_id=dossier.id, hop_id=hop.id, state="given")
        uow.session.add(item)
        uow.record("dossier:paper_given", dossier, acting(staff, _kind(staff)), at, list=row.code)
    return row.id


def _for_taking(uow: UnitOfWork, staff: Staff, handover_id: int) -> Handover:
    row = uow.session.get(Handover, handover_id, with_for_update=True)
    if row is None or staff.root_unit_id not in (row.root_unit_id, row.to_unit_id):
        raise NotFound(number=str(handover_id))
    if row.to_unit_id not in (staff.unit_id, staff.root_unit_id):
        raise NoRight(who="bộ phận nhận ghi trên phiếu")
    return row


def _items(uow: UnitOfWork, row: Handover) -> list[tuple[HandoverItem, Dossier]]:
    found = uow.session.execute(
        select(HandoverItem, Dossier)
        .join(Dossier, Dossier.id == HandoverItem.dossier_id)
        .where(HandoverItem.handover_id == row.id)
        .order_by(HandoverItem.ordinal)
    )
    return [(item, dossier) for item, dossier in found]


def _answer(
    uow: UnitOfWork, staff: Staff, row: Handover, file: tuple[HandoverItem, Dossier], *, came: bool, at: datetime
) -> None:
    item, dossier = file
    state = "taken" if came else "missing"
    if item.state == state:
        return
    item.state, item.seen_at, item.seen_by = state, at, staff.name
    uow.record(f"dossier:paper_{state}", dossier, acting(staff, _kind(staff)), at, list=row.code)
    if not came:
        told = {**notices.facts_of(uow, dossier), "list": row.code}
        notices.tell(uow, [row.from_user_id], "paper_missing", told, about=dossier, at=at)


def _names(files: Iterable[tuple[HandoverItem, Dossier]]) -> str:
    return ", ".join(dossier.code or dossier.filing_number for _item, dossier in files)


def _kind(staff: Staff) -> ActorKind:
    return min(staff.actor_kinds, key=list(ActorKind).index, default=ActorKind.STAFF)
