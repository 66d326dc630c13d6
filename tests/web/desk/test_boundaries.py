"""A department's procedure at a commune's desk: received, handed over, taken over by who settles it."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.seeded import Desk
from tests.web.desk.worker import Worker, shown


def test_another_authority_s_procedure_is_found_received_and_taken_over(
    sit_down: Callable[[str], Worker], desk: Desk
):
    clerk, theirs = sit_down("clerk"), sit_down("clerk.so")
    clerk.open("/mot-cua/tiep-nhan")
    typed = clerk.send("/mot-cua/tiep-nhan", procedure="tthua", act="refresh")
    assert "Sở Nông nghiệp và Môi trường tỉnh Sông Hồng" in typed.text
    assert "thời hạn tính từ lúc cơ quan này nhận hồ sơ" in typed.text
    code = desk.receive("1.012784", settling_code="H99.12").code
    page = clerk.open(f"/mot-cua/ho-so/{code}")
    assert "đồng hồ chạy từ lúc Sở Nông nghiệp" in page.text
    assert "act-competent_receive" not in page.text
    assert clerk.open(f"/mot-cua/ho-so/{code}/da-tiep-nhan").status_code == 200
    desk.digitize(code)
    clerk.act(code, "forward")
    assert clerk.open("/mot-cua/").status_code == 200
    page = theirs.open(f"/mot-cua/ho-so/{code}")
    assert "Cơ quan có thẩm quyền nhận" in page.text
    done = theirs.act(code, "competent_receive", note="")
    assert "Đã thực hiện “Nhận hồ sơ”" in done.text
    assert "Theo luật" in shown(done, "clocks")
    assert "chưa nhận" not in theirs.open(f"/mot-cua/ho-so/{code}").text


def test_who_returns_and_who_helped_are_chosen_on_the_form(sit_down: Callable[[str], Worker], desk: Desk):
    clerk, theirs = sit_down("clerk"), sit_down("clerk.so")
    done = clerk.receive(returning_code="H99.12", assisting_code="H99.12")
    assert done.status_code == 200
    code = clerk.shown("dossier-code").replace(" ", "")
    page = clerk.open(f"/mot-cua/ho-so/{code}").text
    assert "Nơi trả kết quả" in page
    assert "Nơi hỗ trợ nộp" in page
    seen = theirs.open(f"/mot-cua/ho-so/{code}")
    assert seen.status_code == 200
    assert "act-forward" not in seen.text
    assert "act-withdraw" not in seen.text
    unknown = clerk.receive(returning_code="H00.00")
    assert "Nơi trả kết quả" not in clerk.open(f"/mot-cua/ho-so/{clerk.shown('dossier-code')}").text, unknown
