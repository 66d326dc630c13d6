"""The drawer's pages: a roll, money by cash and by QR, giving back, closing the day and its sheet."""

from __future__ import annotations

from collections.abc import Callable

from app.seed.house import PASSWORD
from tests.support.seeded import COPIES, Desk
from tests.web.desk.test_every_page import problems_of, unlabelled
from tests.web.desk.worker import Worker

DRAWER = "/mot-cua/thu-tien"


def test_a_day_at_the_drawer(clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk):
    clerk.open(DRAWER)
    clerk.send(f"{DRAWER}/cuon", symbol="AA/26P", first_number="0000101", last_number="0000110")
    assert clerk.shown("next-receipt") == "0000101"
    code = desk.receive(COPIES, fee_quantity=4).code
    due = desk.dossier(code).fee_due_vnd
    clerk.act(code, "pay", amount_vnd=due, method="cash")
    assert "AA/26P 0000101" in clerk.shown("money")

    page = clerk.open(DRAWER)
    assert problems_of(page.text) == []
    assert unlabelled(page.text) == []
    assert clerk.shown("next-receipt") == "0000102"
    wrong = clerk.send(f"{DRAWER}/chot", counted_vnd=due - 1, shown=1)
    assert wrong.status_code == 422
    assert "lệch" in clerk.shown("error-summary")
    done = clerk.send(f"{DRAWER}/chot", counted_vnd=due, shown=1)
    assert "Khớp ngăn tiền" in done.text
    assert problems_of(done.text) == []
    pdf = clerk.client.get(f"{clerk.where()}.pdf")
    assert pdf.data.startswith(b"%PDF")

    again = clerk.open(DRAWER)
    assert "Chưa thu khoản nào" in again.text
    assert sit_down("leader").open(f"{DRAWER}/to").text.count("Khớp ngăn tiền") == 1
    assert sit_down("clerk2").open(clerk.where()).status_code == 200


def test_a_payment_is_undone_or_refunded_once(clerk: Worker, desk: Desk):
    code = desk.receive(COPIES, fee_quantity=4).code
    due = desk.dossier(code).fee_due_vnd
    clerk.act(code, "pay", amount_vnd=due, method="cash")
    address = f"{DRAWER}/khoan/1"
    page = clerk.open(address)
    assert problems_of(page.text) == []
    assert clerk.send(f"{address}/hoan", amount_vnd=due + 1, method="cash", reason="Thừa").status_code == 422
    clerk.open(address)
    assert clerk.send(f"{address}/hoan", amount_vnd=due, method="cash", reason="Thuộc diện miễn").status_code == 200
    clerk.open(address)
    assert clerk.send(f"{address}/huy", reason="Lần nữa").status_code == 409
    assert desk.dossier(code).fee_paid_vnd == 0


def test_a_transfer_is_taken_once_the_clerk_has_seen_it(clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk):
    code = desk.receive(COPIES, fee_quantity=4).code
    clerk.open(f"/mot-cua/ho-so/{code}/qr")
    assert "chưa đặt tài khoản" in clerk.page.text if clerk.page else False

    admin = sit_down("admin")
    unit = f"/quan-tri/don-vi/{desk.staff('clerk').root_unit_id}"
    typed = {"bank_bin": "970436", "account_number": "0011012345678", "holder": "UBND xã Vĩnh An"}
    admin.open(unit)
    refused = admin.send(f"{unit}/tai-khoan", **typed, current="không phải mật khẩu")
    assert refused.status_code == 422
    assert admin.send(f"{unit}/tai-khoan", **typed, current=PASSWORD).status_code == 200

    page = clerk.open(f"/mot-cua/ho-so/{code}/qr")
    assert "<svg" in page.text
    assert problems_of(page.text) == []
    clerk.send(f"/mot-cua/ho-so/{code}/qr", receipt_symbol="", receipt_number="")
    after = desk.dossier(code)
    assert after.fee_paid_vnd == after.fee_due_vnd
    assert clerk.where().endswith("/da-tiep-nhan")


def test_a_fee_to_come_by_qr_is_not_taken_at_reception(clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk):
    admin = sit_down("admin")
    unit = f"/quan-tri/don-vi/{desk.staff('clerk').root_unit_id}"
    admin.open(unit)
    typed = {"bank_bin": "970436", "account_number": "0011012345678", "holder": "UBND xã Vĩnh An"}
    admin.send(f"{unit}/tai-khoan", **typed, current=PASSWORD)
    clerk.receive(paid_by="qr")
    code = clerk.shown("dossier-code").replace(" ", "")
    dossier = desk.dossier(code)
    assert dossier.fee_due_vnd > 0
    assert dossier.fee_paid_vnd == 0
    assert "Thu bằng QR" in clerk.page.text if clerk.page else False
