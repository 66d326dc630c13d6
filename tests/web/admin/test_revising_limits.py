"""Limits of a ready procedure change on their page: tried out, refused beside the field, published as a version."""

from __future__ import annotations

import re
from html import unescape

from sqlalchemy import select

from app.db.models import Procedure, ProcedureLimit, ProcedureVersion
from tests.support.limit_cases import CASES, GOOD, LimitCase
from tests.support.people import post
from tests.web.admin.test_revising import fields_of

SINGLE = "1.004873"
PROCEDURE = f"/quan-tri/thu-tuc/{SINGLE}"
LIMITS = f"{PROCEDURE}/thoi-han"
DIRECT = {f"rows-0-{name}": value for name, value in GOOD.items()}


def limits_of(house) -> dict[int, tuple]:
    with house.reading() as db:
        newest = select(Procedure.current_version_id).where(Procedure.code == SINGLE)
        rows = db.scalars(select(ProcedureLimit).where(ProcedureLimit.version_id == newest.scalar_subquery()))
        return {
            row.channel: (row.statutory, row.committed, row.percent,
                          row.decision_number, row.decision_date, row.shortened_from)
            for row in rows
        }


def cases_of(house) -> list[dict]:
    with house.reading() as db:
        newest = select(ProcedureVersion.cases).join(Procedure, Procedure.current_version_id == ProcedureVersion.id)
        return db.scalars(newest.where(Procedure.code == SINGLE)).one()


def fields(client) -> dict[str, str]:
    return fields_of(client.get(LIMITS).text)


def test_each_wrong_input_is_refused_beside_its_field_keeps_what_was_typed_and_changes_nothing(client, house, admin):
    before, shown = limits_of(house), fields(client)
    for case in CASES:
        for act in ("save", "try"):
            typed = shown | DIRECT | {f"rows-0-{name}": value for name, value in case.cells.items()}
            answer = post(client, LIMITS, form_on=LIMITS, **typed, act=act)
            text = unescape(answer.text)
            assert answer.status_code == 422, case.name
            assert f'href="#rows-0-{case.field}"' in text, case.name
            assert case.said in text, case.name
            kept = fields_of(answer.text)
            strange = {name for name, value in typed.items() if kept.get(name, "") != value}
            assert strange <= {"rows-0-statutory_unit"}, case.name  # a unit outside the list cannot be selected
    assert limits_of(house) == before


def test_a_longer_case_meets_the_same_refusals_beside_its_field(client, house, admin):
    """The same table of wrong inputs at the case that the seed knows, “Cần xác minh nơi cư trú cũ”."""
    before, shown = cases_of(house), fields(client)
    good = {f"cases-0-{name}": value for name, value in GOOD.items()} | {"cases-0-name": "Cần xác minh"}
    unnamed = LimitCase("no name", {"name": " "}, "name", "tên trường hợp")
    renamed = LimitCase("a name twice", {"name": "Cần xác minh nơi cư trú cũ"}, "name", "đã có ở trên")
    for case in (*CASES, unnamed):
        typed = shown | good | {f"cases-0-{name}": value for name, value in case.cells.items()}
        answer = post(client, LIMITS, form_on=LIMITS, **typed, act="save")
        text = unescape(answer.text).replace("Trường hợp “Cần xác minh”:", "Kênh trực tiếp:")
        assert answer.status_code == 422, case.name
        assert f'href="#cases-0-{case.field}"' in text, case.name
        assert case.said in text, case.name
    twice = {name.replace("cases-0-", "cases-1-"): value for name, value in good.items()} | {
        "cases-1-name": shown["cases-0-name"]
    }
    answer = post(client, LIMITS, form_on=LIMITS, **shown, **twice, act="save")
    assert (answer.status_code, renamed.said in answer.text) == (422, True)
    assert cases_of(house) == before


def test_a_longer_case_is_added_taken_out_and_published_and_the_desk_takes_it(client, house, admin):
    shown = fields(client)
    more = post(client, LIMITS, form_on=LIMITS, **shown, act="case-add")
    assert (more.status_code, 'name="cases-1-name"' in more.text) == (200, True)
    less = post(client, LIMITS, form_on=LIMITS, **fields_of(more.text), act="case-remove-0")
    assert ('name="cases-1-name"' in less.text, fields_of(less.text)["cases-0-name"]) == (False, "")
    typed = {f"cases-1-{name}": value for name, value in GOOD.items()}
    typed |= {"cases-1-name": "Hồ sơ nhiều trang", "cases-1-statutory_amount": "10", "cases-1-committed_amount": "6"}
    assert post(client, LIMITS, form_on=LIMITS, **(fields_of(more.text) | typed), act="save").status_code == 303
    kept, added = cases_of(house)
    assert (kept["name"], kept["statutory"]) == ("Cần xác minh nơi cư trú cũ", "13 working days")
    assert added == {
        "name": "Hồ sơ nhiều trang", "statutory": "10 working days", "committed": "6 working days", "cutoff": None,
        "percent": 40, "decision_number": "77/QĐ-UBND", "decision_date": "2026-11-20", "shortened_from": "2026-11-23",
    }  # fmt: skip
    log = unescape(client.get("/quan-tri/nhat-ky?loai=procedure:").text)
    assert "trường hợp “Hồ sơ nhiều trang” 10 ngày làm việc, còn 06 ngày làm việc (giảm 40 %" in log
    history = unescape(client.get(LIMITS).text.partition('data-testid="limit-history"')[2])
    assert history.index("Hồ sơ nhiều trang") < history.index("phiên bản 1")


