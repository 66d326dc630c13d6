"""From the proposal to the returned result (trình ký, phát hành, trả): by separate people, really signed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest

from app.domain.people import Actor
from app.seed.house import PASSWORD, trust_folder
from app.services.accounts import create_account
from app.web.desk import sign_views
from signing import TrustStore, verify
from tests.support.seeded import BIRTH, Desk
from tests.web.desk.worker import PAGE_PIN, Worker, scanned_pdf
from workflows.states import ActorKind


@pytest.fixture
def proposed(clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk) -> str:
    """A dossier whose result waits for the leader."""
    return propose(desk, clerk, sit_down("officer"))


def propose(desk: Desk, clerk: Worker, officer: Worker, procedure: str | None = None) -> str:
    """Receive, digitize, hand over and propose; return the code."""
    code = (desk.receive(procedure) if procedure else desk.receive()).code
    desk.digitize(code)
    clerk.act(code, "forward")
    officer.act(code, "propose", kind="approval", title="Giấy xác nhận", content="Họ và tên: Phạm Thị Hòa")
    return code


def choice(page: str) -> str:
    """What the checkbox of the only document sends."""
    found = re.search(r'name="result" value="([^"]+)"', page)
    assert found
    return found[1]


def test_only_what_was_read_can_be_signed(proposed: str, sit_down: Callable[[str], Worker]):
    leader = sit_down("leader")
    page = leader.open("/mot-cua/trinh-ky").text
    assert re.search(r'name="result"[^>]*disabled', page)
    unread = leader.send("/mot-cua/trinh-ky", result=choice(page), pin=PAGE_PIN)
    assert "chưa đọc" in unread.text
    read = leader.open(f"/mot-cua/trinh-ky?ho_so={proposed}").text
    assert not re.search(r'name="result"[^>]*disabled', read)
    assert len(re.findall(r'class="mc-page-image"', read)) == 1


def test_a_wrong_pin_signs_nothing_and_a_missing_one_is_asked_for(proposed: str, sit_down: Callable[[str], Worker]):
    leader = sit_down("leader")
    chosen = choice(leader.open(f"/mot-cua/trinh-ky?ho_so={proposed}").text)
    asked = leader.send("/mot-cua/trinh-ky", result=chosen)
    assert re.search(r'<dialog[^>]*id="pin-dialog"[^>]* open', asked.text)
    wrong = leader.send("/mot-cua/trinh-ky", result=chosen, pin="000000")
    assert wrong.status_code == 422
    assert "Mã PIN chưa đúng" in wrong.text
    assert choice(leader.open("/mot-cua/trinh-ky").text) == chosen


def test_signed_sealed_and_returned_by_three_people(
    proposed: str, clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk
):
    leader, records = sit_down("leader"), sit_down("records")
    chosen = choice(leader.open(f"/mot-cua/trinh-ky?ho_so={proposed}").text)
    assert "Đã ký 1 văn bản" in leader.send("/mot-cua/trinh-ky", result=chosen, pin=PAGE_PIN).text
    records.open(f"/mot-cua/phat-hanh/{proposed}")
    assert "Đã phát hành số 1/XN-UBND" in records.send(f"/mot-cua/phat-hanh/{proposed}", pin=PAGE_PIN).text
    clerk.act(proposed, "pay", amount_vnd="15000", method="cash")
    clerk.open(f"/mot-cua/tra-ket-qua/{proposed}")
    done = clerk.send(
        f"/mot-cua/tra-ket-qua/{proposed}", delivery="desk", identity="receipt", received_by="Phạm Thị Hòa"
    )
    assert "Đã trả kết quả" in done.text
    clerk.open(f"/mot-cua/ho-so/{proposed}")
    assert clerk.shown("state") == "Đã trả kết quả"
    opened = re.search(r'href="([^"]+)" data-testid="open-result"', clerk.page.text)
    assert opened
    signed = clerk.client.get(f"{opened[1]}/tai").data
    trust = TrustStore.load((path.name, path.read_bytes()) for path in trust_folder(desk.house).glob("demo-root.*"))
    report = verify(signed, trust, at=desk.clock.now())
    assert len(report.signatures) == 2


def test_a_result_is_not_handed_over_before_the_fee_and_without_a_paper(
    proposed: str, clerk: Worker, sit_down: Callable[[str], Worker]
):
    leader, records = sit_down("leader"), sit_down("records")
    chosen = choice(leader.open(f"/mot-cua/trinh-ky?ho_so={proposed}").text)
    leader.send("/mot-cua/trinh-ky", result=chosen, pin=PAGE_PIN)
    records.open(f"/mot-cua/phat-hanh/{proposed}")
    records.send(f"/mot-cua/phat-hanh/{proposed}", pin=PAGE_PIN)
    clerk.open(f"/mot-cua/tra-ket-qua/{proposed}")
    assert "Còn phải thu" in clerk.page.text
    path = f"/mot-cua/tra-ket-qua/{proposed}"
    nothing_shown = clerk.send(path, delivery="desk", received_by="Ai đó")
    assert "Chọn giấy tờ người nhận xuất trình" in nothing_shown.text
    unpaid = clerk.send(path, delivery="desk", identity="cccd", received_by="Phạm Thị Hòa")
    assert unpaid.status_code == 422
    assert "phí, lệ phí chưa được thanh toán" in unpaid.text


def test_the_leader_returns_a_proposal_with_a_reason(proposed: str, sit_down: Callable[[str], Worker]):
    leader = sit_down("leader")
    leader.open(f"/mot-cua/trinh-ky?ho_so={proposed}")
    assert "Đã trả lại người trình" in leader.send(f"/mot-cua/trinh-ky/{proposed}/tra-lai", reason="Sai tên").text
    assert "Không còn văn bản nào chờ ký" in leader.open("/mot-cua/trinh-ky").text


def test_a_paper_result_is_signed_by_hand_numbered_and_scanned(
    clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk
):
    officer, leader, records = sit_down("officer"), sit_down("leader"), sit_down("records")
    code = propose(desk, clerk, officer, BIRTH)
    leader.open(f"/mot-cua/trinh-ky?ho_so={code}")
    result_id = leader.hidden("result_id")
    assert "Đã ghi nhận ký tay" in leader.send(f"/mot-cua/trinh-ky/{code}/ky-tay", result_id=result_id).text
    records.open(f"/mot-cua/phat-hanh/{code}")
    unnumbered = records.send(f"/mot-cua/phat-hanh/{code}", symbol="", issued_on="23/11/2026")
    assert unnumbered.status_code == 422
    records.open(f"/mot-cua/phat-hanh/{code}")
    done = records.send(f"/mot-cua/phat-hanh/{code}", symbol="214/2026", issued_on="23/11/2026", scan=scanned_pdf())
    assert "Đã phát hành số 214/2026" in done.text


def test_many_are_signed_in_the_background_and_their_page_tells(
    proposed: str, sit_down: Callable[[str], Worker], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sign_views, "AT_ONCE", 0)
    leader = sit_down("leader")
    chosen = choice(leader.open(f"/mot-cua/trinh-ky?ho_so={proposed}").text)
    page = leader.send("/mot-cua/trinh-ky", result=chosen, pin=PAGE_PIN)
    address = page.request.path
    for thread in threading.enumerate():
        if thread.name.startswith("sign-"):
            thread.join()
    assert "Đã xong." in leader.open(address).text
    assert leader.shown("batch-signed") == "1"
    assert leader.open("/mot-cua/trinh-ky/lo/999").status_code == 404


def test_another_leader_has_the_block_redrawn_and_reads_it_anew(
    proposed: str, sit_down: Callable[[str], Worker], desk: Desk
):
    leader = desk.staff("leader")
    with desk.house.unit_of_work() as uow:
        create_account(
            uow, Actor(ActorKind.STAFF, "Thiết lập"), desk.clock.now(), login="leader2", name="Hoàng Thử Phó",
            unit_id=leader.unit_id, roles=sorted(leader.roles), title="Phó Chủ tịch", password=PASSWORD,
        )  # fmt: skip
    first = sit_down("leader")
    assert "redraw-note" not in first.open(f"/mot-cua/trinh-ky?ho_so={proposed}").text
    seen = choice(first.page.text)
    second = sit_down("leader2")
    page = second.open(f"/mot-cua/trinh-ky?ho_so={proposed}")
    assert leader.name in second.shown("redraw-note")
    assert sit_down("clerk").client.post(f"/mot-cua/trinh-ky/{proposed}/ve-lai").status_code in {400, 403}
    page = second.send(f"/mot-cua/trinh-ky/{proposed}/ve-lai")
    assert "Đã vẽ lại khối ký theo bạn" in page.text
    assert "redraw-note" not in page.text
    assert choice(page.text) != seen  # other bytes: what the first leader read can no longer be signed
    refused = first.send("/mot-cua/trinh-ky", result=seen, pin=PAGE_PIN, confirmed="1")
    assert "đã đổi nên chưa ký" in refused.text
