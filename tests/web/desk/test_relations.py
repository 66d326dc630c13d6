"""Interlinked sets and other systems on the pages."""

from __future__ import annotations

import io

from tests.support.seeded import BIRTH, Desk
from tests.web.desk.worker import Worker


def test_a_child_is_linked_and_the_family_is_on_both_pages(clerk: Worker, desk: Desk):
    parent, child = desk.receive(BIRTH).code, desk.receive().code
    clerk.act(parent, "link_child", child=child)
    assert child[-4:] in clerk.shown("family")
    clerk.open(f"/mot-cua/ho-so/{child}")
    assert "hồ sơ chính" in clerk.shown("family")
    assert clerk.act(parent, "link_child", child=child).status_code == 422


def test_a_dossier_of_another_system_is_followed_by_a_pasted_list(clerk: Worker, desk: Desk):
    code = desk.receive().code
    clerk.act(code, "track", system="Hộ tịch điện tử", code="HT-7")
    assert "chưa kiểm tra" in clerk.shown("tracking")
    clerk.open("/mot-cua/he-thong-khac")
    wrong = clerk.send("/mot-cua/he-thong-khac", statuses="HT-7; xong")
    assert wrong.status_code == 422
    assert "HT-7; xong</textarea>" in wrong.text
    page = clerk.send("/mot-cua/he-thong-khac", statuses="HT-7; 9\nHT-8; 4")
    assert "Không theo dõi hồ sơ nào có mã: HT-8" in page.text
    assert "Lệch" in clerk.shown("followed")


def test_a_file_of_the_other_system_is_taken_and_what_differs_is_shown(clerk: Worker, desk: Desk):
    code = desk.receive().code
    clerk.act(code, "track", system="Hộ tịch điện tử", code="HT-7")
    clerk.open("/mot-cua/he-thong-khac")
    nothing = clerk.send("/mot-cua/he-thong-khac", statuses="")
    assert nothing.status_code == 422
    no_columns = clerk.send("/mot-cua/he-thong-khac", file=(io.BytesIO(b"a;b\n1;2\n"), "x.csv"))
    assert no_columns.status_code == 422
    assert "Tệp chưa có cột" in no_columns.text
    rows = "Mã hồ sơ;Trạng thái\nHT-7;Đã xử lý xong\n".encode()
    page = clerk.send("/mot-cua/he-thong-khac", file=(io.BytesIO(rows), "trang-thai.csv"))
    assert "Trạng thái khác ở đây" in page.text
    assert "Lệch" in clerk.shown("followed")
