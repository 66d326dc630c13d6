"""Signing a report: timed, held while no authority answers, given out by decision; killed anywhere, signed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.adapters.table_print import printed_table
from app.db.models import Event, ReportSigning, SignedReport, StoredFile
from app.domain.closing import PeriodStillRuns
from app.domain.periods import month
from app.domain.reports import RowsBy
from app.domain.signed_reports import ReportHeld, ReportNotPrepared, ReportRef
from app.domain.table_reports import FORMS
from app.queries.issued_reports import report_by_digest
from app.queries.report_scope import report_unit
from app.queries.table_reports import table
from app.scheduler.timing import prove
from app.seed.house import PIN
from app.services import report_times, signed_reports
from app.services.errors import HeldTooShort, NoRight
from app.services.values import NewFile
from app.web.desk.signedreports.presenters import proof_told
from signing import Verdict, verify
from signing.longterm import proven_until, time_proven_until
from tests.services.test_killed_while_signing import STEPS, killed
from tests.services.test_release_times import Authority, authority, silent
from tests.support.seeded import BIRTH, Desk
from workflows.calendar import VIETNAM

__all__ = ["authority"]
PERIOD = month(2026, 11)


@dataclass
class Case:
    desk: Desk
    report_id: int

    def sign(self) -> None:
        at = self.desk.clock.now()
        signed_reports.sign_report(self.desk.house, self.desk.staff("leader"), self.report_id, PIN, at)

    def row(self) -> SignedReport:
        with self.desk.house.reading() as session:
            row = session.get_one(SignedReport, self.report_id)
            session.expunge(row)
        return row

    def signing(self) -> ReportSigning | None:
        with self.desk.house.reading() as session:
            return session.get(ReportSigning, self.report_id)

    def content(self) -> bytes:
        with self.desk.house.reading() as session:
            stored = session.get_one(StoredFile, self.row().file_id)
            return self.desk.house.files.get(stored.storage_id, stored.key_sealed)

    def is_issued(self) -> bool:
        with self.desk.house.reading() as session:
            stored = session.get_one(StoredFile, self.row().file_id)
            return report_by_digest(session, stored.digest_mac) is not None

    def release(self, login: str = "leader") -> None:
        staff, at = self.desk.staff(login), self.desk.clock.now()
        with self.desk.house.unit_of_work() as uow:
            report_times.release_without(
                uow, staff, self.report_id, reason="Nơi cấp ngừng", signer=self.desk.staff("leader"), at=at
            )


def prepare(desk: Desk) -> int:
    house, at = desk.house, desk.clock.now()
    with house.reading() as session:
        found = table(session, FORMS["yearly"], report_unit(session, "H99.105"), PERIOD, RowsBy.FIELD)
    ref = ReportRef("yearly", found.unit, PERIOD, RowsBy.FIELD)
    page = printed_table(found, at, preparer="", page="https://mot-cua.example/", opens=lambda _figure, _key: "")
    file = NewFile(house.files.put(house.pdf.render(page)), "application/pdf", 1, "yearly.pdf", origin="generated")
    with house.unit_of_work() as uow:
        return signed_reports.put_to_sign(uow, desk.staff("clerk"), ref, found.total.cells, file=file, at=at)


@pytest.fixture
def case(desk: Desk) -> Case:
    desk.receive(BIRTH)
    with pytest.raises(PeriodStillRuns):
        prepare(desk)
    desk.clock.set(datetime(2026, 12, 2, 9, tzinfo=VIETNAM))
    return Case(desk, prepare(desk))


def test_with_an_authority_it_is_given_out_under_its_time(case: Case, authority: Authority) -> None:
    case.sign()
    assert (case.row().state, case.signing().state, case.is_issued()) == ("signed", "timed", True)
    checked = verify(case.content(), case.desk.house.trust, at=case.desk.clock.now())
    assert (checked.verdict, checked.signatures[0].timestamp) == (Verdict.PASSED, case.desk.clock.now())
    until = time_proven_until(case.content())
    assert until is not None
    assert until > case.desk.clock.now()
    assert [proof_told(until, until - timedelta(days=left)).ends_soon for left in (91, 89)] == [False, True]


def test_without_an_answer_it_is_held_and_given_out_when_one_comes(case: Case, authority: Authority) -> None:
    authority.how = silent
    unsigned = case.content()
    case.sign()
    assert (case.row().state, case.signing().state, case.is_issued()) == ("prepared", "held", False)
    assert case.content() == unsigned  # nobody is shown the signed file yet
    with pytest.raises(ReportHeld):
        case.sign()
    case.desk.clock.advance(timedelta(minutes=1))
    assert prove(case.desk.house, case.desk.clock.now()) == 0
    assert "Trung tâm giờ" in case.signing().error
    authority.how = None
    case.desk.clock.advance(timedelta(minutes=5))
    assert prove(case.desk.house, case.desk.clock.now()) == 1
    assert (case.row().state, case.row().signed_by, case.is_issued()) == ("signed", "Lê Quang Tùng", True)
    assert verify(case.content(), case.desk.house.trust, at=case.desk.clock.now()).verdict is Verdict.PASSED
    assert proven_until(case.content()) > case.desk.clock.now()
    assert prove(case.desk.house, case.desk.clock.now()) == 0


def test_after_the_hold_a_leader_gives_it_out_without(case: Case, authority: Authority) -> None:
    authority.how = silent
    case.sign()
    with pytest.raises(HeldTooShort):
        case.release()
    case.desk.clock.advance(timedelta(hours=4))
    with pytest.raises(NoRight):
        case.release("clerk")
    case.release()
    assert (case.row().state, case.signing().state, case.is_issued()) == ("signed", "untimed", True)
    assert case.row().signed_at < case.desk.clock.now()
    with pytest.raises(ReportNotPrepared):
        case.release()
    with case.desk.house.reading() as session:
        kinds = set(session.scalars(select(Event.kind)))
    assert {"report:held", "report:released_without_time", "report:signed"} <= kinds


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_signing_it_is_signed_once_under_its_version(case: Case, step: str) -> None:
    with killed(case.desk.house, STEPS[step]) as run:
        run(case.sign)
    stored = step == "after the release is stored"
    begun = step != "before the intent is stored"
    assert (case.row().state, case.signing() is not None) == ("signed" if stored else "prepared", begun)
    if not stored:
        case.sign()
    assert (case.row().state, case.row().version, case.signing().state) == ("signed", 1, "plain")
    (signature,) = verify(case.content(), case.desk.house.trust, at=case.desk.clock.now()).signatures
    assert signature is not None
    with case.desk.house.reading() as session:
        assert len(session.scalars(select(Event).where(Event.kind == "report:signed")).all()) == 1
