"""The end of a clerk's day (chốt sổ cuối ngày): the movements since the last sheet against the drawer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from app.db.models import CashSheet, Payment
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.money import DRAWER, LARGEST_VND
from app.domain.people import Role, Staff, acting
from app.domain.vietnamese_format import number as vi_number
from app.services.errors import NoRight
from app.services.numbering import next_number
from workflows.errors import N_, RuleBroken
from workflows.states import ActorKind


class NothingToClose(RuleBroken):
    """There was no movement since the last sheet."""

    code = "nothing_to_close"
    status = 409
    sentence = N_("Chưa có khoản thu nào kể từ lần chốt trước; không có gì để chốt.")


class SheetMoved(RuleBroken):
    """Money came or went since the page was opened."""

    code = "sheet_moved"
    status = 409
    sentence = N_("Có khoản thu, hoàn mới sau khi bạn mở trang. Vui lòng đếm lại rồi chốt: bảng kê đã cập nhật.")


class DifferenceNeedsReason(RuleBroken):
    """The drawer differs from the movements and nobody says why."""

    code = "difference_needs_reason"
    sentence = N_("Tiền đếm được {counted} đ, bảng kê {expected} đ, lệch {difference} đ. Đếm lại hoặc ghi lý do lệch.")


class NotASum(RuleBroken):
    """Counted money is a whole sum, zero or more."""

    code = "not_a_sum"
    sentence = N_("Nhập số tiền đếm được là số nguyên từ 0, ví dụ 416000.")


def close(
    uow: UnitOfWork, staff: Staff, *, counted_vnd: int | None, shown_movements: int, reason: str, at: datetime
) -> int:
    """Close the clerk's open sheet with what was counted in the drawer, and return its id.

    `shown_movements` is how many movements the page showed. Raises NothingToClose, SheetMoved,
    DifferenceNeedsReason, NotASum, NoRight.
    """
    if not staff.has(Role.CASHIER, Role.CLERK):
        raise NoRight(who="bộ phận thu tiền")
    if counted_vnd is None or not 0 <= counted_vnd <= LARGEST_VND:
        raise NotASum(where="counted_vnd")
    # The counter row first: whoever closes the same drawer in another window waits here.
    ordinal = next_number(uow, staff.root_unit_id, f"cash_sheet:{staff.user_id}", "")
    rows = _open_movements(uow, staff)
    if not rows:
        raise NothingToClose
    if len(rows) != shown_movements:
        raise SheetMoved(where="counted_vnd")
    sheet = _sheet(staff, rows, counted_vnd, reason, at=at)
    sheet.ordinal = ordinal
    uow.session.add(sheet)
    uow.session.flush()
    # Not through the rows: that a movement was counted is no change of its dossier.
    counted = update(Payment).where(Payment.id.in_([row.id for row in rows])).values(sheet_id=sheet.id)
    uow.session.execute(counted, execution_options={"synchronize_session": False})
    told: dict[str, Any] = {"sheet": ordinal, "cash_vnd": sheet.cash_vnd, "counted_vnd": counted_vnd}
    kind = ActorKind.CASHIER if staff.has(Role.CASHIER) else ActorKind.CLERK
    uow.note("cash:closed", ("cash", str(staff.user_id)), acting(staff, kind), at, **told)
    return sheet.id


def _sheet(staff: Staff, rows: list[Payment], counted_vnd: int, reason: str, *, at: datetime) -> CashSheet:
    cash = sum(row.amount_vnd for row in rows if row.method in DRAWER)
    why = checks.paragraph(reason, what="lý do lệch", where="difference_reason", longest=500, required=False)
    if counted_vnd != cash and not why:
        facts = {name: vi_number(value) for name, value in _facts(counted_vnd, cash).items()}
        raise DifferenceNeedsReason(where="difference_reason", **facts)
    return CashSheet(
        unit_id=staff.root_unit_id,
        user_id=staff.user_id,
        movements=len(rows),
        cash_vnd=cash,
        transfer_vnd=sum(row.amount_vnd for row in rows) - cash,
        counted_vnd=counted_vnd,
        difference_reason=why if counted_vnd != cash else "",
        closed_at=at,
    )


def _facts(counted: int, cash: int) -> dict[str, int]:
    return {"counted": counted, "expected": cash, "difference": counted - cash}


def _open_movements(uow: UnitOfWork, staff: Staff) -> list[Payment]:
    mine = (Payment.user_id == staff.user_id, Payment.sheet_id.is_(None))
    return list(uow.session.scalars(select(Payment).where(*mine).order_by(Payment.id)))
