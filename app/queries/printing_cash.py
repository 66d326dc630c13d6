"""The clerk's sheet as it is printed (bảng kê thu tiền)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.db.models import Unit
from app.domain.documents import CashSheetForm, Letterhead, SheetEntry
from app.domain.people import Staff
from app.queries.cash_desk import Movement, ReceiptRun, closed_sheet
from app.queries.printing_parts import CENTRE, place_of
from workflows.calendar import VIETNAM

_KINDS = {"payment": "Thu", "void": "Hủy khoản thu", "refund": "Hoàn"}
_METHODS = {"cash": "Tiền mặt", "qr": "Chuyển khoản", "online": "Trực tuyến", "post": "Bưu chính thu hộ"}


def cash_sheet_form(session: Session, staff: Staff, sheet_id: int) -> CashSheetForm | None:
    """Return a closed sheet that the person may see, ready to print, or None."""
    sheet = closed_sheet(session, staff, sheet_id)
    if sheet is None or sheet.closed_at is None or sheet.counted_vnd is None or sheet.ordinal is None:
        return None
    unit = session.get_one(Unit, staff.root_unit_id)
    day = sheet.closed_at.astimezone(VIETNAM).date()
    return CashSheetForm(
        head=Letterhead(unit.name, CENTRE, f"{sheet.ordinal:04d}/BK", place_of(unit), day),
        ordinal=sheet.ordinal,
        clerk=sheet.clerk,
        closed_at=sheet.closed_at,
        entries=tuple(_entry(row) for row in sheet.movements),
        receipts=tuple(_run(run) for run in sheet.receipts),
        cash_vnd=sheet.cash_vnd,
        transfer_vnd=sheet.transfer_vnd,
        counted_vnd=sheet.counted_vnd,
        difference_reason=sheet.difference_reason,
    )


def _entry(row: Movement) -> SheetEntry:
    return SheetEntry(
        code=row.number,
        subject=row.subject,
        at=row.at,
        what=_KINDS[row.kind],
        method=_METHODS[row.method],
        receipt=row.receipt,
        amount_vnd=row.amount_vnd,
        note=row.reason,
    )


def _run(run: ReceiptRun) -> str:
    numbers = run.first if run.first == run.last else f"{run.first} đến {run.last}"
    void = f"; hủy: {', '.join(run.void)}" if run.void else ""
    return f"{run.symbol or '(không ký hiệu)'}: {numbers} ({run.count} tờ{void})"
