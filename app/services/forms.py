"""Issuing numbered forms (cấp phiếu, Mẫu 01–05): what was printed is kept sealed, so a reprint says the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db.base import new_uid, table_of
from app.db.models import Dossier, IssuedForm
from app.db.unit_of_work import UnitOfWork
from app.domain.form_numbers import number_text
from app.services.filing import local_day
from app.services.numbering import next_number
from app.services.values import IssuedSlip

_FORMS = table_of(IssuedForm)


def issue(
    uow: UnitOfWork, dossier: Dossier, form: str, data: Mapping[str, Any], *, by: str, at: datetime
) -> IssuedSlip:
    """Number and keep one form of a dossier; the desk of the receiving authority numbers it."""
    columns = _columns(uow, dossier, form, data, by=by, at=at)
    columns["number"] = next_number(uow, columns["unit_id"], f"form:{form}", str(columns["year"]))
    return IssuedSlip(_write(uow, columns), form, number_text(form, columns["number"]))


def draft(uow: UnitOfWork, dossier: Dossier, form: str, data: Mapping[str, Any], *, by: str, at: datetime) -> int:
    """Keep a form that waits for a decision (the apology of Mẫu 04); it has no number yet. Returns its id."""
    return _write(uow, {**_columns(uow, dossier, form, data, by=by, at=at), "state": "draft"})


def take_up(
    uow: UnitOfWork, dossier: Dossier, form: str, data: Mapping[str, Any], *, by: str, at: datetime
) -> IssuedSlip:
    """Issue a form, out of its draft where one waits: what the house proposed becomes what the leader decided."""
    waiting = uow.session.scalars(
        select(IssuedForm)
        .where(IssuedForm.dossier_id == dossier.id, IssuedForm.form == form, IssuedForm.state == "draft")
        .order_by(IssuedForm.id.desc())
        .limit(1)
    ).first()
    if waiting is None:
        return issue(uow, dossier, form, data, by=by, at=at)
    waiting.data_sealed = uow.vault.seal_json(dict(data), f"issued_forms.data:{waiting.uid}")
    waiting.year, waiting.issued_at, waiting.issued_by = local_day(at).year, at, by
    waiting.number = next_number(uow, waiting.unit_id, f"form:{form}", str(waiting.year))
    waiting.state = "issued"
    uow.session.flush()
    return IssuedSlip(waiting.id, form, number_text(form, waiting.number))


def _columns(
    uow: UnitOfWork, dossier: Dossier, form: str, data: Mapping[str, Any], *, by: str, at: datetime
) -> dict[str, Any]:
    uid = new_uid()
    return {
        "uid": uid,
        "dossier_id": dossier.id,
        "unit_id": dossier.receiving_unit_id,
        "form": form,
        "year": local_day(at).year,
        "number": None,
        "state": "issued",
        "data_sealed": uow.vault.seal_json(dict(data), f"issued_forms.data:{uid}"),
        "issued_at": at,
        "issued_by": by,
    }


def _write(uow: UnitOfWork, columns: Mapping[str, Any]) -> int:
    """Write one form down and return its id."""
    number = uow.late.next_id(_FORMS)
    uow.late.put(_FORMS, {**columns, "id": number})
    return number
