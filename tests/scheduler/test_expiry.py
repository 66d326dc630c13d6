"""A supplement that does not come: closed after its day, by the state table, with a notice and once."""

from __future__ import annotations

from sqlalchemy import select

from app.db.models import DossierClock, IssuedForm, LedgerEntry, OutboxMessage
from app.domain.channels import Channel
from app.services import intake, submission, waiting
from app.services.values import SupplementAsk
from tests.scheduler.words import effects, events, local, tick_at
from tests.support.seeded import SINGLE, Desk

# Asked on Monday 23 November for two working days: the 24th is a holiday, Thursday 26 is the last day.
ASK = SupplementAsk(("Tờ khai: thiếu chữ ký",), "Chưa đủ căn cứ giải quyết", days=2)
LAST_DAY, DAY_AFTER = "Thursday 2026-11-26 23:59", "Friday 2026-11-27 00:00"


def asked_before_reception(desk: Desk) -> tuple[str, int, str]:
    """Return filing number, id and secret of an online filing that waits for its supplement."""
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now())
    with desk.house.unit_of_work() as uow:
        intake.ask_supplement_at_intake(uow, desk.staff("clerk"), filed.filing_number, 1, ASK, desk.clock.now())
    return filed.filing_number, filed.dossier_id, filed.secret


def asked_in_the_work(desk: Desk) -> tuple[str, int, str]:
    """Return code, id and secret of a received dossier that waits for its supplement."""
    made = desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        waiting.ask_supplement(
            uow, desk.staff("leader"), made.code, desk.version(made.code), ASK,
            leader_reason="Cần rõ", at=desk.clock.now(),
        )  # fmt: skip
    return made.code, made.dossier_id, made.secret


def test_nd297_6_4_before_reception_it_is_not_accepted(desk: Desk) -> None:
    number, dossier_id, _ = asked_before_reception(desk)
    tick_at(desk, LAST_DAY)
    assert desk.dossier(number).state == "awaiting_intake_supplement"
    tick_at(desk, DAY_AFTER)
    tick_at(desk, DAY_AFTER)
    assert desk.dossier(number).state == "not_accepted"
    assert desk.dossier(number).code is None
    assert effects(desk, dossier_id, "expire_supplement") == ["expire_supplement:request-1"]
    assert forms(desk, dossier_id) == ["02", "03"]


def test_nd297_6_4_after_reception_it_is_stopped_and_the_clock_ends(desk: Desk) -> None:
    code, dossier_id, _ = asked_in_the_work(desk)
    tick_at(desk, LAST_DAY)
    assert desk.dossier(code).state == "awaiting_supplement"
    tick_at(desk, DAY_AFTER)
    stopped = desk.dossier(code)
    assert (stopped.state, stopped.ended_at) == ("stopped", local(DAY_AFTER))
    assert forms(desk, dossier_id) == ["01", "02", "05"]
    assert events(desk, dossier_id) == ["dossier:supplement_expired"]
    with desk.house.reading() as session:
        entry = session.scalars(select(LedgerEntry).where(LedgerEntry.dossier_id == dossier_id)).one()
        clock = session.get_one(DossierClock, dossier_id)
    assert entry.ended_at == local(DAY_AFTER)
    assert (clock.is_open, clock.standing) == (False, "early")


def test_a_supplement_on_the_last_evening_is_in_time(desk: Desk) -> None:
    number, dossier_id, secret = asked_before_reception(desk)
    with desk.house.unit_of_work() as uow:
        submission.answer_supplement(uow, number, secret, "Đã bổ sung", {}, local(LAST_DAY))
    tick_at(desk, "Monday 2026-11-30 08:00")
    assert desk.dossier(number).state == "filed"
    assert effects(desk, dossier_id, "expire_supplement") == []


def test_the_applicant_is_told_in_opening_hours(desk: Desk) -> None:
    _, dossier_id, _ = asked_before_reception(desk)
    tick_at(desk, DAY_AFTER)
    with desk.house.reading() as session:
        sent = session.scalars(select(OutboxMessage).where(OutboxMessage.dossier_id == dossier_id)).all()
    told = [row for row in sent if row.template == "supplement_expired"]
    assert {row.channel for row in told} == {"sms"}
    assert {row.send_after for row in told} == {local("Friday 2026-11-27 07:30")}


def test_a_close_that_came_late_says_so(desk: Desk) -> None:
    _, dossier_id, _ = asked_before_reception(desk)
    tick_at(desk, "Tuesday 2026-12-01 09:00")
    assert events(desk, dossier_id) == ["dossier:supplement_expired"]


def forms(desk: Desk, dossier_id: int) -> list[str]:
    """Return the forms issued to a dossier, in order."""
    with desk.house.reading() as session:
        asked = select(IssuedForm.form).where(IssuedForm.dossier_id == dossier_id).order_by(IssuedForm.id)
        return list(session.scalars(asked))
