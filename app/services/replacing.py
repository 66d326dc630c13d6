"""A receipt in place of a wrong or lost one (cấp lại Giấy tiếp nhận): new number, new look-up secret.

The number replaced is never used again, and its QR code opens nothing any more: whoever scans it is told so.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import IssuedForm
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.form_numbers import number_text
from app.domain.identifiers import new_secret
from app.domain.people import Role, Staff, acting
from app.services.dossiers import to_change
from app.services.errors import NoRight, NotFound
from app.services.forms import issue
from app.services.values import IssuedSlip
from workflows.states import ActorKind


def replace_receipt(
    uow: UnitOfWork, staff: Staff, number: str, version: int, *, reason: str, at: datetime
) -> IssuedSlip:
    """Issue Mẫu 01 anew, linked to the one it replaces. Raises NoRight, NotFound where no receipt stands."""
    dossier = to_change(uow, staff, number, version)
    if not staff.has(Role.CLERK) or staff.root_unit_id != dossier.receiving_unit_id:
        raise NoRight(who="cán bộ một cửa nơi tiếp nhận")
    reason = checks.paragraph(reason, what="lý do cấp lại", where="reason")
    receipts = select(IssuedForm).where(
        IssuedForm.dossier_id == dossier.id, IssuedForm.form == "01", IssuedForm.state == "issued"
    )
    old = uow.session.scalars(receipts.order_by(IssuedForm.id.desc()).limit(1)).first()
    if old is None:
        raise NotFound(number=number)
    data = {"receiver": staff.name, "desk": staff.unit_name, "reason": reason, "replaced_mac": dossier.secret_mac}
    secret = new_secret()
    dossier.secret_mac = uow.vault.mac(secret, "lookup")
    dossier.secret_sealed = uow.vault.seal(secret.encode(), f"dossiers.secret:{dossier.uid}")
    old.state = "replaced"
    slip = issue(uow, dossier, "01", data, by=staff.name, at=at)
    uow.session.get_one(IssuedForm, slip.form_id).replaces_id = old.id
    replaced = number_text("01", old.number) if old.number else ""
    by = acting(staff, ActorKind.CLERK)
    uow.record(
        "dossier:receipt_replaced", dossier, by, at, replaced=replaced, slip=slip.number, reason=reason
    )
    return slip
