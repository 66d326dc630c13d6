"""The drawer as it is shown (trang thu tiền): movements, totals, rolls, the words of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session
from wtforms import Form

from app.domain.money import DRAWER
from app.domain.people import Role, Staff
from app.i18n import gettext as _
from app.queries.bank_account import bank_account
from app.queries.cash_desk import Movement, ReceiptRun, RollShown, SheetLine, SheetShown, movements_of
from app.queries.dossier_values import DossierFile
from app.web.desk.presenters.marks import CodeText, Mark, code_text
from app.web.filters import money, vn_datetime, vn_day_month, vn_time


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One movement in a table."""

    when: str
    code: CodeText
    address: str
    subject: str
    what: Mark
    method: str
    receipt: str
    reason: str
    amount: str
    is_back: bool
    undo_address: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet, open or closed, with what may be done on it."""

    title: str
    words: str
    lines: tuple[MovementLine, ...]
    count: int
    cash: str
    transfer: str
    given_back: str
    receipts: tuple[str, ...]
    counted: str = ""
    difference: Mark | None = None
    pdf: str = ""


def sheet_page(sheet: SheetShown, at: datetime) -> SheetPage:
    """Return the page of a sheet; a closed one cannot be changed."""
    is_open = sheet.closed_at is None
    closed = _("Chốt lúc %(at)s · %(clerk)s", at=vn_datetime(sheet.closed_at), clerk=sheet.clerk)
    return SheetPage(
        title=_("Thu tiền") if is_open else _("Bảng kê số %(n)s", n=sheet.ordinal),
        words=_open_words(sheet, at) if is_open else closed,
        lines=tuple(movement_line(row) for row in sheet.movements),
        count=len(sheet.movements),
        cash=money(sheet.cash_vnd),
        transfer=money(sheet.transfer_vnd),
        given_back=money(sheet.given_back_vnd) if sheet.given_back_vnd else "",
        receipts=tuple(run_words(run) for run in sheet.receipts),
        counted=money(sheet.counted_vnd) if sheet.counted_vnd is not None else "",
        difference=_difference(sheet),
        pdf=url_for("desk.sheet_pdf", sheet_id=sheet.id) if sheet.id else "",
    )


@dataclass(frozen=True, slots=True)
class MoneyPanel:
    """Money of one dossier on its page."""

    lines: tuple[MovementLine, ...]
    owed: str
    qr: str
    may: bool


def money_panel(db: Session, file: DossierFile, person: Staff) -> MoneyPanel:
    """Return what was paid for a dossier and how the rest can be taken."""
    may = person.has(Role.CLERK, Role.CASHIER)
    owes = bool(file.fee_left_vnd) and file.received_at is not None
    has_account = owes and may and bank_account(db, person.root_unit_id) is not None
    return MoneyPanel(
        lines=tuple(movement_line(row) for row in movements_of(db, file.id)),
        owed=_("còn thu %(sum)s", sum=money(file.fee_left_vnd)) if owes else "",
        qr=url_for("desk.payment_qr", ref=file.number) if has_account else "",
        may=may,
    )


def movement_line(row: Movement) -> MovementLine:
    """Return one movement with the way to undo it, while something of it is left."""
    may_undo = row.kind == "payment" and row.left_vnd > 0 and row.method != "online"
    return MovementLine(
        when=f"{vn_time(row.at)} {vn_day_month(row.at)}",
        code=code_text(row.number),
        address=url_for("desk.dossier", ref=row.number),
        subject=row.subject,
        what=_what(row),
        method=method_words(row.method),
        receipt=row.receipt,
        reason=row.reason,
        amount=money(row.amount_vnd),
        is_back=row.amount_vnd < 0,
        undo_address=url_for("desk.movement", payment_id=row.id) if may_undo else "",
    )


def method_words(method: str) -> str:
    """Return how money came or went."""
    words = {"cash": _("Tiền mặt"), "qr": _("QR"), "online": _("Trực tuyến"), "post": _("Bưu chính thu hộ")}
    return words[method]


def run_words(run: ReceiptRun) -> str:
    """Return "AA/24P: 0000101–0000117, 17 tờ, hủy 0000105"."""
    numbers = run.first if run.first == run.last else f"{run.first}–{run.last}"
    said = _("%(n)s tờ", n=run.count)
    void = _(", hủy %(numbers)s", numbers=", ".join(run.void)) if run.void else ""
    return f"{run.symbol or '–'}: {numbers}, {said}{void}"


def roll_words(roll: RollShown) -> str:
    """Return how far a roll is used."""
    return _(
        "%(symbol)s · số %(first)s–%(last)s · còn %(left)s tờ",
        symbol=roll.symbol,
        first=roll.first_number,
        last=roll.last_number,
        left=roll.left,
    )


def sheet_rows(lines: tuple[SheetLine, ...]) -> tuple[dict[str, str | Mark], ...]:
    """Return the list of closed sheets."""
    return tuple(
        {
            "address": url_for("desk.sheet", sheet_id=line.id),
            "number": str(line.ordinal),
            "clerk": line.clerk,
            "closed": vn_datetime(line.closed_at),
            "movements": str(line.movements),
            "cash": money(line.cash_vnd),
            "transfer": money(line.transfer_vnd),
            "mark": _balance(line.counted_vnd - line.cash_vnd),
        }
        for line in lines
    )


def wrong(*forms: Form) -> tuple[tuple[str, str], ...]:
    """Return (id, sentence) of every wrong field."""
    return tuple((field.id, str(field.errors[0])) for form in forms for field in form if field.errors)


def _what(row: Movement) -> Mark:
    if row.kind == "void":
        return Mark("late", "x-octagon", _("Hủy khoản thu"))
    if row.kind == "refund":
        return Mark("soon", "arrow-counterclockwise", _("Hoàn tiền"))
    if row.given_back_vnd:
        return Mark("pause", "slash-circle", _("Thu, đã hủy hoặc hoàn"))
    in_drawer = row.method in DRAWER
    return Mark("ok", "cash" if in_drawer else "qr-code", _("Thu"))


def _difference(sheet: SheetShown) -> Mark | None:
    if sheet.counted_vnd is None:
        return None
    return _balance(sheet.counted_vnd - sheet.cash_vnd, sheet.difference_reason)


def _balance(difference: int, reason: str = "") -> Mark:
    if not difference:
        return Mark("ok", "check-circle", _("Khớp ngăn tiền"))
    sign = "+" if difference > 0 else "−"
    said = _("Lệch %(sum)s", sum=f"{sign}{money(abs(difference))}")
    return Mark("late", "exclamation-octagon-fill", f"{said}: {reason}" if reason else said)


def _open_words(sheet: SheetShown, at: datetime) -> str:
    older = [row for row in sheet.movements if vn_day_month(row.at) != vn_day_month(at)]
    if older:
        return _("Còn %(n)s khoản của ngày trước chưa chốt. Chốt trước khi thu tiếp.", n=len(older))
    return _("%(n)s khoản từ lần chốt trước", n=len(sheet.movements))
