"""Corrections by two persons: an event more, nothing overwritten, the clock derived anew, refused for one person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.db.models import DossierClock, DossierPerson, Event
from app.domain.checks import NotAnIdentityNumber, NotAPhone
from app.domain.corrections import NotAChannel, NotAMoment, channel_of, moment_of
from app.domain.people import PersonRole
from app.queries.corrections import corrections_shown, waiting_corrections
from app.services import correcting, people, waiting
from app.services.correction_errors import (
    CorrectionWaits,
    MomentOutOfOrder,
    NoCorrectionWaits,
    NotCorrectable,
    NothingToCorrect,
    SamePerson,
    SecondPersonWrong,
)
from app.services.errors import NotFound
from app.services.values import SupplementAsk
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken, SuspensionBeforeStart


def propose(desk: Desk, code: str, field: str, value: str, *, login: str = "clerk") -> None:
    with desk.house.unit_of_work() as uow:
        correcting.propose(
            uow, desk.staff(login), code, desk.version(code), field=field, value=value, reason="Ghi nhầm",
            at=desk.clock.now(),
        )  # fmt: skip


def confirm(desk: Desk, code: str, login: str = "leader") -> None:
    with desk.house.unit_of_work() as uow:
        correcting.confirm(uow, desk.staff(login), code, desk.version(code), at=desk.clock.now())


def person(desk: Desk, code: str, role: PersonRole) -> people.PersonData:
    with desk.house.reading() as session:
        named = select(DossierPerson).where(
            DossierPerson.dossier_id == desk.dossier(code).id, DossierPerson.role == role
        )
        return people.opened(desk.house.vault, session.scalars(named).one())


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("08:15 23/11/2026", (2026, 11, 23, 8, 15)),
        ("8h15 23/11/2026", (2026, 11, 23, 8, 15)),
        ("8h, 3/11/2026", (2026, 11, 3, 8, 0)),
        ("2026-11-23T08:15+07:00", (2026, 11, 23, 8, 15)),
    ],
)
def test_a_moment_is_read_as_clerks_write_it(typed: str, moment: tuple[int, ...]) -> None:
    assert moment_of(typed) == datetime(*moment, tzinfo=VIETNAM)  # type: ignore[misc,arg-type]  # five numbers of a moment


@pytest.mark.parametrize("typed", ["hôm qua", "25:00 23/11/2026", "08:15", "08:15 31/02/2026"])
def test_what_is_no_moment_is_said(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        moment_of(typed)
    assert refused.value.code in {NotAMoment.code, "date"}


def test_a_channel_has_three_names() -> None:
    assert [int(channel_of(word)) for word in ("trực tiếp", "Truc Tuyen", "3", "bưu chính")] == [1, 2, 3, 3]
    with pytest.raises(NotAChannel):
        channel_of("điện thoại")


def test_a_corrected_reception_moves_the_clock_and_keeps_the_old_time_in_the_chain(desk: Desk) -> None:
    code = desk.receive().code
    before = desk.dossier(code)
    propose(desk, code, "received_at", "16:00 20/11/2026")
    assert desk.dossier(code).received_at == before.received_at  # a proposal changes nothing
    confirm(desk, code)
    after = desk.dossier(code)
    assert after.received_at == datetime(2026, 11, 20, 16, 0, tzinfo=VIETNAM)
    assert (after.code, after.entered_at, after.late_entry_reason) == (code, before.entered_at, "Ghi nhầm")
    with desk.house.reading() as session:
        clock = session.get_one(DossierClock, after.id)
        last = session.scalars(select(Event).where(Event.dossier_id == after.id).order_by(Event.seq.desc())).first()
    assert (clock.due_day, last.kind, last.payload["proposed_by"]) == (20261125, "dossier:corrected", "Ngô Thu Hằng")
    assert last.payload["old"].startswith("2026-11-23T01:30")


@pytest.mark.parametrize(
    ("field", "value", "confirmer", "refusal"),
    [
        ("received_at", "16:00 20/11/2026", "clerk", SamePerson),
        ("received_at", "16:00 20/11/2026", "clerk2", SecondPersonWrong),
        ("applicant.phone", "0912345678", "clerk", SamePerson),
    ],
)
def test_one_person_or_the_wrong_one_confirms_nothing(
    desk: Desk, field: str, value: str, confirmer: str, refusal: type[RuleBroken]
) -> None:
    code = desk.receive().code
    propose(desk, code, field, value)
    version = desk.version(code)
    with pytest.raises(refusal):
        confirm(desk, code, confirmer)
    assert desk.version(code) == version


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("received_at", "09:00 23/11/2026", MomentOutOfOrder),  # after now
        ("received_at", "08:30 23/11/2026", NothingToCorrect),
        ("ended_at", "08:30 23/11/2026", NotCorrectable),  # it has not ended
        ("channel", "trực tiếp", NothingToCorrect),
        ("applicant.id_number", "12345", NotAnIdentityNumber),
        ("subject.phone", "0912", NotAPhone),
        ("state", "finished", NotCorrectable),
        ("fee_paid_vnd", "0", NotCorrectable),
    ],
)
def test_what_may_not_be_proposed(desk: Desk, field: str, value: str, refusal: type[RuleBroken]) -> None:
    code = desk.receive().code
    with pytest.raises(refusal):
        propose(desk, code, field, value)
    assert desk.version(code) == 1


def test_a_person_is_put_right_in_both_parts_and_found_by_the_new_number(desk: Desk) -> None:
    code = desk.receive().code
    for field, value in (("applicant.name", "Phạm Thị Hòa Bình"), ("applicant.id_number", "025188004172")):
        propose(desk, code, field, value)
        confirm(desk, code, "clerk2")
    for role in (PersonRole.APPLICANT, PersonRole.SUBJECT):
        found = person(desk, code, role)
        assert (found.name, found.id_number) == ("Phạm Thị Hòa Bình", "025188004172")
    assert desk.dossier(code).summary == "Phạm Thị Hòa Bình"
    with desk.house.reading() as session:
        shown = corrections_shown(session, desk.house.vault, desk.dossier(code).id)
        events = session.scalars(select(Event).where(Event.dossier_id == desk.dossier(code).id)).all()
    assert shown[0].new == "•••••••••172"  # decided: nobody has to compare it any more
    assert not any("025188004172" in str(event.payload) for event in events)


def test_one_proposal_at_a_time_decided_once(desk: Desk) -> None:
    code = desk.receive().code
    propose(desk, code, "applicant.phone", "0912345678")
    with pytest.raises(CorrectionWaits):
        propose(desk, code, "applicant.email", "a@vidu.vn", login="clerk2")
    with desk.house.reading() as session:
        assert [row.number for row in waiting_corrections(session, desk.house.vault, desk.staff("leader"))] == [code]
    confirm(desk, code)
    with pytest.raises(NoCorrectionWaits):
        confirm(desk, code)


def test_a_reception_cannot_be_moved_behind_what_followed_it(desk: Desk) -> None:
    code = desk.receive().code
    desk.clock.advance(timedelta(hours=1))
    with desk.house.unit_of_work() as uow:
        ask = SupplementAsk(("Tờ khai",), "Thiếu chữ ký")
        waiting.ask_supplement(uow, desk.staff("leader"), code, desk.version(code), ask, at=desk.clock.now())
    desk.clock.advance(timedelta(hours=1))
    propose(desk, code, "received_at", "10:00 23/11/2026")  # the clock stood still from 9:30
    with pytest.raises(SuspensionBeforeStart):
        confirm(desk, code)
    assert desk.dossier(code).received_at == datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)


def test_another_authority_corrects_nothing(desk: Desk) -> None:
    code = desk.receive().code
    with pytest.raises(NotFound):
        propose(desk, code, "applicant.phone", "0912345678", login="clerk.so")
