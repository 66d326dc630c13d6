"""Money at the desk: receipts without gap or reuse, voids, refunds, exemptions, the sheet that equals the drawer."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.db.models import Event, Payment, Receipt, ReceiptRoll
from app.domain.fee_reductions import ReductionNotRight, stated_in
from app.domain.vietqr import BankAccount, NotABank, NotAnAccount, checked_account, checksum, transfer_text
from app.queries import cash_desk
from app.queries.cash_desk import runs_of
from app.queries.printing_cash import cash_sheet_form
from app.services import cash_sheets, payments, receipts
from app.services.errors import AlreadyDone, FeeExemptionUnknown, FeeNotRight, NotFound
from tests.support.seeded import COPIES, Desk


def owed(desk: Desk, quantity: int = 4) -> str:
    """Return a received dossier that owes 2,000 đ a copy, or what the demo's fee line says."""
    code = desk.receive(COPIES, fee_quantity=quantity).code
    assert desk.dossier(code).fee_due_vnd > 0
    return code


def pay(desk: Desk, code: str, *, method: str = "cash", amount: int = 0, login: str = "clerk", **receipt: str) -> int:
    with desk.house.unit_of_work() as uow:
        return payments.pay(
            uow,
            desk.staff(login),
            code,
            desk.version(code),
            amount_vnd=amount or desk.dossier(code).fee_due_vnd,
            method=method,
            at=desk.clock.now(),
            **receipt,
        )


def roll(desk: Desk, first: str = "0000101", last: str = "0000103", symbol: str = "AA/26P") -> int:
    with desk.house.unit_of_work() as uow:
        return receipts.open_roll(uow, desk.staff("clerk"), symbol, (first, last), desk.clock.now())


def close(desk: Desk, counted: int, reason: str = "", shown: int | None = None) -> int:
    with desk.house.reading() as session:
        movements = len(cash_desk.open_sheet(session, desk.staff("clerk")).movements)
    with desk.house.unit_of_work() as uow:
        return cash_sheets.close(
            uow,
            desk.staff("clerk"),
            counted_vnd=counted,
            shown_movements=movements if shown is None else shown,
            reason=reason,
            at=desk.clock.now(),
        )


def used(desk: Desk) -> list[tuple[str, bool]]:
    with desk.house.reading() as session:
        rows = session.scalars(select(Receipt).order_by(Receipt.id))
        return [(row.number, row.voided_at is not None) for row in rows]


def test_a_roll_gives_its_numbers_one_after_the_other_until_it_is_used_up(desk: Desk) -> None:
    roll_id = roll(desk)
    for _ in range(2):
        pay(desk, owed(desk))
    with desk.house.unit_of_work() as uow:
        assert receipts.spoil(uow, desk.staff("clerk"), roll_id, "Rách khi xé", desk.clock.now()) == "0000103"
    assert used(desk) == [("0000101", False), ("0000102", False), ("0000103", True)]
    with pytest.raises(receipts.NoRoll), desk.house.unit_of_work() as uow:
        receipts.spoil(uow, desk.staff("clerk"), roll_id, "Rách", desk.clock.now())
    pay(desk, owed(desk))  # no roll left, none typed: taken without a receipt
    assert len(used(desk)) == 3


def test_a_payment_that_fails_gives_its_receipt_back(desk: Desk) -> None:
    roll(desk)
    code = owed(desk)
    with pytest.raises(RuntimeError), desk.house.unit_of_work() as uow:
        staff, version, now = desk.staff("clerk"), desk.version(code), desk.clock.now()
        payments.pay(uow, staff, code, version, amount_vnd=1000, method="cash", at=now)
        raise RuntimeError("power cut before the commit")
    pay(desk, code)
    assert used(desk) == [("0000101", False)]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (("AA/26P", "0000101"), None),  # the roll's next
        (("AA/26P", "101"), None),  # the same, written short
        (("AA/26P", "0000103"), receipts.ReceiptOutOfTurn),
        (("BB/25T", "77"), None),  # from another book, typed
        (("CU/25", "0000009"), receipts.ReceiptUsed),
        (("CU/25", "9"), receipts.ReceiptUsed),
    ],
)
def test_typed_receipts(desk: Desk, typed: tuple[str, str], refusal: type[Exception] | None) -> None:
    pay(desk, owed(desk), receipt_symbol="CU/25", receipt_number="0000009")
    roll(desk)
    code = owed(desk)
    if refusal is None:
        pay(desk, code, receipt_symbol=typed[0], receipt_number=typed[1])
        assert desk.dossier(code).fee_paid_vnd == desk.dossier(code).fee_due_vnd
    else:
        with pytest.raises(refusal):
            pay(desk, code, receipt_symbol=typed[0], receipt_number=typed[1])
        assert desk.dossier(code).fee_paid_vnd == 0


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        (("0000104", "0000200"), None),
        (("0000103", "0000110"), receipts.RollTaken),
        (("0000200", "0000150"), receipts.RollNotRight),
        (("không", "0000150"), receipts.RollNotRight),
        (("1", "99999999"), receipts.RollNotRight),
    ],
)
def test_rolls(desk: Desk, numbers: tuple[str, str], refusal: type[Exception] | None) -> None:
    roll(desk)
    if refusal is None:
        assert roll(desk, *numbers)
    else:
        with pytest.raises(refusal):
            roll(desk, *numbers)


