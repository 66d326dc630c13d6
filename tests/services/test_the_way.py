"""The way through the office: hand over, ask, wait, sign, seal, pay, return — each by the role the table names."""

from __future__ import annotations

import re
import subprocess
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db.models import DossierClock, Event, Hop, LedgerEntry, Result, StoredFile
from app.domain.channels import Delivery
from app.domain.result_drafts import ResultDraft
from app.queries.printing_result import result_document
from app.seed.house import PIN
from app.services import consulting, payments, processing, results, returning, signatures, waiting
from app.services.errors import AlreadyDone, FeeNotRight, FileMissing, NoSuchStep, StaleScreen
from app.services.values import NewFile, SupplementAsk
from signing import SigningError
from signing.places import box_kept_free
from tests.support.seeded import COPIES, Desk
from workflows.calendar import VIETNAM
from workflows.errors import ExtensionNotLater, RequirementNotMet, TransitionNotAllowed

ASK = SupplementAsk(("Tờ khai: thiếu chữ ký",), "Chưa đủ căn cứ")
DRAFT = ResultDraft("approval", "Giấy xác nhận tình trạng hôn nhân", (("Ông (Bà)", "Người Mẫu"),))


@pytest.fixture
def code(desk: Desk) -> str:
    """A received and digitized dossier."""
    made = desk.receive()
    desk.digitize(made.code)
    return made.code


def forward(desk: Desk, code: str, login: str, **more: object) -> None:
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff(login), code, desk.version(code), at=desk.clock.now(), **more)  # type: ignore[arg-type]  # open keywords of a test


def proposed(desk: Desk, code: str) -> int:
    officer = desk.staff("officer")
    with desk.house.reading() as session:
        form = result_document(session, desk.house.vault, officer, code, DRAFT, base_url="http://127.0.0.1:8000")
    file = NewFile(desk.house.files.put(desk.house.pdf.render(form)), "application/pdf", 1, "kq.pdf", "generated")
    with desk.house.unit_of_work() as uow:
        return results.propose_result(uow, officer, code, desk.version(code), DRAFT, file=file, at=desk.clock.now())


def signed(desk: Desk, code: str) -> int:
    result_id = proposed(desk, code)
    chosen = [signatures.ToSign(code, desk.version(code), result_id)]
    [outcome] = signatures.sign_results(desk.house, desk.staff("leader"), chosen, PIN, desk.clock.now())
    assert outcome.ok, outcome.reason
    return result_id


def finished(desk: Desk, code: str) -> int:
    forward(desk, code, "clerk")
    result_id = signed(desk, code)
    one = signatures.ToSign(code, desk.version(code), result_id)
    signatures.seal_result(desk.house, desk.staff("records"), one, PIN, desk.clock.now())
    return result_id


def clock_of(desk: Desk, code: str) -> DossierClock:
    with desk.house.reading() as session:
        return session.get_one(DossierClock, desk.dossier(code).id)


def test_paper_is_digitized_before_it_is_handed_over(desk: Desk) -> None:
    code = desk.receive().code
    with pytest.raises(RequirementNotMet, match="chưa được số hóa"):
        forward(desk, code, "clerk")
    desk.digitize(code)
    forward(desk, code, "clerk")
    assert desk.dossier(code).state == "processing"


def test_the_control_slip_knows_each_hop(desk: Desk, code: str) -> None:
    desk.clock.advance(timedelta(minutes=30))
    forward(desk, code, "clerk", note="đủ giấy tờ")
    with desk.house.reading() as session:
        first, second = session.scalars(select(Hop).order_by(Hop.ordinal)).all()
    assert (first.step_name, first.user_name, first.action, first.outcome) == (
        "Tiếp nhận, số hóa, chuyển xử lý", "Ngô Thu Hằng", "forward", "early",
    )  # fmt: skip
    assert (second.from_name, second.role, second.left_at) == ("Ngô Thu Hằng", "officer", None)
    assert second.due_at is not None


