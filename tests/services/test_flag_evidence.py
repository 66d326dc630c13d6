"""Evidence read from what really happened: what raises a flag through the services, and what must not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.channels import Channel
from app.domain.flags import Finding
from app.domain.people import Actor
from app.domain.periods import report_month_of
from app.queries.demo import standing_of
from app.queries.flags import flags_of, flags_waiting
from app.queries.report_scope import report_unit
from app.scheduler.flag_counts import count_flags
from app.services import digitizing, submission
from app.services.explaining import answer
from app.services.values import NewFile
from tests.support.seeded import BIRTH, Desk
from workflows.calendar import VIETNAM
from workflows.states import ActorKind


def found(desk: Desk, rule: str) -> list[Finding]:
    with desk.house.reading() as session:
        unit = report_unit(session, "H99.105")
        known = flags_of(session, unit, report_month_of(desk.clock.now().astimezone(VIETNAM).date()))
    return [flag.finding for flag in known if flag.finding.rule == rule]


def file_many(desk: Desk, count: int, *, minutes: float = 1, assisted: bool = False, **more: str) -> None:
    """File online so many dossiers of so many people, one after the other."""
    staff = desk.staff("clerk")
    by = {"by": Actor(ActorKind.CLERK, staff.name, staff.user_id, staff.unit_id)} if assisted else {}
    for _ in range(count):
        filing = desk.filing(channel=Channel.ONLINE, is_assisted=assisted)
        with desk.house.unit_of_work() as uow:
            submission.file_online(uow, filing, at=desk.clock.now(), **by, **more)  # type: ignore[arg-type]  # open keywords of a test
        desk.clock.advance(timedelta(minutes=minutes))


def test_a_burst_from_one_address_names_the_address_by_nothing_but_its_kind(desk: Desk) -> None:
    file_many(desk, 10, address="203.0.113.9")
    (burst,) = found(desk, "filed_in_burst")
    assert (burst.facts["kind"], burst.facts["n"]) == ("address", "10")
    assert "203.0.113.9" not in str(burst)


def test_fewer_or_slower_or_from_several_addresses_is_no_burst(desk: Desk) -> None:
    file_many(desk, 9, address="203.0.113.9")
    desk.clock.advance(timedelta(hours=2))
    file_many(desk, 10, minutes=10, address="203.0.113.9")
    desk.clock.advance(timedelta(hours=2))
    for place in range(10):
        file_many(desk, 1, address=f"203.0.113.{place}")
    assert found(desk, "filed_in_burst") == []


def test_a_burst_from_one_account_is_not_told_of_the_desks_address_too(desk: Desk) -> None:
    file_many(desk, 10, assisted=True, address="10.0.0.5")
    assert [burst.facts["kind"] for burst in found(desk, "filed_in_burst")] == ["account"]


def test_receptions_at_the_desk_are_no_burst_of_an_account(desk: Desk) -> None:
    for _ in range(11):
        desk.receive(BIRTH)
    assert found(desk, "filed_in_burst") == []


def attach(desk: Desk, codes: list[str], content: bytes, *, origin: str) -> None:
    for code in codes:
        file = NewFile(desk.house.files.put(content), "application/pdf", 1, "to-khai.pdf", origin=origin)
        with desk.house.reading() as session:
            ordinal = standing_of(session, code).on_paper[0][0]
        with desk.house.unit_of_work() as uow:
            digitizing.attach_to_component(uow, desk.staff("clerk"), code, ordinal, file, desk.clock.now())


@pytest.fixture
def three(desk: Desk) -> list[str]:
    return [desk.receive(BIRTH).code for _ in range(3)]


def test_a_paper_reused_for_three_dossiers_is_no_twin_and_a_scanned_one_is(desk: Desk, three: list[str]) -> None:
    attach(desk, three, b"%PDF-1.7 one page" * 60, origin="reused")
    assert found(desk, "digitized_twin") == []
    attach(desk, [desk.receive(BIRTH).code for _ in range(3)], b"%PDF-1.7 another" * 60, origin="scanned")
    assert len(found(desk, "digitized_twin")) == 1


def test_a_file_without_content_is_told_and_a_small_page_is_not(desk: Desk, three: list[str]) -> None:
    attach(desk, three[:1], b"%PDF-1.7", origin="scanned")
    attach(desk, three[1:2], b"%PDF-1.7 a page of few bytes " * 20, origin="scanned")
    assert [one.numbers for one in found(desk, "digitized_empty")] == [(three[0],)]


def test_flags_that_wait_are_counted_beside_and_answered_ones_leave_the_count(desk: Desk, three: list[str]) -> None:
    attach(desk, three, b"%PDF-1.7 one page" * 60, origin="scanned")
    month = report_month_of(desk.clock.now().astimezone(VIETNAM).date())

    def waiting(code: str) -> int | None:
        with desk.house.reading() as session:
            told = flags_waiting(session, report_unit(session, code, descendants=True), month)
        return told.count if told else None

    assert waiting("H99.105") is None
    assert count_flags(desk.house, desk.clock.now()) == 1
    assert (waiting("H99.105"), waiting("H99"), waiting("H99.12")) == (1, 1, 0)
    (twin,) = found(desk, "digitized_twin")
    with desk.house.unit_of_work() as uow:
        answer(uow, desk.staff("leader"), twin, "Máy quét lưu nhầm tệp mẫu.", desk.clock.now())
    assert count_flags(desk.house, desk.clock.now()) == 0
    assert waiting("H99") == 0
