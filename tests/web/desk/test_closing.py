"""Closing on the page: a leader closes a past period, the page says so; a clerk has no such button."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.desk.worker import Worker

OCTOBER = "tu=01/10/2026&den=31/10/2026"
RUNNING = "tu=01/11/2026&den=31/12/2026"


def test_a_leader_closes_a_period_and_the_page_says_so(clerk: Worker, sit_down: Callable[[str], Worker]):
    assert 'data-testid="close-report"' not in clerk.open(f"/mot-cua/bao-cao?{OCTOBER}").text
    leader = sit_down("leader")
    assert 'data-testid="close-report"' not in leader.open(f"/mot-cua/bao-cao?{RUNNING}").text
    assert "chưa kết thúc" in leader.send(f"/mot-cua/bao-cao/chot?{RUNNING}").text
    assert 'data-testid="close-report"' in leader.open(f"/mot-cua/bao-cao?{OCTOBER}").text
    assert "Đã chốt số liệu" in leader.send(f"/mot-cua/bao-cao/chot?{OCTOBER}").text
    assert "đã chốt lúc" in leader.send(f"/mot-cua/bao-cao/chot?{OCTOBER}").text
    assert 'data-testid="to-restatement"' in clerk.open(f"/mot-cua/bao-cao?{OCTOBER}").text
    assert "Không hồ sơ nào thay đổi" in clerk.open(f"/mot-cua/bao-cao/thay-doi?{OCTOBER}").text
    assert clerk.open("/mot-cua/bao-cao/thay-doi?tu=01/09/2026&den=30/09/2026").status_code == 404
    assert "Không hồ sơ nào thay đổi" in clerk.open(f"/mot-cua/bao-cao/thay-doi?{OCTOBER}&bieu=rates").text
    assert clerk.open(f"/mot-cua/bao-cao/thay-doi?{OCTOBER}&bieu=khac").status_code == 404


def test_what_is_entered_after_the_closing_is_said_and_named_beside_what_was_told(sit_down: Callable[[str], Worker]):
    index = f"/mot-cua/bao-cao/766?{OCTOBER}"
    leader = sit_down("leader")
    leader.open(index)
    leader.send(index, component="1.1", numerator="9", denominator="10", source="sổ tay")
    leader.open(f"/mot-cua/bao-cao?{OCTOBER}")
    leader.send(f"/mot-cua/bao-cao/chot?{OCTOBER}")
    leader.open(index)
    page = leader.send(index, component="1.1", numerator="3", denominator="10", source="thanh tra").text
    assert "số đã báo cáo giữ nguyên" in page
    row = page[page.index('data-testid="component-1.1"') :]
    assert "5,4" in row[: row.index("</tr>")]  # as it was told
    leader.open(f"/mot-cua/bao-cao/thay-doi?{OCTOBER}")
    changed = leader.shown("changed-entries")
    assert ("9/10" in changed, "3/10" in changed, "thanh tra" in changed) == (True, True, True)