def test_the_percent_of_channels_and_cases_is_told_while_typing_and_nothing_is_refused(client, house, admin):
    before, shown = limits_of(house), fields(client)
    half = {"rows-0-decision_number": "", "cases-0-committed_amount": "1", "rows-1-committed_amount": "9"}
    typed = shown | DIRECT | half
    told = post(client, LIMITS, form_on=LIMITS, **typed, act="percent")
    assert told.status_code == 200
    for place, percent in (("percent-1", "33"), ("percent-2", ""), ("case-percent-1", "92")):
        badge = re.search(rf'data-testid="{place}">(.*?)(?:</div>|<button)', told.text, re.DOTALL)[1]
        assert re.findall(r"Rút ngắn (\d+)", badge) == ([percent] if percent else []), place
    assert "error-summary" not in told.text
    assert "js/limits.js" in told.text
    assert limits_of(house) == before


def test_trying_out_shows_the_percent_and_saves_nothing(client, house, admin):
    before, shown = limits_of(house), fields(client)
    typed = shown | DIRECT | {"rows-0-committed_amount": "2"}
    tried = post(client, LIMITS, form_on=LIMITS, **typed, act="try")
    assert (tried.status_code, "chưa ghi" in tried.text) == (200, True)
    assert re.search(r'data-testid="percent-1">.*?Rút ngắn 33\s%', tried.text, re.DOTALL)
    assert post(client, LIMITS, form_on=LIMITS, **typed, act="").status_code == 200  # Enter tries out too
    assert limits_of(house) == before


def test_saving_publishes_a_version_tells_old_and_new_and_makes_an_older_screen_stale(client, house, admin):
    shown = fields(client)
    typed = shown | DIRECT
    assert post(client, LIMITS, form_on=LIMITS, **typed, act="save").status_code == 303
    assert [str(one) for one in limits_of(house)[1]] == [
        "3 working days", "2 working days", "33", "77/QĐ-UBND", "2026-11-20", "2026-11-23",
    ]  # fmt: skip
    log = unescape(client.get("/quan-tri/nhat-ky?loai=procedure:").text)
    assert "cũ: trực tiếp 03 ngày làm việc; trực tuyến 03 ngày làm việc; bưu chính" in log
    assert "mới: trực tiếp 03 ngày làm việc, còn 02 ngày làm việc (giảm 33 %, 77/QĐ-UBND ngày 20/11/2026)" in log
    history = unescape(client.get(LIMITS).text.partition('data-testid="limit-history"')[2])
    assert "77/QĐ-UBND ngày 20/11/2026, hiệu lực từ 23/11/2026" in history
    assert history.index("phiên bản 2") < history.index("phiên bản 1")
    again = post(client, LIMITS, form_on=LIMITS, **typed, act="save")
    assert (again.status_code, "đã có phiên bản 2" in again.text) == (409, True)
    same = post(client, LIMITS, form_on=LIMITS, **fields(client), act="save")
    assert (same.status_code, "giống phiên bản hiện tại" in same.text) == (422, True)


def test_a_day_before_today_or_before_the_decision_takes_effect_is_refused_at_the_day(client, house, admin):
    before, shown = limits_of(house), fields(client)
    for since, more, said in (("22/11/2026", {}, "sớm hơn"), ("hôm nay", {}, "chưa đúng dạng")):
        answer = post(client, LIMITS, form_on=LIMITS, **(shown | DIRECT | more | {"since": since}), act="save")
        assert (answer.status_code, 'href="#since"' in answer.text or "áp dụng" in answer.text) == (422, True), said
    later = shown | DIRECT | {"rows-0-shortened_from": "01/12/2026"}
    answer = post(client, LIMITS, form_on=LIMITS, **later, act="save")
    assert (answer.status_code, "Chọn ngày áp dụng từ 01/12/2026" in answer.text) == (422, True)
    assert limits_of(house) == before


def test_a_channel_may_be_given_up_and_every_unit_taken(client, house, admin):
    units = {
        "days": "5", "months": "1", "working_hours": "20", "hours": "72", "same_day": "", "working_days": "3",
    }  # fmt: skip
    for unit, amount in units.items():
        shown = {name: "" if name.startswith(("rows-", "cases-")) else value for name, value in fields(client).items()}
        typed = shown | {"rows-1-statutory_amount": amount, "rows-1-statutory_unit": unit}
        typed |= {"rows-1-cutoff": "10:30"} if unit == "same_day" else {}
        answer = post(client, LIMITS, form_on=LIMITS, **typed, act="save")
        if unit == "same_day":  # the process of this procedure takes longer than a day
            assert "vượt thời hạn cam kết" in answer.text
        else:
            assert answer.status_code == 303, unit
            assert set(limits_of(house)) == {2}
    assert client.get("/quan-tri/thu-tuc/9.999999/thoi-han").status_code == 404