def test_a_void_keeps_both_entries_and_its_receipt_is_never_used_again(desk: Desk) -> None:
    roll(desk)
    code = owed(desk)
    payment = pay(desk, code)
    with desk.house.unit_of_work() as uow:
        payments.void(uow, desk.staff("clerk"), payment, "Viết nhầm số tiền", desk.clock.now())
    assert desk.dossier(code).fee_paid_vnd == 0
    assert used(desk) == [("0000101", True)]
    with pytest.raises(AlreadyDone), desk.house.unit_of_work() as uow:
        payments.void(uow, desk.staff("clerk"), payment, "Lần nữa", desk.clock.now())
    pay(desk, code)
    assert used(desk) == [("0000101", True), ("0000102", False)]


def test_a_refund_lowers_what_was_owed_and_not_more_than_was_paid(desk: Desk) -> None:
    code = owed(desk)
    payment = pay(desk, code)
    before = desk.dossier(code).fee_due_vnd

    def back(amount: int) -> None:
        with desk.house.unit_of_work() as uow:
            staff, now = desk.staff("clerk"), desk.clock.now()
            payments.refund(uow, staff, payment, amount_vnd=amount, method="cash", reason="Nộp thừa", at=now)

    back(1000)
    after = desk.dossier(code)
    assert (after.fee_due_vnd, after.fee_paid_vnd) == (before - 1000, before - 1000)
    with pytest.raises(FeeNotRight):
        back(before)
    with pytest.raises(AlreadyDone), desk.house.unit_of_work() as uow:
        payments.void(uow, desk.staff("clerk"), payment, "Sau khi hoàn", desk.clock.now())
    with desk.house.reading() as session:
        kinds = session.scalars(select(Event.kind).where(Event.dossier_id == after.id).order_by(Event.seq)).all()
    assert kinds[-2:] == ["dossier:paid", "dossier:refunded"]


def exempt(desk: Desk, code: str, reason: str = "Hộ nghèo", ground: str = "", share: str = "") -> int:
    given = payments.Exemption(reason, ground, share)
    with desk.house.unit_of_work() as uow:
        return payments.exempt(uow, desk.staff("clerk"), code, desk.version(code), given, desk.clock.now())


def test_an_exemption_lifts_what_is_left_with_its_reason(desk: Desk) -> None:
    code = owed(desk)
    pay(desk, code, amount=1000)
    exempt(desk, code)
    after = desk.dossier(code)
    assert (after.fee_due_vnd, after.fee_paid_vnd, after.fee_exemption) == (1000, 1000, "Hộ nghèo")


@pytest.mark.parametrize(("share", "lifted"), [("50%", 4000), ("3 %", 240), ("2.500", 2500), ("100%", 8000)])
def test_a_part_of_the_fee_is_lifted_with_its_reason_and_ground(desk: Desk, share: str, lifted: int) -> None:
    code = owed(desk)
    assert desk.dossier(code).fee_due_vnd == 8000
    assert exempt(desk, code, "Cận nghèo", "Giấy chứng nhận 12/2026", share) == lifted
    after = desk.dossier(code)
    assert after.fee_due_vnd == 8000 - lifted
    assert after.fee_exemption.endswith("Cận nghèo (Giấy chứng nhận 12/2026)")
    with desk.house.reading() as session:
        told = session.scalars(select(Event.payload).where(Event.kind == "dossier:fee_exempted")).one()
    assert (told["amount_vnd"], told["ground"]) == (lifted, "Giấy chứng nhận 12/2026")


