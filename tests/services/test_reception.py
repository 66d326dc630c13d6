"""At the desk: codes without gaps, promises from the clock, refusals that change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.db.models import Counter, Dossier, DossierClock, Event, IssuedForm, ProcedureVersion
from app.domain.channels import Channel
from app.domain.checks import NotAnIdentityNumber
from app.domain.people import PersonData
from app.services import intake, submission
from app.services.errors import (
    ComponentsMissing,
    LateEntryNeedsLeader,
    LateEntryNeedsReason,
    NoRight,
    NotFound,
    ProcedureNotOpen,
    ReceivedInFuture,
    StaleScreen,
)
from app.services.values import ComponentData, Reception, SupplementAsk
from tests.support.seeded import COPIES, SINGLE, Desk
from workflows.calendar import VIETNAM
from workflows.errors import TransitionNotAllowed

ASK = SupplementAsk(("Tờ khai: thiếu chữ ký",), "Chưa đủ căn cứ giải quyết")


def local(text: str) -> datetime:
    """Return "Monday 2026-11-23 08:30" in Vietnam; the weekday is checked."""
    weekday, day, clock = text.split()
    moment = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)
    assert f"{moment:%A}" == weekday, f"{day} is a {moment:%A}"
    return moment


def test_codes_of_a_day_run_from_one_without_gap(desk: Desk) -> None:
    codes = [desk.receive().code for _ in range(3)]
    assert codes == ["H99.105-261123-0001", "H99.105-261123-0002", "H99.105-261123-0003"]


def test_each_day_begins_at_one_again(desk: Desk) -> None:
    desk.receive()
    desk.clock.advance(timedelta(days=2))  # over the holiday of 24 November
    assert desk.receive().code == "H99.105-261125-0001"


def test_a_refused_filing_consumes_no_code(desk: Desk) -> None:
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now())
    with desk.house.unit_of_work() as uow:
        slip = intake.refuse(
            uow, desk.staff("clerk"), filed.filing_number, 1, "Không thuộc thẩm quyền", desk.clock.now()
        )
    assert slip.number == "0001/PTC-TTPVHCC"
    assert desk.dossier(filed.filing_number).state == "not_accepted"
    assert desk.receive().code.endswith("-0001")


def test_a_reception_that_fails_gives_its_number_back(desk: Desk) -> None:
    desk.receive()
    with pytest.raises(RuntimeError), desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk"), Reception(desk.filing()), desk.clock.now())
        raise RuntimeError("power cut before the commit")
    assert desk.receive().code.endswith("-0002")
    with desk.house.reading() as session:
        assert session.scalar(select(func.count()).select_from(Dossier)) == 2


def test_the_same_form_twice_is_one_dossier(desk: Desk) -> None:
    filing = desk.filing(request_id="form-1")
    answers = []
    for _ in range(2):
        with desk.house.unit_of_work() as uow:
            answers.append(intake.receive_new(uow, desk.staff("clerk"), Reception(filing), desk.clock.now()))
    assert answers[0].code == answers[1].code
    assert [answer.was_known for answer in answers] == [False, True]
    with desk.house.reading() as session:
        assert session.scalar(select(Counter.value).where(Counter.kind == "dossier")) == 1


@pytest.mark.parametrize(
    ("procedure", "received", "promised"),
    [
        # two committed working days; Tuesday 24 November is a holiday
        (SINGLE, "Monday 2026-11-23 08:30", "Thursday 2026-11-26 17:00"),
        (SINGLE, "Friday 2026-11-20 16:30", "Wednesday 2026-11-25 17:00"),
        (COPIES, "Monday 2026-11-23 14:59", "Monday 2026-11-23 17:00"),  # same day
        (COPIES, "Monday 2026-11-23 15:01", "Wednesday 2026-11-25 17:00"),  # after the cut-off
    ],
)
def test_the_promise_follows_the_calendar(desk: Desk, procedure: str, received: str, promised: str) -> None:
    desk.clock.set(local(received))
    assert desk.receive(procedure).promised_at == local(promised)


def test_both_clocks_start(desk: Desk) -> None:
    received = desk.receive()
    with desk.house.reading() as session:
        clock = session.get_one(DossierClock, received.dossier_id)
    assert clock.due_day == 20261126
    assert clock.statutory_due_at == local("Saturday 2026-11-28 00:00")  # three days by law end on Friday 27


def test_missing_papers_are_named_and_nothing_is_written(desk: Desk) -> None:
    filing = desk.filing(components=(ComponentData(5, "exempt", "shown_only"),))
    with pytest.raises(ComponentsMissing, match="Tờ khai"), desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk"), Reception(filing), desk.clock.now())
    with desk.house.reading() as session:
        assert session.scalar(select(func.count()).select_from(Dossier)) == 0
        assert session.scalar(select(func.count()).select_from(IssuedForm)) == 0


def test_a_wrong_identity_number_names_its_field(desk: Desk) -> None:
    someone = PersonData("Phạm Thử Nghiệm", id_number="09908800417")
    with pytest.raises(NotAnIdentityNumber, match="đang có 11") as refused, desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk"), Reception(desk.filing(applicant=someone)), desk.clock.now())
    assert refused.value.where == "applicant.id_number"


def test_a_procedure_that_is_not_open_is_refused(desk: Desk) -> None:
    filing = replace(desk.filing(), procedure_code="9.999999")
    with pytest.raises(ProcedureNotOpen, match=r"9\.999999"), desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk"), Reception(filing), desk.clock.now())


def test_another_authority_s_clerk_cannot_receive_here(desk: Desk) -> None:
    with pytest.raises(NoRight), desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk.so"), Reception(desk.filing()), desk.clock.now())


def test_another_authority_does_not_find_the_dossier(desk: Desk) -> None:
    code = desk.receive().code
    with pytest.raises(NotFound), desk.house.unit_of_work() as uow:
        intake.refuse(uow, desk.staff("clerk.so"), code, 1, "không phải của tôi", desk.clock.now())


def test_late_entry_of_the_same_day_needs_a_reason_and_keeps_both_times(desk: Desk) -> None:
    true = local("Monday 2026-11-23 07:40")
    with pytest.raises(LateEntryNeedsReason), desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk"), Reception(desk.filing(), true), desk.clock.now())
    with desk.house.unit_of_work() as uow:
        made = intake.receive_new(
            uow, desk.staff("clerk"), Reception(desk.filing(), true, "Mất điện"), desk.clock.now()
        )
    dossier = desk.dossier(made.code)
    assert dossier.received_at == true
    assert dossier.entered_at == desk.clock.now()
    assert dossier.late_entry_reason == "Mất điện"


def test_an_older_reception_is_entered_by_a_leader_only(desk: Desk) -> None:
    reception = Reception(desk.filing(), local("Friday 2026-11-20 15:00"), "Mất mạng chiều thứ Sáu")
    with pytest.raises(LateEntryNeedsLeader, match="20/11/2026"), desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk"), reception, desk.clock.now())


def test_nothing_is_received_in_the_future(desk: Desk) -> None:
    reception = Reception(desk.filing(), desk.clock.now() + timedelta(hours=1), "nhầm giờ")
    with pytest.raises(ReceivedInFuture), desk.house.unit_of_work() as uow:
        intake.receive_new(uow, desk.staff("clerk"), reception, desk.clock.now())


def test_an_online_filing_is_answered_within_eight_working_hours(desk: Desk) -> None:
    desk.clock.set(local("Monday 2026-11-23 16:00"))
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now())
    with desk.house.reading() as session:
        clock = session.get_one(DossierClock, filed.dossier_id)
    # one hour on Monday, seven and a half on Wednesday: the holiday between does not count
    assert clock.answer_due_at == local("Wednesday 2026-11-25 16:30")


def test_supplement_before_reception_stops_nothing_and_comes_back(desk: Desk) -> None:
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now())
    number = filed.filing_number
    with desk.house.unit_of_work() as uow:
        intake.ask_supplement_at_intake(uow, desk.staff("clerk"), number, 1, ASK, desk.clock.now())
    assert desk.dossier(number).state == "awaiting_intake_supplement"
    with desk.house.unit_of_work() as uow:
        submission.answer_supplement(uow, number, filed.secret, "Đã ký tờ khai", {}, desk.clock.now())
    assert desk.dossier(number).state == "filed"
    assert desk.dossier(number).supplement_requests == 0


def test_the_second_window_is_told_who_was_faster(desk: Desk) -> None:
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now())
    with desk.house.unit_of_work() as uow:
        intake.receive_filed(uow, desk.staff("clerk2"), filed.filing_number, 1, None, desk.clock.now())
    with pytest.raises(StaleScreen, match=r"Lò Văn Thắng đã thực hiện “Tiếp nhận"), desk.house.unit_of_work() as uow:
        intake.refuse(uow, desk.staff("clerk"), filed.filing_number, 1, "thiếu giấy", desk.clock.now())


def test_what_was_received_cannot_be_refused(desk: Desk) -> None:
    code = desk.receive().code
    with pytest.raises(TransitionNotAllowed, match="Được tiếp nhận"), desk.house.unit_of_work() as uow:
        intake.refuse(uow, desk.staff("clerk"), code, desk.version(code), "thiếu giấy", desk.clock.now())


def test_each_reception_is_one_event_of_one_chain(desk: Desk) -> None:
    made = desk.receive()
    with desk.house.reading() as session:
        events = session.scalars(select(Event).where(Event.dossier_id == made.dossier_id)).all()
    assert [event.kind for event in events] == ["dossier:received"]
    assert events[0].seq == desk.dossier(made.code).event_seq == 1


def test_a_longer_case_has_its_own_limits(desk: Desk) -> None:
    """Giấy xác nhận tình trạng hôn nhân: where facts must be verified, the law and the commitment are longer."""
    with desk.house.reading() as session:
        version = session.get_one(ProcedureVersion, desk.dossier(desk.receive().code).procedure_version_id)
    [longer] = version.cases
    code = desk.receive(case=longer["name"]).code
    dossier = desk.dossier(code)
    assert (dossier.statutory_limit, dossier.committed_limit) == (longer["statutory"], longer["committed"])
    assert dossier.committed_limit != "2 working days"
