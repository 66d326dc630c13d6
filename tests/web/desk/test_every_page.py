"""What holds for every desk page: one heading, a language, no inline style, labels, and a sheet without dead rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.support.seeded import Desk
from tests.web.desk.worker import Worker
from tests.web.public.test_every_page import problems_of
from tests.web.public.test_stylesheets import SHEETS, all_sources, selectors

OF_THE_CLERK = (
    "/mot-cua/",
    "/mot-cua/?nhom=qua-han",
    "/mot-cua/tiep-nhan",
    "/mot-cua/tra-ket-qua",
    "/mot-cua/ban-giao",
    "/mot-cua/tiep-nhan/danh-sach",
    "/mot-cua/thu-tien",
    "/mot-cua/thu-tien/to",
    "/mot-cua/so-theo-doi",
    "/mot-cua/so-theo-doi?tu=32/13/2026",
    "/mot-cua/bao-cao",
    "/mot-cua/nhap-bu-dinh-chinh",
    "/mot-cua/he-thong-khac",
    "/mot-cua/tong-quan",
    "/mot-cua/can-giai-trinh",
    "/mot-cua/ngay-bao-cao",
    "/mot-cua/ngay-bao-cao/doi-chieu",
    "/mot-cua/tong-quan/danh-sach/qua-han",
    "/mot-cua/bao-cao/766",
    "/mot-cua/bao-cao/ty-le",
    "/mot-cua/bao-cao/ban-ky",
    "/mot-cua/danh-gia",
    "/mot-cua/danh-gia/can-bo",
    "/mot-cua/bao-cao/bieu/18",
    "/mot-cua/tim-giay", "/mot-cua/kho-giay-to",
    "/mot-cua/tram-quet",
    "/mot-cua/tep-lap",
    "/mot-cua/chung-thuc",
    "/mot-cua/chung-thuc?loai=signature",
    "/mot-cua/chung-thuc/so",
    "/mot-cua/chung-thuc/nguoi-ky",
    "/mot-cua/chung-thuc/loi-chung",
)
# Names put together in a template: mc-clock-{tone}, mc-count-{tone}.
PUT_TOGETHER = {f"mc-{part}-{tone}" for part in ("clock", "count") for tone in ("ok", "soon", "late", "done")}


def unlabelled(text: str) -> list[str]:
    """Fields that no label, legend or aria-label names."""
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
    inside = set(re.findall(r'<label[^>]*>\s*<input[^>]*id="([^"]+)"', text))
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text)
    named = labelled | inside
    return [
        field
        for field in fields
        if 'type="hidden"' not in field
        and "aria-label" not in field
        and not any(f'id="{name}"' in field for name in named)
        and "data-letters" not in field
        and 'name="cua_toi"' not in field
    ]


def test_the_pages_of_the_clerk_are_well_made(clerk: Worker):
    for path in OF_THE_CLERK:
        page = clerk.open(path)
        assert problems_of(page.text) == [], path
        assert unlabelled(page.text) == [], path


def test_the_pages_of_a_dossier_are_well_made(clerk: Worker, sit_down: Callable[[str], Worker], desk: Desk):
    code = desk.receive().code
    for path in ("", "/so-hoa", "/da-tiep-nhan"):
        page = clerk.open(f"/mot-cua/ho-so/{code}{path}")
        assert problems_of(page.text) == [], path
    assert problems_of(clerk.act(code, "forward").text) == []
    others = (
        ("leader", "/mot-cua/trinh-ky"),
        ("leader", "/mot-cua/cho-dau-thoi-gian"),
        ("leader", "/mot-cua/tong-quan/don-vi"),
        ("leader", "/mot-cua/quy-trinh"),
        ("records", "/mot-cua/phat-hanh"),
        ("province", "/mot-cua/tong-quan/toan-tinh"),
        ("province", "/mot-cua/ngay-bao-cao"),
    )
    for login, path in others:
        assert problems_of(sit_down(login).open(path).text) == [], path


def test_no_rule_of_the_desk_s_sheet_is_for_nothing():
    words = set(re.findall(r"[\w-]+", all_sources())) | PUT_TOGETHER
    assert sorted(selectors("desk") - words) == []


def test_the_desk_s_sheet_has_one_rule_a_line():
    lines = (Path(SHEETS) / "desk.css").read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if line.count("{") > 1] == []