@pytest.mark.parametrize(
    ("share", "refusal"),
    [("101%", ReductionNotRight), ("0%", ReductionNotRight), ("nửa", ReductionNotRight), ("7.000", FeeNotRight),
     ("90%", FeeNotRight), ("0", ReductionNotRight)],
)  # fmt: skip
def test_more_than_is_left_is_not_lifted(desk: Desk, share: str, refusal: type[Exception]) -> None:
    """What was paid already goes back as a refund, not as an exemption."""
    code = owed(desk)
    pay(desk, code, amount=2000)
    with pytest.raises(refusal):
        exempt(desk, code, share=share)
    assert (desk.dossier(code).fee_due_vnd, desk.dossier(code).fee_paid_vnd) == (8000, 2000)


@pytest.mark.parametrize(
    ("reason", "due", "lifted"),
    [
        ("Trẻ em", 8000, 8000),
        ("Người cao tuổi: giảm 50%", 8000, 4000),
        ("Người cao tuổi: giảm 50%", 15, 8),  # the odd đồng is the payer's
        ("Người khuyết tật, giảm 5.000 đồng", 8000, 5000),
        ("Người khuyết tật, giảm 5.000 đồng", 3000, 3000),
        ("Hộ bị giảm 2 lao động", 8000, 8000),  # neither a share nor a sum
    ],
)
def test_a_catalogue_s_reason_says_how_much_it_lifts(reason: str, due: int, lifted: int) -> None:
    assert stated_in(reason).lifted(due) == lifted


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_the_sheet_equals_the_drawer(desk: Desk, seed: int) -> None:
    """The drawer is a plain sum kept beside; a refused act moves nothing in either."""
    dice, drawer, taken = Random(seed), 0, []
    codes = [owed(desk), owed(desk)]
    for _act in range(14):
        code, method = dice.choice(codes), dice.choice(["cash", "qr"])
        act, amount = dice.choice(["pay", "pay", "void", "refund", "exempt", "close"]), dice.randint(1, 6000)
        with suppress(AlreadyDone, FeeNotRight, cash_sheets.NothingToClose):
            if act == "pay":
                taken.append((pay(desk, code, amount=amount, method=method), amount, method))
                drawer += amount if method == "cash" else 0
            elif act == "exempt":
                exempt(desk, code, share=f"{dice.randint(1, 60)}%")
            elif act == "close" and drawer >= 0:
                close(desk, drawer)
                drawer = 0
            elif taken and act in {"void", "refund"}:
                drawer -= give_back(desk, act, dice.choice(taken), amount, method)
        assert sheet_cash(desk) == drawer, act
    for code in codes:
        assert 0 <= desk.dossier(code).fee_paid_vnd <= desk.dossier(code).fee_due_vnd


def give_back(desk: Desk, act: str, payment: tuple[int, int, str], amount: int, method: str) -> int:
    """Void or refund a payment and return what left the drawer."""
    payment_id, paid, how = payment
    clerk, now = desk.staff("clerk"), desk.clock.now()
    with desk.house.unit_of_work() as uow:
        if act == "void":
            payments.void(uow, clerk, payment_id, "Viết nhầm", now)
            return paid if how == "cash" else 0
        payments.refund(uow, clerk, payment_id, amount_vnd=amount, method=method, reason="Thừa", at=now)
        return amount if method == "cash" else 0


def sheet_cash(desk: Desk) -> int:
    with desk.house.reading() as session:
        return cash_desk.open_sheet(session, desk.staff("clerk")).cash_vnd


def test_a_reason_that_no_fee_line_names_exempts_from_nothing(desk: Desk) -> None:
    with pytest.raises(FeeExemptionUnknown):
        desk.receive(COPIES, fee_exemption="Quen biết")


def test_another_authority_s_payment_is_not_there(desk: Desk) -> None:
    payment = pay(desk, owed(desk))
    with pytest.raises(NotFound), desk.house.unit_of_work() as uow:
        payments.void(uow, desk.staff("clerk.so"), payment, "Không phải của sở", desk.clock.now())


