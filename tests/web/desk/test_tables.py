"""The other forms and the rates by row answer for every row kind, and each number opens its list."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from app.domain.table_reports import FORMS
from tests.support.seeded import Desk
from tests.web.desk.worker import Worker

DAYS = "tu=01/11/2026&den=30/11/2026"
LINK = re.compile(r'<a href="(/mot-cua/bao-cao/so/[^"]+)">([1-9][\d.]*)</a>')


def test_every_form_and_every_row_kind_answers(desk: Desk, sit_down: Callable[[str], Worker]):
    desk.receive()
    province = sit_down("province")
    for form in FORMS:
        page = province.open(f"/mot-cua/bao-cao/bieu/{form}?{DAYS}&theo=unit")
        assert page.status_code == 200, form
        assert 'data-testid="table-report"' in page.text
    for kind in ("field", "procedure", "unit", "channel", "month"):
        page = province.open(f"/mot-cua/bao-cao/ty-le?{DAYS}&theo={kind}")
        assert page.status_code == 200, kind
        address, count = LINK.findall(page.text)[0]
        assert f"{count} hồ sơ<" in province.open(html.unescape(address)).text
    fourth = "tu=01/10/2026&den=31/12/2026&theo=month"
    months = province.open(f"/mot-cua/bao-cao/bieu/shortened?{fourth}")
    assert '<th scope="row">Tháng 11/2026</th>' in months.text
    addresses = {html.unescape(address) for address, _count in LINK.findall(months.text)}
    assert any("tu=01/11/2026" in address or "tu=01%2F11%2F2026" in address for address in addresses)
    for address in addresses:
        assert "1 hồ sơ<" in province.open(address).text
    assert province.open(f"/mot-cua/bao-cao/bieu/shortened.pdf?{fourth}").data.startswith(b"%PDF")
    assert province.open(f"/mot-cua/bao-cao/bieu/18.xlsx?{DAYS}").data.startswith(b"PK")
    assert province.open(f"/mot-cua/bao-cao/bieu/khong-co?{DAYS}").status_code == 404
