"""A receipt in place of a wrong one: its own number, linked, the old QR told as replaced; no fee after a withdrawal."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.db.models import IssuedForm
from app.domain.documents import ReceiptPair
from app.queries import tracking
from app.queries.printing import issued_form
from app.services import payments, replacing, submission, waiting
from app.services.errors import FeeNotRight, NoRight, SecretWrong
from tests.support.seeded import Desk


def replace(desk: Desk, code: str, login: str = "clerk") -> str:
    with desk.house.unit_of_work() as uow:
        return replacing.replace_receipt(
            uow, desk.staff(login), code, desk.version(code), reason="Sai họ tên", at=desk.clock.now()
        ).number


def test_a_replaced_receipt_keeps_its_number_and_its_qr_says_so(desk: Desk) -> None:
    made = desk.receive()
    other = desk.receive()
    assert replace(desk, made.code) == "0003/TTPVHCC"  # the first's number is used up, the second's taken
    with desk.house.reading() as session:
        old, _theirs, new = session.scalars(select(IssuedForm).order_by(IssuedForm.id)).all()
        assert (old.state, new.state, new.replaces_id) == ("replaced", "issued", old.id)
        forms = [
            issued_form(
                session, desk.house.vault, desk.house.calendars, desk.staff("clerk"), form.id, base_url="http://x"
            )
            for form in (old, new)
        ]
        first, second = (form.receipt for form in forms if isinstance(form, ReceiptPair))
        vault = desk.house.vault
        assert tracking.replaced_receipt(session, vault, made.code, made.secret) == desk.clock.now()
        assert tracking.replaced_receipt(session, vault, other.code, other.secret) is None
        assert tracking.proven(session, vault, made.code, second.tracking.secret) is not None
    assert (first.tracking.secret, second.replaces) == ("", "0001/TTPVHCC")
    assert second.tracking.secret != made.secret
    with pytest.raises(SecretWrong), desk.house.unit_of_work() as uow:
        submission.by_secret(uow, made.code, made.secret)


def test_only_the_receiving_desk_replaces(desk: Desk) -> None:
    code = desk.receive().code
    with pytest.raises(NoRight):
        replace(desk, code, "leader")


def test_no_fee_is_taken_for_a_withdrawn_dossier(desk: Desk) -> None:
    code = desk.receive().code
    with desk.house.unit_of_work() as uow:
        waiting.withdraw(uow, desk.staff("clerk"), code, desk.version(code), reason="Đổi ý", at=desk.clock.now())
    with pytest.raises(FeeNotRight), desk.house.unit_of_work() as uow:
        payments.pay(
            uow, desk.staff("clerk"), code, desk.version(code), amount_vnd=15_000, method="cash", at=desk.clock.now()
        )
