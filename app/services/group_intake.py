"""Receiving a list at once (tiếp nhận theo danh sách): forty lines, forty codes, one slip; all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db.models import Dossier, DossierGroup, DossierGroupItem
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.channels import Channel
from app.domain.group_list import GroupLine
from app.domain.people import PersonData, Staff
from app.services import payments
from app.services.filing import local_day
from app.services.intake import receive_new
from app.services.numbering import next_number
from app.services.values import ComponentData, Filing, Received, Reception
from workflows.errors import N_, RuleBroken

LATER = "later"


class GroupLineRefused(RuleBroken):
    """One line of the list cannot be received; nothing of the list was."""

    code = "group_line_refused"
    sentence = N_("Chưa nhận hồ sơ nào trong danh sách. Dòng {line}: {reason}")


class GroupFileNeeded(RuleBroken):
    """No file was sent."""

    code = "group_file_needed"
    sentence = N_("Chưa chọn tệp danh sách. Tải tệp mẫu, điền mỗi người một dòng rồi chọn tệp.")


@dataclass(frozen=True, slots=True)
class GroupFiling:
    """A list to receive: what all lines share, the lines, and who brought it (None: each for himself).

    `paid_by`: "cash" takes the fee of every line with it, each under its own receipt; "later" takes none.
    """

    procedure_code: str
    lines: Sequence[GroupLine]
    components: tuple[ComponentData, ...]
    request_id: str
    representative: PersonData | None = None
    paid_by: str = LATER


def receive_group(uow: UnitOfWork, staff: Staff, group: GroupFiling, at: datetime) -> int:
    """Receive every line as a dossier of its own and return the id of the group.

    The same `request_id` twice gives the first answer again. Raises GroupLineRefused naming line and reason.
    """
    known = uow.session.scalars(select(DossierGroup.id).where(DossierGroup.request_id == group.request_id)).first()
    if known is not None:
        return known
    who = group.representative
    name = checks.text(who.name, what="họ tên người nộp thay", where="representative") if who else ""
    ids = [_receive(uow, staff, group, line, at) for line in group.lines]
    year = local_day(at).year
    row = DossierGroup(
        unit_id=staff.root_unit_id,
        year=year,
        number=next_number(uow, staff.root_unit_id, "dossier_group", str(year)),
        user_id=staff.user_id,
        representative=name,
        request_id=group.request_id,
        received_at=at,
    )
    uow.session.add(row)
    uow.session.flush()
    for ordinal, dossier_id in enumerate(ids, start=1):
        uow.session.add(DossierGroupItem(dossier_id=dossier_id, group_id=row.id, ordinal=ordinal))
    return row.id


def _receive(uow: UnitOfWork, staff: Staff, group: GroupFiling, line: GroupLine, at: datetime) -> int:
    filing = Filing(
        procedure_code=group.procedure_code,
        unit_code=staff.root_unit_code,
        channel=Channel.DIRECT,
        applicant=group.representative or line.person,
        subject=line.person if group.representative else None,
        own=line.own,
        components=group.components,
        fee_exemption=line.fee_exemption,
        request_id=f"{group.request_id}:{line.line}",
    )
    try:
        received = receive_new(uow, staff, Reception(filing), at)
        _take_fee(uow, staff, group, received, at)
    except RuleBroken as error:
        raise GroupLineRefused(where="file", line=line.line, reason=str(error)) from error
    return received.dossier_id


def _take_fee(uow: UnitOfWork, staff: Staff, group: GroupFiling, received: Received, at: datetime) -> None:
    dossier = uow.session.get_one(Dossier, received.dossier_id)
    left = payments.left_of(dossier)
    if left and group.paid_by != LATER:
        payments.pay(
            uow, staff, received.code, dossier.event_seq, amount_vnd=left, method=group.paid_by, at=at
        )
