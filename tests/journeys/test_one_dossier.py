"""One dossier, the whole way, by people in windows of their own: filed on a phone, handed back signed."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from app.adapters.trust import trust_of
from app.seed.house import PIN
from signing import Verdict, verify
from tests.journeys.filing import SCAN, attach, steps
from tests.journeys.office import aside
from tests.journeys.windows import PHONE, Windows
from tests.support.seeded import Desk

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]
# What the browser does when a file is let go over the frame.
DROP = """(form, content) => {
    const carried = new DataTransfer()
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    carried.items.add(new File([bytes], "ket-qua.pdf", { type: "application/pdf" }))
    form.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried }))
}"""


@pytest.mark.both_databases
def test_from_the_citizen_s_phone_to_the_signed_paper(windows: Windows, desk: Desk, tmp_path: Path):
    number, secret = file_online(windows.citizen(PHONE))
    desk.clock.advance(timedelta(hours=1))
    code = receive(windows.sign_in("clerk"), number)
    desk.clock.advance(timedelta(hours=2))
    ask_for_papers(windows.sign_in("officer"), code)
    desk.clock.advance(timedelta(days=1))
    supplement(windows.citizen(PHONE), number, secret)
    desk.clock.advance(timedelta(hours=21))
    propose(windows.sign_in("officer"), code)
    desk.clock.advance(timedelta(hours=1))
    sign(windows.sign_in("leader"), code)
    desk.clock.advance(timedelta(minutes=30))
    seal(windows.sign_in("records"), code)
    desk.clock.advance(timedelta(hours=17))
    take_the_fee_and_return(windows.sign_in("clerk2"), code)
    desk.clock.advance(timedelta(hours=1))
    result = tmp_path / "ket-qua.pdf"
    fetch(windows.citizen(PHONE), code, secret).save_as(result)
    report = aside(verify, result.read_bytes(), trust_of(desk.house.settings.home), at=desk.clock.now())
    assert report.verdict is Verdict.PASSED, report
    drop_on_the_verification_page(windows.citizen(), result)


def file_online(page: Page) -> tuple[str, str]:
    """Fill, attach a photo and a PDF, review, submit; return the filing number and the secret."""
    for step in steps(page):
        if step == "review":
            expect(page.locator("main")).to_contain_text("Mua bán, chuyển nhượng tài sản")
    return page.get_by_test_id("filing-number").inner_text(), page.get_by_test_id("filing-secret").inner_text()


def receive(page: Page, number: str) -> str:
    """Find the filing, see that nothing is missing, receive it with a paper brought along, digitize, hand over."""
    find(page, number)
    page.get_by_test_id("act-receive").click()
    page.get_by_label("Có: Văn bản ủy quyền").check()
    expect(page.get_by_label("Có: Văn bản ủy quyền")).to_be_checked()
    page.get_by_test_id("receive-print").click()
    code = page.get_by_test_id("dossier-code").inner_text().replace("\n", "")
    slip = page.request.get(page.get_by_test_id("print-receipt").get_attribute("href") or "")
    assert slip.body().startswith(b"%PDF-"), slip.status
    page.get_by_test_id("go-digitize").click()
    paper = page.locator("section", has=page.get_by_role("heading", name="Văn bản ủy quyền"))
    paper.locator("input[type=file]").set_input_files(SCAN)
    paper.get_by_role("button", name="Đính kèm").click()
    page.goto(f"/mot-cua/ho-so/{code}")
    do(page, "forward")
    expect(page.get_by_test_id("state")).to_contain_text("Đang xử lý")
    return code


def find(page: Page, number: str) -> None:
    """Search by number: the only hit opens."""
    page.get_by_test_id("scan").fill(number)
    page.get_by_test_id("scan").press("Enter")
    expect(page.get_by_test_id("dossier-code")).to_have_text(number)


def do(page: Page, key: str, **fields: str) -> None:
    """Do one act in its dialog."""
    page.get_by_test_id(f"act-{key}").click()
    form = page.get_by_test_id(f"form-{key}")
    for name, text in fields.items():
        form.locator(f"[name={name}]").fill(text)
    page.get_by_test_id(f"submit-{key}").click()
    expect(page.locator(".mc-flash")).to_contain_text("Đã thực hiện")


def ask_for_papers(page: Page, code: str) -> None:
    """The officer lacks a paper: Mẫu 02, and the clock stands still."""
    find(page, code)
    do(page, "ask_supplement", items="Giấy chứng tử bản chính", reason="Bản đã gửi mờ, chưa đọc được")
    expect(page.get_by_test_id("state")).to_contain_text("Chờ bổ sung")
    notice = page.request.get(page.get_by_role("link", name="Mẫu 02").get_attribute("href") or "")
    assert notice.body().startswith(b"%PDF-"), notice.status


def supplement(page: Page, number: str, secret: str) -> None:
    """The citizen answers with the two codes, from the phone."""
    track(page, number, secret)
    expect(page.get_by_test_id("state")).to_contain_text("Chờ bổ sung")
    page.get_by_test_id("answer-supplement").click()
    attach(page, SCAN)
    page.get_by_test_id("answer").fill("Tôi gửi bản chụp rõ hơn.")
    page.get_by_test_id("send-supplement").click()
    expect(page.get_by_test_id("state")).to_contain_text("Đang xử lý")


def track(page: Page, number: str, secret: str) -> None:
    """Look the dossier up as a citizen."""
    page.goto("/tra-cuu")
    page.get_by_test_id("track-code").fill(number)
    page.get_by_test_id("track-secret").fill(secret)
    page.get_by_test_id("track-open").click()


def propose(page: Page, code: str) -> None:
    """The officer drafts the result and hands it to the leader."""
    find(page, code)
    do(page, "propose", content="Họ và tên: Nguyễn Văn Mẫu\nTình trạng hôn nhân: đã ly hôn, chưa kết hôn với ai")


def sign(page: Page, code: str) -> None:
    """The leader reads the pages, chooses, and gives the PIN in the dialog."""
    page.goto("/mot-cua/trinh-ky")
    page.get_by_test_id(f"read-{code}").click()
    expect(page.get_by_test_id("preview").get_by_role("img")).to_have_count(1)
    page.get_by_label(f"hồ sơ {code}").check()
    page.get_by_test_id("sign-selected").click()
    expect(page.get_by_test_id("pin")).to_be_focused()
    page.get_by_test_id("pin").fill(PIN)
    page.get_by_test_id("pin-submit").click()
    expect(page.locator(".mc-flash")).to_contain_text("ký")


def seal(page: Page, code: str) -> None:
    """The records office numbers and seals."""
    page.goto("/mot-cua/phat-hanh")
    page.get_by_test_id(f"next-{code}").click()
    page.get_by_label("Mã PIN con dấu số").fill(PIN)
    page.get_by_test_id("submit-issue").click()
    expect(page.locator(".mc-flash")).to_contain_text("Đã phát hành số")


def take_the_fee_and_return(page: Page, code: str) -> None:
    """Another clerk takes the fee, and hands over to who shows the slip."""
    find(page, code)
    do(page, "pay", receipt_number="0000012")
    page.get_by_test_id("act-hand_over").click()
    page.get_by_label("Giấy tiếp nhận (Mẫu 01)").check()
    page.get_by_test_id("submit-hand_over").click()
    expect(page.locator(".mc-flash")).to_contain_text("Đã trả kết quả")


def fetch(page: Page, code: str, secret: str) -> Download:
    """The citizen looks the dossier up by its code and downloads the signed original."""
    track(page, code, secret)
    expect(page.get_by_test_id("state")).to_contain_text("Đã trả kết quả")
    with page.expect_download() as downloading:
        page.get_by_test_id("download-result").click()
    return downloading.value


def drop_on_the_verification_page(page: Page, result: Path) -> None:
    """Anybody drops the file on the page: real, signed by the leader and by the agency, on a test certificate."""
    page.goto("/xac-minh")
    page.get_by_test_id("verify-file").evaluate(DROP, base64.b64encode(result.read_bytes()).decode())
    verdict = page.get_by_test_id("verdict")
    expect(verdict).to_contain_text("Lê Quang Tùng")
    expect(verdict).to_contain_text("Chứng thư thử nghiệm")
