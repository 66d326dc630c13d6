"""Re-issue through the agency's fault: two persons, one more version, the old paper answers that it was replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Dossier, DossierClock, Event, OutboxMessage, Result, StoredFile
from app.db.unit_of_work import UnitOfWork
from app.domain.external_status import DONE, StatusLine
from app.domain.result_drafts import ResultDraft
from app.queries import issued_papers
from app.queries.printing_result import result_document
from app.queries.result_queue import to_issue, to_sign
from app.seed.house import PIN
from app.services import payments, reissuing, relations, results, signatures, signers
from app.services.correction_errors import SamePerson
from app.services.errors import FileMissing, NoRight, NotFound, NumberTaken, StaleScreen
from app.services.reissue_errors import NothingToReissue, ReissueWaits
from app.services.values import NewFile
from tests.services.test_the_way import finished, forward, hand_out
from tests.support.seeded import COPIES, Desk
from workflows.errors import RuleBroken, TransitionNotAllowed

RIGHT = ResultDraft("approval", "Giấy xác nhận tình trạng hôn nhân", (("Ông (Bà)", "Người Đúng"),))
WHY = "Cơ quan ghi sai tên đệm"


def received(desk: Desk, procedure: str = "") -> str:
    code = (desk.receive(procedure) if procedure else desk.receive()).code
    desk.digitize(code)
    return code


def propose(desk: Desk, code: str, *, login: str = "records", reason: str = WHY, paper: bool = False) -> int:
    kept = None if paper else drawn(desk, code)
    with desk.house.unit_of_work() as uow:
        return reissuing.propose_reissue(
            uow, desk.staff(login), code, desk.version(code), RIGHT, reason=reason, file=kept, at=desk.clock.now()
        )


def drawn(desk: Desk, code: str) -> NewFile:
    with desk.house.reading() as session:
        page = result_document(
            session, desk.house.vault, desk.staff("leader"), code, RIGHT, base_url="http://127.0.0.1"
        )
    return NewFile(desk.house.files.put(desk.house.pdf.render(page)), "application/pdf", 1, "kq.pdf", "generated")


def sign(desk: Desk, code: str, result_id: int, login: str = "leader") -> signatures.SignedOutcome:
    chosen = [signatures.ToSign(code, desk.version(code), result_id)]
    [outcome] = signatures.sign_results(desk.house, desk.staff(login), chosen, PIN, desk.clock.now())
    return outcome


def seal(desk: Desk, code: str, result_id: int) -> str:
    one = signatures.ToSign(code, desk.version(code), result_id)
    return signatures.seal_result(desk.house, desk.staff("records"), one, PIN, desk.clock.now())


def result_of(desk: Desk, result_id: int) -> Result:
    with desk.house.reading() as session:
        return session.get_one(Result, result_id)


def digest_of(desk: Desk, result_id: int) -> str:
    with desk.house.reading() as session:
        file = select(StoredFile.digest_mac).join(Result, Result.file_id == StoredFile.id)
        return session.scalars(file.where(Result.id == result_id)).one()


def test_the_corrected_result_takes_the_old_one_s_place_and_nothing_else_moves(desk: Desk) -> None:
    code = received(desk)
    old_id = finished(desk, code)
    before, old_digest = desk.dossier(code), digest_of(desk, old_id)
    with desk.house.reading() as session:
        clock = session.get_one(DossierClock, before.id)
    desk.clock.advance(timedelta(days=3))
    new_id = propose(desk, code)
    assert result_of(desk, old_id).state == "released"  # it counts until the corrected one is released
    with desk.house.reading() as session:
        [waits] = to_sign(session, desk.staff("leader"))
    assert (waits.result_id, waits.note, waits.is_reissue) == (new_id, WHY, True)
    assert sign(desk, code, new_id).ok
    with desk.house.reading() as session:
        assert [one.result_id for one in to_issue(session, desk.staff("records"))] == [new_id]
    assert seal(desk, code, new_id) == "2/XN-UBND"
    old, new, after = result_of(desk, old_id), result_of(desk, new_id), desk.dossier(code)
    assert (old.state, new.state, new.version, new.replaces_id) == ("withdrawn", "released", 2, old_id)
    assert (after.state, after.ended_at, after.fee_due_vnd) == (before.state, before.ended_at, before.fee_due_vnd)
    with desk.house.reading() as session:
        assert session.get_one(DossierClock, before.id).standing == clock.standing
        said = issued_papers.by_digest(session, old_digest)
        now = issued_papers.of_dossier(session, before.id)
        told = session.scalars(select(OutboxMessage.template).where(OutboxMessage.template == "result_reissued")).all()
        kinds = session.scalars(select(Event.kind).where(Event.dossier_id == before.id).order_by(Event.seq)).all()
    assert said
    assert said.replaced_by
    assert now
    assert (said.withdrawn, said.replaced_by.symbol, said.replaced_by.reason) == (True, "2/XN-UBND", WHY)
    assert (now.symbol, now.withdrawn, now.in_place_of) == ("2/XN-UBND", False, "1/XN-UBND")
    assert told
    assert [kind for kind in kinds if "reissue" in kind] == [
        "dossier:reissue_proposed", "dossier:reissue_approved", "dossier:reissued",
    ]  # fmt: skip


def test_a_returned_paper_result_is_numbered_anew(desk: Desk) -> None:
    code = received(desk, COPIES)
    forward(desk, code, "clerk")
    first = on_paper(desk, code, lambda uow: results.propose_result(
        uow, desk.staff("officer"), code, desk.version(code), RIGHT, at=desk.clock.now()
    ), "0412-SCT/BS")  # fmt: skip
    owed = desk.dossier(code).fee_due_vnd - desk.dossier(code).fee_paid_vnd
    if owed:
        with desk.house.unit_of_work() as uow:
            payments.pay(uow, desk.staff("clerk"), code, desk.version(code), amount_vnd=owed, method="cash",
                         at=desk.clock.now())  # fmt: skip
    hand_out(desk, code)
    second = propose(desk, code, paper=True)
    with desk.house.unit_of_work() as uow:
        results.approve_paper(uow, desk.staff("leader"), code, desk.version(code), second, desk.clock.now())
    with pytest.raises(NumberTaken):
        number(desk, code, second, "0412-SCT/BS")
    assert number(desk, code, second, "0413-SCT/BS") == "0413-SCT/BS"
    assert (result_of(desk, first).state, desk.dossier(code).state) == ("withdrawn", "returned")
    with pytest.raises(NotFound):  # a double click
        number(desk, code, second, "0414-SCT/BS")


def on_paper(desk: Desk, code: str, write: Callable[[UnitOfWork], int], symbol: str) -> int:
    with desk.house.unit_of_work() as uow:
        result_id = write(uow)
    with desk.house.unit_of_work() as uow:
        results.approve_paper(uow, desk.staff("leader"), code, desk.version(code), result_id, desk.clock.now())
    number(desk, code, result_id, symbol)
    return result_id


def number(desk: Desk, code: str, result_id: int, symbol: str) -> str:
    with desk.house.unit_of_work() as uow:
        return results.release_paper(
            uow, desk.staff("records"), code, desk.version(code), result_id, symbol=symbol,
            issued_on=date(2026, 11, 23), at=desk.clock.now(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("login", "reason", "paper", "refusal"),
    [
        ("clerk", WHY, False, NoRight),
        ("leader", WHY, False, NoRight),
        ("officer", WHY, False, NoRight),
        ("records", " ", False, RuleBroken),
        ("records", WHY, True, FileMissing),
    ],
)
def test_what_is_not_proposed(desk: Desk, login: str, reason: str, paper: bool, refusal: type[RuleBroken]) -> None:
    code = received(desk)
    finished(desk, code)
    before = desk.version(code)
    with pytest.raises(refusal):
        propose(desk, code, login=login, reason=reason, paper=paper)
    assert desk.version(code) == before


def test_before_a_result_there_is_nothing_to_reissue_and_one_goes_its_way_before_the_next(desk: Desk) -> None:
    code = received(desk)
    with pytest.raises(TransitionNotAllowed):
        propose(desk, code)
    finished(desk, code)
    first = propose(desk, code)
    with pytest.raises(ReissueWaits):
        propose(desk, code)
    assert sign(desk, code, first).ok
    with pytest.raises(ReissueWaits):
        propose(desk, code)
    with pytest.raises(StaleScreen), desk.house.unit_of_work() as uow:
        reissuing.propose_reissue(
            uow, desk.staff("records"), code, desk.version(code) - 1, RIGHT, reason=WHY, at=desk.clock.now()
        )


def test_a_dossier_that_ended_elsewhere_has_no_result_of_ours(desk: Desk) -> None:
    code = received(desk)
    forward(desk, code, "clerk")
    with desk.house.unit_of_work() as uow:
        relations.track(
            uow, desk.staff("clerk"), code, desk.version(code), system="Hệ thống khác", code="X-1", at=desk.clock.now()
        )
    done = (StatusLine(1, "X-1", min(DONE), desk.clock.now()),)
    with desk.house.unit_of_work() as uow:
        relations.take_statuses(uow, desk.staff("clerk"), done, desk.clock.now())
    with pytest.raises(NothingToReissue):
        propose(desk, code)


def test_who_proposed_does_not_approve(desk: Desk) -> None:
    code = received(desk)
    finished(desk, code)
    new_id = propose(desk, code)
    with desk.house.reading() as session:
        proposer = session.scalars(select(Event.user_id).where(Event.kind == "dossier:reissue_proposed")).one()
    both = replace(desk.staff("leader"), user_id=proposer)
    chosen = signatures.ToSign(code, desk.version(code), new_id)
    signer = signers.personal_signer(desk.house, desk.staff("leader"), PIN)
    refused = signatures.sign_one(desk.house, both, chosen, signer, desk.clock.now())
    assert not refused.ok
    assert "không tự xác nhận" in refused.reason
    with pytest.raises(SamePerson), desk.house.unit_of_work() as uow:
        reissuing.decline_reissue(uow, both, code, desk.version(code), reason="x", at=desk.clock.now())
    assert result_of(desk, new_id).state == "proposed"


def test_a_declined_reissue_leaves_the_paper_and_tells_who_asked(desk: Desk) -> None:
    code = received(desk)
    old_id = finished(desk, code)
    new_id = propose(desk, code)
    with desk.house.unit_of_work() as uow:
        assert reissuing.waits_for_leader(uow, desk.staff("leader"), code)
        reissuing.decline_reissue(
            uow, desk.staff("leader"), code, desk.version(code), reason="Giấy tờ gốc ghi đúng", at=desk.clock.now()
        )
    with pytest.raises(NotFound), desk.house.unit_of_work() as uow:  # a double click
        reissuing.decline_reissue(
            uow, desk.staff("leader"), code, desk.version(code), reason="nữa", at=desk.clock.now()
        )
    assert (result_of(desk, old_id).state, result_of(desk, new_id).state) == ("released", "withdrawn")
    with desk.house.reading() as session:
        told = session.scalars(select(OutboxMessage).where(OutboxMessage.template == "reissue_declined")).all()
        dossier_id = session.scalars(select(Dossier.id).where(Dossier.code == code)).one()
        paper = issued_papers.of_dossier(session, dossier_id)
    assert [row.to_user_id for row in told] == [desk.staff("records").user_id]
    assert paper
    assert (paper.withdrawn, paper.replaced_by) == (False, None)
    assert propose(desk, code) != new_id  # a better one may be proposed
