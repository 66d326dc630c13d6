"""Entry later than reception: both times kept, a reason on the same day, a leader's word for an earlier one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Correction, DossierClock, Event
from app.domain.people import Staff
from app.queries.corrections import late_entries as shown_late
from app.queries.notices import notices_of
from app.services import correcting, intake, late_entries
from app.services.correction_errors import LateEntryWaits, SamePerson, SecondPersonWrong
from app.services.values import Received, Reception
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM

FRIDAY = datetime(2026, 11, 20, 15, 5, tzinfo=VIETNAM)
WHY = "Mất mạng chiều thứ Sáu"


def filed(desk: Desk) -> str:
    """The filing number of Friday's reception, typed on Monday by the clerk."""
    with desk.house.unit_of_work() as uow:
        reception = Reception(desk.filing(request_id="to-ghi-tay-1"), FRIDAY, WHY)
        return late_entries.file_for_leader(uow, desk.staff("clerk"), reception, desk.clock.now()).filing_number


def confirm(desk: Desk, number: str, login: str) -> None:
    with desk.house.unit_of_work() as uow:
        correcting.confirm(uow, desk.staff(login), number, desk.version(number), at=desk.clock.now())


def receive(desk: Desk, number: str) -> Received:
    with desk.house.unit_of_work() as uow:
        return intake.receive_filed(uow, desk.staff("clerk"), number, desk.version(number), None, desk.clock.now())


@pytest.mark.parametrize(
    ("received", "roles", "expected"),
    [
        (FRIDAY, {"clerk"}, True),
        (FRIDAY, {"clerk", "leader"}, False),
        (datetime(2026, 11, 23, 7, 0, tzinfo=VIETNAM), {"clerk"}, False),  # the same day
        (datetime(2026, 11, 22, 23, 59, tzinfo=VIETNAM), {"clerk"}, True),
        (None, {"clerk"}, False),
    ],
)
def test_an_earlier_day_needs_a_leader(received: datetime | None, roles: set[str], expected: bool) -> None:
    someone = Staff(1, "a", "A", "", 1, "", "", 1, "", "", frozenset(roles))  # type: ignore[arg-type]  # roles by value
    assert late_entries.needs_leader(someone, received, datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)) is expected


def test_an_earlier_day_waits_for_a_leader_and_then_has_its_own_code_and_promise(desk: Desk) -> None:
    number = filed(desk)
    assert (desk.dossier(number).state, desk.dossier(number).code) == ("filed", None)
    with pytest.raises(LateEntryWaits, match="20/11/2026"):
        receive(desk, number)
    with pytest.raises(SamePerson):
        confirm(desk, number, "clerk")
    with pytest.raises(SecondPersonWrong, match="lãnh đạo"):
        confirm(desk, number, "clerk2")
    confirm(desk, number, "leader")
    made = receive(desk, number)
    dossier = desk.dossier(number)
    assert made.code == "H99.105-261120-0001"
    assert (dossier.received_at, dossier.entered_at, dossier.late_entry_reason) == (FRIDAY, desk.clock.now(), WHY)
    # two committed working days from Friday: Monday, then Wednesday over the holiday of the 24th
    assert made.promised_at == datetime(2026, 11, 25, 17, 0, tzinfo=VIETNAM)
    with desk.house.reading() as session:
        kinds = session.scalars(select(Event.kind).where(Event.dossier_id == dossier.id).order_by(Event.seq)).all()
        [entry] = shown_late(session, desk.staff("clerk"), desk.clock.now())
    assert kinds == [
        "dossier:filed", "dossier:late_entry_proposed", "dossier:late_entry_confirmed", "dossier:received",
    ]  # fmt: skip
    assert (entry.received_at, entry.entered_at, entry.reason) == (FRIDAY, desk.clock.now(), WHY)


def test_leaders_are_told_and_the_same_form_twice_is_one_filing(desk: Desk) -> None:
    assert filed(desk) == filed(desk)
    with desk.house.reading() as session:
        told = notices_of(session, desk.house.vault, desk.staff("leader").user_id)
        assert [(row.template, row.facts["by"]) for row in told] == [("late_entry", "Ngô Thu Hằng")]
        assert len(session.scalars(select(Correction)).all()) == 1


def test_what_a_leader_declines_is_an_ordinary_filing_again(desk: Desk) -> None:
    number = filed(desk)
    with desk.house.unit_of_work() as uow:
        correcting.decline(
            uow, desk.staff("leader"), number, desk.version(number), note="Không có trên phiếu", at=desk.clock.now()
        )
    assert receive(desk, number).code == "H99.105-261123-0001"
    assert desk.dossier(number).late_entry_reason == ""


def test_a_lunch_time_receipt_keeps_its_minute_while_its_days_run_on(desk: Desk) -> None:
    desk.clock.set(datetime(2026, 11, 23, 12, 10, tzinfo=VIETNAM))
    made = desk.receive()
    assert desk.dossier(made.code).received_at == desk.clock.now()
    desk.clock.advance(timedelta(hours=2))
    with desk.house.reading() as session:
        clock = session.get_one(DossierClock, made.dossier_id)
    assert clock.due_day == 20261126