def test_only_the_step_s_role_moves_it_on(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    with pytest.raises(RequirementNotMet, match="không thuộc vai trò"):
        forward(desk, code, "leader")


def test_send_back_returns_to_the_same_hands(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    with desk.house.unit_of_work() as uow:
        processing.send_back(
            uow, desk.staff("officer"), code, desk.version(code), reason="Thiếu trang 2", at=desk.clock.now()
        )
    dossier = desk.dossier(code)
    assert dossier.step_ordinal == 1
    assert dossier.holder_user_id == desk.staff("clerk").user_id


def test_a_result_goes_only_to_a_leader(desk: Desk, code: str) -> None:
    with pytest.raises(NoSuchStep, match="trình ký"), desk.house.unit_of_work() as uow:
        results.propose_result(uow, desk.staff("clerk"), code, desk.version(code), DRAFT, at=desk.clock.now())


def test_an_electronic_original_needs_its_pdf(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    with pytest.raises(FileMissing), desk.house.unit_of_work() as uow:
        results.propose_result(uow, desk.staff("officer"), code, desk.version(code), DRAFT, at=desk.clock.now())


def test_sign_number_seal_return(desk: Desk, code: str) -> None:
    result_id = finished(desk, code)
    dossier = desk.dossier(code)
    assert (dossier.state, dossier.ended_at) == ("finished", desk.clock.now())
    with desk.house.reading() as session:
        result = session.get_one(Result, result_id)
        stored = session.get_one(StoredFile, result.file_id)
    assert (result.state, result.symbol) == ("released", "1/XN-UBND")
    assert desk.house.files.get(stored.storage_id, stored.key_sealed).count(b"/ByteRange") == 2
    with pytest.raises(RequirementNotMet, match="phí, lệ phí chưa được thanh toán"):
        hand_out(desk, code)
    with desk.house.unit_of_work() as uow:
        payments.pay(
            uow, desk.staff("clerk"), code, desk.version(code), amount_vnd=15_000, method="cash", at=desk.clock.now()
        )
    hand_out(desk, code)
    assert desk.dossier(code).state == "returned"
    assert clock_of(desk, code).standing == "early"


def test_number_and_day_stand_on_the_line_of_the_words_before_them(desk: Desk, code: str) -> None:
    result_id = finished(desk, code)
    with desk.house.reading() as session:
        stored = session.get_one(StoredFile, session.get_one(Result, result_id).file_id)
    content = desk.house.files.get(stored.storage_id, stored.key_sealed)
    said = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True).stdout
    foot = {word: float(bottom) for bottom, word in re.findall(r'yMax="([\d.]+)">([^<]+)<', said.decode())}
    assert foot["1/XN-UBND"] == pytest.approx(foot["Số:"], abs=0.05)
    assert foot["ngày"] == pytest.approx(foot["An,"], abs=0.05)
    # Room for a whole line of 13 points: less cuts the feet of letters off.
    assert box_kept_free(content, "o-ngay").box.height == pytest.approx(13 * 1.2, abs=0.01)


def hand_out(desk: Desk, code: str, identity: str = "cccd", letter: str = "") -> None:
    with desk.house.unit_of_work() as uow:
        returning.return_result(
            uow, desk.staff("clerk"), code, desk.version(code), delivery=Delivery.DESK, received_by="Người Mẫu",
            identity=identity, letter=letter, at=desk.clock.now(),
        )  # fmt: skip


def test_a_wrong_pin_signs_nothing(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    result_id = proposed(desk, code)
    chosen = [signatures.ToSign(code, desk.version(code), result_id)]
    with pytest.raises(SigningError, match="PIN"):
        signatures.sign_results(desk.house, desk.staff("leader"), chosen, "000000", desk.clock.now())
    assert desk.dossier(code).holder_user_id is None
    with desk.house.reading() as session:
        assert session.get_one(Result, result_id).state == "proposed"


def test_one_stale_result_of_a_batch_is_named_and_the_rest_is_signed(desk: Desk) -> None:
    codes = []
    for _ in range(2):
        code = desk.receive().code
        desk.digitize(code)
        forward(desk, code, "clerk")
        codes.append((code, proposed(desk, code)))
    chosen = [signatures.ToSign(code, desk.version(code), result_id) for code, result_id in codes]
    chosen[0] = signatures.ToSign(chosen[0].number, chosen[0].version - 1, chosen[0].result_id)
    first, second = signatures.sign_results(desk.house, desk.staff("leader"), chosen, PIN, desk.clock.now())
    assert not first.ok
    assert "sau khi bạn mở trang này" in first.reason
    assert second.ok


def test_a_number_once_reserved_is_never_taken_twice(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    result_id = signed(desk, code)
    with pytest.raises(SigningError):  # the seal's key refuses after the number was reserved
        _seal_with(desk, code, result_id, "111111")
    one = signatures.ToSign(code, desk.version(code), result_id)
    assert signatures.seal_result(desk.house, desk.staff("records"), one, PIN, desk.clock.now()) == "1/XN-UBND"


def _seal_with(desk: Desk, code: str, result_id: int, pin: str) -> None:
    one = signatures.ToSign(code, desk.version(code), result_id)
    signatures.seal_result(desk.house, desk.staff("records"), one, pin, desk.clock.now())


def test_a_paper_result_takes_the_typed_number(desk: Desk) -> None:
    code = desk.receive(COPIES).code
    desk.digitize(code)
    forward(desk, code, "clerk")
    with desk.house.unit_of_work() as uow:
        draft = ResultDraft("approval", "Bản sao chứng thực", (("Số bản", "03"),))
        result_id = results.propose_result(
            uow, desk.staff("officer"), code, desk.version(code), draft, at=desk.clock.now()
        )
    with desk.house.unit_of_work() as uow:
        results.approve_paper(uow, desk.staff("leader"), code, desk.version(code), result_id, desk.clock.now())
    with desk.house.unit_of_work() as uow:
        symbol = results.release_paper(
            uow, desk.staff("records"), code, desk.version(code), result_id, symbol="0412-SCT/BS",
            issued_on=date(2026, 11, 23), at=desk.clock.now(),
        )  # fmt: skip
    assert symbol == "0412-SCT/BS"
    assert desk.dossier(code).state == "finished"


def test_waiting_for_a_supplement_gives_its_days_back(desk: Desk, code: str) -> None:
    before = clock_of(desk, code).due_day
    forward(desk, code, "clerk")
    ask(desk, code)
    assert clock_of(desk, code).is_suspended
    assert clock_of(desk, code).due_at is None
    desk.clock.set(
        datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM)
    )  # over Tuesday's holiday: Wednesday stood still, and Monday, the day of reception, does not count
    with desk.house.unit_of_work() as uow:
        waiting.take_supplement(uow, desk.staff("clerk"), code, desk.version(code), note="đã nộp", at=desk.clock.now())
    assert (before, clock_of(desk, code).due_day) == (20261126, 20261127)


def ask(desk: Desk, code: str, login: str = "officer", leader_reason: str = "") -> None:
    with desk.house.unit_of_work() as uow:
        waiting.ask_supplement(
            uow, desk.staff(login), code, desk.version(code), ASK, leader_reason=leader_reason, at=desk.clock.now()
        )


def test_a_second_request_needs_a_leader_with_a_reason_and_counts_as_late(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    ask(desk, code)
    with desk.house.unit_of_work() as uow:
        waiting.take_supplement(uow, desk.staff("clerk"), code, desk.version(code), note="đã nộp", at=desk.clock.now())
    with pytest.raises(RequirementNotMet, match="lần nữa phải do lãnh đạo"):
        ask(desk, code)
    with pytest.raises(RequirementNotMet, match="chưa nêu lý do"):
        ask(desk, code, "leader")
    ask(desk, code, "leader", leader_reason="Phát hiện tờ khai giả mạo")
    with desk.house.unit_of_work() as uow:
        waiting.take_supplement(uow, desk.staff("clerk"), code, desk.version(code), note="đã nộp", at=desk.clock.now())
    result_id = signed(desk, code)
    _seal_with(desk, code, result_id, PIN)
    assert clock_of(desk, code).standing == "late"


def test_one_extension_a_day_before_due_with_an_apology(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    leader = desk.staff("leader")
    with pytest.raises(ExtensionNotLater), desk.house.unit_of_work() as uow:
        waiting.extend(
            uow,
            leader,
            code,
            desk.version(code),
            new_day=date(2026, 11, 29),
            reason="chờ xác minh",
            at=desk.clock.now(),
        )  # a Sunday
    with desk.house.unit_of_work() as uow:
        slip = waiting.extend(
            uow, leader, code, desk.version(code), new_day=date(2026, 12, 1), reason="chờ xác minh", at=desk.clock.now()
        )
    assert (slip.form, clock_of(desk, code).due_day) == ("04", 20261201)
    with pytest.raises(RequirementNotMet, match="đã được hẹn lại một lần"), desk.house.unit_of_work() as uow:
        waiting.extend(
            uow, leader, code, desk.version(code), new_day=date(2026, 12, 3), reason="chờ nữa", at=desk.clock.now()
        )


def test_an_extension_on_the_last_day_is_too_late(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    desk.clock.set(datetime(2026, 11, 26, 8, 0, tzinfo=VIETNAM))
    with pytest.raises(RequirementNotMet, match="chậm nhất 01 ngày"), desk.house.unit_of_work() as uow:
        waiting.extend(
            uow,
            desk.staff("leader"),
            code,
            desk.version(code),
            new_day=date(2026, 12, 1),
            reason="bận",
            at=desk.clock.now(),
        )


def test_withdraw_until_there_is_a_result(desk: Desk, code: str) -> None:
    finished(desk, code)
    with pytest.raises(TransitionNotAllowed), desk.house.unit_of_work() as uow:
        waiting.withdraw(uow, desk.staff("clerk"), code, desk.version(code), reason="đổi ý", at=desk.clock.now())


def test_a_withdrawn_dossier_ends_with_its_notice(desk: Desk, code: str) -> None:
    with desk.house.unit_of_work() as uow:
        slip = waiting.withdraw(uow, desk.staff("clerk"), code, desk.version(code), reason="đổi ý", at=desk.clock.now())
    dossier = desk.dossier(code)
    assert (slip.form, dossier.state, dossier.ended_at) == ("05", "withdrawn", desk.clock.now())


def test_a_financial_duty_stops_the_clock_until_it_is_paid(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    with desk.house.unit_of_work() as uow:
        waiting.ask_payment(
            uow, desk.staff("officer"), code, desk.version(code), amount_vnd=50_000, notice="TB-7", at=desk.clock.now()
        )
    assert clock_of(desk, code).is_suspended
    with pytest.raises(FeeNotRight, match=r"65\.000"), desk.house.unit_of_work() as uow:
        payments.pay(
            uow, desk.staff("clerk"), code, desk.version(code), amount_vnd=99_000, method="cash", at=desk.clock.now()
        )
    with desk.house.unit_of_work() as uow:
        payments.pay(
            uow, desk.staff("clerk"), code, desk.version(code), amount_vnd=65_000, method="qr", at=desk.clock.now()
        )
    assert desk.dossier(code).state == "processing"
    assert not clock_of(desk, code).is_suspended


def test_a_voided_payment_stays_on_the_books(desk: Desk, code: str) -> None:
    with desk.house.unit_of_work() as uow:
        paid = payments.pay(
            uow, desk.staff("clerk"), code, desk.version(code), amount_vnd=15_000, method="cash", at=desk.clock.now()
        )
    with desk.house.unit_of_work() as uow:
        payments.void(uow, desk.staff("clerk"), paid, "thu nhầm", desk.clock.now())
    assert desk.dossier(code).fee_paid_vnd == 0
    with pytest.raises(AlreadyDone), desk.house.unit_of_work() as uow:
        payments.void(uow, desk.staff("clerk"), paid, "thu nhầm", desk.clock.now())


def test_another_unit_is_asked_in_parallel_and_answers_once(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    police = desk.staff("officer.congan")
    with desk.house.unit_of_work() as uow:
        asked = consulting.consult(
            uow,
            desk.staff("officer"),
            code,
            desk.version(code),
            unit_id=police.unit_id,
            question="Nơi cư trú?",
            at=desk.clock.now(),
        )
    assert desk.dossier(code).step_ordinal == 2
    with desk.house.unit_of_work() as uow:
        consulting.answer_consultation(uow, police, asked, "Cư trú tại xã", desk.clock.now())
    with pytest.raises(AlreadyDone), desk.house.unit_of_work() as uow:
        consulting.answer_consultation(uow, police, asked, "Nhắc lại", desk.clock.now())


def test_two_officers_at_once_one_is_told(desk: Desk, code: str) -> None:
    forward(desk, code, "clerk")
    opened = desk.version(code)
    ask(desk, code)
    with pytest.raises(StaleScreen, match="Yêu cầu bổ sung"), desk.house.unit_of_work() as uow:
        processing.send_back(uow, desk.staff("officer"), code, opened, reason="trả lại", at=desk.clock.now())


def test_every_change_is_an_event_and_the_sequence_has_no_gap(desk: Desk, code: str) -> None:
    finished(desk, code)
    with desk.house.reading() as session:
        events = session.scalars(
            select(Event).where(Event.dossier_id == desk.dossier(code).id).order_by(Event.seq)
        ).all()
        entries = session.scalars(select(LedgerEntry)).all()
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.kind for event in events if event.kind != "dossier:file_attached"] == [
        "dossier:received", "dossier:forwarded", "dossier:proposed", "dossier:signed", "dossier:number_reserved",
        "dossier:finished",
    ]  # fmt: skip
    assert not entries