def test_the_sheet_equals_the_drawer_and_says_where_it_does_not(desk: Desk) -> None:
    roll(desk, last="0000110")
    first, second = owed(desk), owed(desk)
    cash, qr = pay(desk, first), pay(desk, second, method="qr")
    with desk.house.unit_of_work() as uow:
        payments.void(uow, desk.staff("clerk"), cash, "Thu nhầm", desk.clock.now())
    pay(desk, first)
    due = desk.dossier(first).fee_due_vnd
    with pytest.raises(cash_sheets.DifferenceNeedsReason):
        close(desk, due - 500)
    with pytest.raises(cash_sheets.SheetMoved):
        close(desk, due, shown=3)
    sheet_id = close(desk, due - 500, "Trả lại thiếu tiền lẻ")
    with desk.house.reading() as session:
        sheet = cash_desk.closed_sheet(session, desk.staff("clerk"), sheet_id)
        form = cash_sheet_form(session, desk.staff("leader"), sheet_id)
        assert session.get_one(Payment, qr).sheet_id == sheet_id
    assert sheet
    assert (sheet.cash_vnd, sheet.transfer_vnd, len(sheet.movements)) == (due, desk.dossier(second).fee_due_vnd, 4)
    assert [(run.first, run.last, run.void) for run in sheet.receipts] == [("0000101", "0000103", ("0000101",))]
    assert form
    assert (form.difference_vnd, form.difference_reason) == (-500, "Trả lại thiếu tiền lẻ")
    with pytest.raises(cash_sheets.NothingToClose):
        close(desk, 0)


def test_the_database_itself_refuses_a_receipt_twice(desk: Desk) -> None:
    payment = pay(desk, owed(desk), receipt_symbol="CU/25", receipt_number="9")
    with pytest.raises(IntegrityError), desk.house.unit_of_work() as uow:
        row = uow.session.scalars(select(Receipt)).one()
        same = ("unit_id", "symbol", "number", "number_key", "user_id", "used_at")
        columns = {name: getattr(row, name) for name in same}
        uow.session.add(Receipt(payment_id=payment, **columns))
        uow.session.flush()
    with desk.house.reading() as session:
        assert session.scalars(select(ReceiptRoll)).all() == []


def test_runs_of_receipts_part_at_gaps_and_symbols() -> None:
    given = [("A", "0010", ""), ("A", "0009", "rách"), ("B", "1", ""), ("A", "0012", ""), ("A", "7b", "")]
    said = [(run.symbol, run.first, run.last, run.count, run.void) for run in runs_of(given)]
    assert ("A", "0009", "0010", 2, ("0009",)) in said
    assert ("A", "0012", "0012", 1, ()) in said
    assert sum(run[3] for run in said) == len(given)


@pytest.mark.parametrize(
    ("text", "crc"),
    [
        ("123456789", "29B1"),  # the check value of CRC-16/CCITT-FALSE
        (
            ("00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
            "530370454061800005802VN62340107NPS68690819thanh toan don hang6304"),
            "2E2E",
        ),
    ],
)
def test_the_checksum_of_the_code(text: str, crc: str) -> None:
    assert checksum(text) == crc


def test_the_code_of_a_transfer_field_by_field() -> None:
    account = BankAccount("970436", "0011012345678", "UBND xã Vĩnh An")
    said = fields(transfer_text(account, 16_000, "H99.105-261123-0001"))
    assert said == {
        "00": "01",
        "01": "12",
        "38": "0010A00000072701270006970436011300110123456780208QRIBFTTA",
        "53": "704",
        "54": "16000",
        "58": "VN",
        "59": "UBND XA VINH AN",
        "62": "0819H99 105 261123 0001",
        "63": said["63"],
    }
    with pytest.raises(ValueError, match="sum"):
        transfer_text(account, 0, "x")


def fields(text: str) -> dict[str, str]:
    """Read a code back: tag, length, value; the checksum must be right."""
    assert checksum(text[:-4]) == text[-4:]
    found, at = {}, 0
    while at < len(text):
        length = int(text[at + 2 : at + 4])
        found[text[at : at + 2]] = text[at + 4 : at + 4 + length]
        at += 4 + length
    return found


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (("970 436", "0011.012-345", "UBND xã"), None),
        (("97043", "001101234", "UBND xã"), NotABank),
        (("970436", "số tài khoản", "UBND xã"), NotAnAccount),
    ],
)
def test_bank_accounts(typed: tuple[str, str, str], refusal: type[Exception] | None) -> None:
    if refusal is None:
        assert checked_account(*typed) == BankAccount("970436", "0011012345", "UBND xã")
    else:
        with pytest.raises(refusal):
            checked_account(*typed)
