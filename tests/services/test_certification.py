"""The certification desk: one number an original, the fee, the slip of the afternoon, voids that stay."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from app.db.models import CertifiedPaper, Event, IssuedForm, Payment, Result, SigningAuthority
from app.domain import checks
from app.domain.certification import CopiesNotRight, Kind, NothingToCertify, Paper
from app.services import authority, certification, certification_book, certification_terms
from app.services.accounts import NoSuchAccount
from app.services.authority import (
    AuthorityExpired,
    AuthorityMissing,
    AuthorityNotYet,
    NewAuthority,
    NothingToSign,
    Powers,
)
from app.services.certification_errors import AlreadyVoid, BookClosed, NoSigner, NoTariff
from app.services.errors import NoRight, NotFound, StaleScreen
from tests.services.certifying import ONE, SCAN, THREE, certify, entries, rows, signer, visit
from tests.support.seeded import Desk
from workflows.calendar import VIETNAM
from workflows.errors import RequirementNotMet, TransitionNotAllowed


class PowerCutError(RuntimeError):
    """The numbers are drawn, the commit never comes."""


def act(desk: Desk, service: object, code: str, *, who: str = "clerk", **more: object) -> None:
    """Do one act on a certification now, as seen on a fresh page."""
    with desk.house.unit_of_work() as uow:
        service(uow, desk.staff(who), code, desk.version(code), **more, at=desk.clock.now())  # type: ignore[operator]  # any service of this room


def test_one_act_receives_numbers_and_takes_the_fee(desk: Desk) -> None:
    done = certify(desk)
    assert (done.code, done.numbers, done.fee_vnd, done.form_id) == ("H99.105-261123-0001", (1, 2, 3), 200_000, None)
    dossier = desk.dossier(done.code)
    assert (dossier.state, dossier.fee_due_vnd, dossier.fee_paid_vnd) == ("received", 200_000, 200_000)
    assert [row.fee_vnd for row in rows(desk, done.code)] == [20_000, 140_000, 40_000]
    assert {row.volume for row in rows(desk, done.code)} == {1}


def test_numbers_run_on_whoever_draws_them(desk: Desk) -> None:
    assert certify(desk, ONE).numbers == (1,)
    assert certify(desk, clerk="clerk2").numbers == (2, 3, 4)
    assert certify(desk, ONE, kind=Kind.SIGNATURE).numbers == (1,)  # a book of its own
    assert certify(desk, (ONE[0], SCAN)).numbers == (5, 1)


def test_a_new_year_begins_at_one_in_volume_one(desk: Desk) -> None:
    certify(desk, ONE)
    desk.clock.set(datetime(2027, 1, 4, 8, 30, tzinfo=VIETNAM))
    [row] = rows(desk, certify(desk, ONE).code)
    assert (row.year, row.number, row.volume) == (2027, 1, 1)


@pytest.mark.parametrize(
    ("hour", "has_slip"), [("08:30", False), ("14:59", False), ("15:30", True), ("16:45", True)]
)
def test_a_slip_is_printed_only_for_another_day(desk: Desk, hour: str, has_slip: bool) -> None:
    desk.clock.set(datetime.combine(date(2026, 11, 25), time.fromisoformat(hour), VIETNAM))
    done = certify(desk, ONE)
    with desk.house.reading() as session:
        forms = session.scalars(select(IssuedForm.form)).all()
    assert (done.form_id is not None, forms) == (has_slip, ["01"] if has_slip else [])


def test_the_same_form_twice_is_one_request(desk: Desk) -> None:
    asked = visit(desk, request_id="grid-1")
    for _ in range(2):
        with desk.house.unit_of_work() as uow:
            done = certification.receive(uow, desk.staff("clerk"), asked, desk.clock.now())
    assert (done.was_known, done.numbers, entries(desk)) == (True, (1, 2, 3), 1)


@pytest.mark.parametrize(
    ("papers", "more", "refusal"),
    [
        ((), {}, NothingToCertify),
        ((Paper("Bằng", 1, 0),), {}, CopiesNotRight),
        (ONE, {"signer_id": 999}, NoSigner),
    ],
)
def test_a_refusal_takes_no_number(desk: Desk, papers: tuple, more: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        certify(desk, papers, **more)
    assert entries(desk) == 0
    assert certify(desk, ONE).numbers == (1,)


def test_without_a_tariff_of_the_day_nobody_guesses(desk: Desk) -> None:
    with desk.house.reading() as session, pytest.raises(NoTariff):
        certification_terms.tariff_on(session, Kind.COPY, date(2016, 12, 31))


def test_an_exempt_visit_pays_nothing(desk: Desk) -> None:
    done = certify(desk, exemption="Người có công")
    assert (done.fee_vnd, desk.dossier(done.code).fee_exemption) == (0, "Người có công")


def test_signed_and_handed_out_it_counts_as_resolved_on_time(desk: Desk) -> None:
    done = certify(desk)
    desk.clock.advance(timedelta(minutes=5))
    act(desk, certification.sign_off, done.code)
    desk.clock.advance(timedelta(minutes=2))
    act(desk, certification.hand_out, done.code)
    assert desk.dossier(done.code).state == "returned"
    with desk.house.reading() as session:
        [result] = session.scalars(select(Result)).all()
        kinds = session.scalars(select(Event.kind).where(Event.dossier_id.is_not(None)).order_by(Event.id)).all()
    assert result.symbol == "1–3/2026-SCT/BS"
    assert kinds == ["dossier:received", "dossier:paid", "dossier:certified", "dossier:returned"]


def test_handing_out_alone_does_the_rest(desk: Desk) -> None:
    done = certify(desk, ONE, paid_by="later")
    act(desk, certification.hand_out, done.code)
    dossier = desk.dossier(done.code)
    assert (dossier.state, dossier.fee_paid_vnd) == ("returned", 4_000)


def test_handing_out_twice_is_refused(desk: Desk) -> None:
    done = certify(desk, ONE)
    act(desk, certification.hand_out, done.code)
    with pytest.raises(TransitionNotAllowed):
        act(desk, certification.hand_out, done.code)


def test_a_stale_screen_changes_nothing(desk: Desk) -> None:
    done = certify(desk, ONE)
    version = desk.version(done.code)
    act(desk, certification.sign_off, done.code)
    with pytest.raises(StaleScreen), desk.house.unit_of_work() as uow:
        certification.hand_out(uow, desk.staff("clerk2"), done.code, version, desk.clock.now())


def test_the_other_authority_sees_nothing(desk: Desk) -> None:
    done = certify(desk, ONE)
    with pytest.raises(NotFound):
        act(desk, certification.hand_out, done.code, who="clerk.so")


def test_an_authority_that_ended_certifies_nothing_more(desk: Desk) -> None:
    signer_id = signer(desk, "officer")
    done = certify(desk, ONE, signer_id=signer_id)
    with desk.house.unit_of_work() as uow:
        authority.end(uow, desk.staff("leader"), signer_id, desk.clock.now())
    with pytest.raises(RequirementNotMet):
        act(desk, certification.sign_off, done.code)
    with pytest.raises(AuthorityExpired) as refused:
        certify(desk, ONE, signer_id=signer_id)
    assert refused.value.where == "signer"
    assert entries(desk) == 1


def granted(desk: Desk, who: str, since: timedelta, until: timedelta | None, **more: object) -> int:
    """Write an authority to certify down, its span told from now."""
    at = desk.clock.now()
    base = {"user_id": None, "name": "Người Mới", "powers": frozenset({Powers.CERTIFICATION}), "decided_on": None}
    words = {"capacity": "TUQ", "titles": "TUQ. CHỦ TỊCH", "decision": "1/QĐ"}
    span = {"since": at + since, "until": None if until is None else at + until}
    with desk.house.unit_of_work() as uow:
        return authority.grant(uow, desk.staff(who), NewAuthority(**(base | words | span | more)), at)  # type: ignore[arg-type]  # open keywords of a test


def test_who_certifies_is_written_down_by_a_leader_and_needs_no_account(desk: Desk) -> None:
    with pytest.raises(NoRight):
        granted(desk, "clerk", timedelta(), None)
    made = granted(desk, "leader", timedelta(), None)
    assert certify(desk, ONE, signer_id=made).numbers == (1,)
    with desk.house.reading() as session:
        assert session.get_one(SigningAuthority, made).name == "Người Mới"


def test_an_authority_holds_from_its_minute_to_its_minute(desk: Desk) -> None:
    minute = timedelta(minutes=1)
    made = granted(desk, "leader", minute, 2 * minute)
    with pytest.raises(AuthorityNotYet):
        certify(desk, ONE, signer_id=made)
    desk.clock.advance(minute)
    assert certify(desk, ONE, signer_id=made).numbers == (1,)
    desk.clock.advance(minute)
    with pytest.raises(AuthorityExpired):
        certify(desk, ONE, signer_id=made)


def test_an_authority_for_results_certifies_nothing_and_the_other_way_round(desk: Desk) -> None:
    leader, day = desk.staff("leader"), desk.clock.now().date()
    results = frozenset({Powers.RESULTS})
    made = granted(desk, "admin", timedelta(), None, user_id=leader.user_id, powers=results, decided_on=day)
    with pytest.raises(NoSigner):
        certify(desk, ONE, signer_id=made)
    with desk.house.reading() as session:
        assert authority.authority_of(session, leader, desk.clock.now()).id == made
        with pytest.raises(AuthorityMissing):
            authority.authority_of(session, desk.staff("officer"), desk.clock.now())  # certifies, signs no result


def test_who_signs_results_has_an_account_and_a_decision(desk: Desk) -> None:
    results = frozenset({Powers.RESULTS})
    with pytest.raises(NoSuchAccount):
        granted(desk, "admin", timedelta(), None, powers=results)
    with pytest.raises(checks.Missing):
        granted(desk, "admin", timedelta(), None, powers=results, user_id=desk.staff("leader").user_id)
    with pytest.raises(NothingToSign):
        granted(desk, "admin", timedelta(), None, powers=frozenset())


def test_a_void_number_stays_with_its_reason_and_the_money_goes_back(desk: Desk) -> None:
    done = certify(desk)
    act(desk, certification_book.void, done.code, ordinal=2, reason="In nhầm trang")
    gone = rows(desk, done.code)[1]
    assert (gone.number, gone.state, gone.void_reason) == (2, "void", "In nhầm trang")
    with desk.house.reading() as session:
        assert session.scalars(select(Payment.amount_vnd).order_by(Payment.id)).all() == [200_000, -140_000]
    assert certify(desk, ONE).numbers == (4,)
    with pytest.raises(AlreadyVoid):
        act(desk, certification_book.void, done.code, ordinal=2, reason="Lần nữa")


def test_a_request_whose_every_number_is_void_is_withdrawn(desk: Desk) -> None:
    done = certify(desk, ONE)
    act(desk, certification_book.void, done.code, ordinal=1, reason="Người yêu cầu đổi ý")
    dossier = desk.dossier(done.code)
    assert (dossier.state, dossier.fee_due_vnd, dossier.fee_paid_vnd) == ("withdrawn", 0, 0)


def test_a_title_is_corrected_and_the_log_keeps_the_old_one(desk: Desk) -> None:
    done = certify(desk, ONE)
    act(desk, certification_book.correct, done.code, ordinal=1, title="Hộ chiếu", reason="Ghi nhầm")
    assert rows(desk, done.code)[0].title == "Hộ chiếu"
    with desk.house.reading() as session:
        payload = session.scalars(select(Event.payload).where(Event.kind == "dossier:corrected")).one()
    assert (payload["old"], payload["new"]) == ("Căn cước", "Hộ chiếu")


def test_a_closed_volume_is_not_written_in_and_numbers_run_on(desk: Desk) -> None:
    done = certify(desk, ONE)
    with desk.house.unit_of_work() as uow:
        closed = certification_terms.close_volume(uow, desk.staff("records"), "SCT/BS", desk.clock.now())
    assert closed == "01/2026-SCT/BS"
    with pytest.raises(BookClosed):
        act(desk, certification_book.void, done.code, ordinal=1, reason="Muộn rồi")
    [row] = rows(desk, certify(desk, ONE).code)
    assert (row.volume, row.number) == (2, 2)


def test_an_electronic_copy_must_be_certified_first(desk: Desk) -> None:
    done = certify(desk, (SCAN,))
    with pytest.raises(RequirementNotMet):
        act(desk, certification.sign_off, done.code)


def test_two_clerks_at_once_leave_no_gap(desk: Desk) -> None:
    """Two threads number at once, ten visits each; one of them fails after drawing its numbers."""
    failed: list[BaseException] = []

    def work(clerk: str) -> None:
        try:
            for turn in range(10):
                asked = visit(desk, THREE if turn % 2 else ONE)
                with suppress(PowerCutError), desk.house.unit_of_work() as uow:
                    certification.receive(uow, desk.staff(clerk), asked, desk.clock.now())
                    if turn == 4 and clerk == "clerk2":
                        raise PowerCutError
        except Exception as wrong:  # noqa: BLE001 - shown by the assertion below, whatever it is
            failed.append(wrong)

    threads = [threading.Thread(target=work, args=(clerk,)) for clerk in ("clerk", "clerk2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with desk.house.reading() as session:
        numbers = session.scalars(select(CertifiedPaper.number).order_by(CertifiedPaper.number)).all()
    assert numbers == list(range(1, 40))
