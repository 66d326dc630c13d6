"""The page of the 766 index: who may enter, what was typed stays, the entry shows."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.desk.worker import Worker

PAGE = "/mot-cua/bao-cao/766?tu=01/10/2026&den=31/10/2026"


def test_a_leader_enters_a_figure_and_a_clerk_only_reads(clerk: Worker, sit_down: Callable[[str], Worker]):
    assert 'data-testid="enter-index"' not in clerk.open(PAGE).text
    leader = sit_down("leader")
    leader.open(PAGE)
    said = leader.send(PAGE, component="1.1", numerator="12", denominator="10", source="sổ tay")
    assert said.status_code == 422
    assert "lớn hơn mẫu số" in said.text
    assert 'value="12"' in said.text
    assert "Đã ghi số liệu" in leader.send(PAGE, component="1.1", numerator="9", denominator="10").text
    page = clerk.open(PAGE).text
    row = page[page.index('data-testid="component-1.1"') :]
    assert "5,4" in row[: row.index("</tr>")]


def test_the_procedures_that_come_with_the_house_name_who_they_are_for(clerk: Worker):
    page = clerk.open(PAGE).text
    row = page[page.index('data-testid="component-4.5a"') :]
    assert "chưa có số liệu" not in row[: row.index("</tr>")].lower()
