"""Revising a procedure on its pages: rows move there, saving publishes, a refusal keeps what was typed."""

from __future__ import annotations

import re

from tests.support.people import post

BIRTH = "/quan-tri/thu-tuc/1.001193"
STEPS = f"{BIRTH}/quy-trinh"


def fields_of(text: str) -> dict[str, str]:
    """Return the fields of a page's form as a browser would send them back."""
    found = dict(re.findall(r'<input [^>]*?name="((?:rows|cases|since|based)[^"]*)"[^>]*? value="([^"]*)"', text))
    for name, inner in re.findall(r'<select [^>]*?name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        found[name] = (re.findall(r'<option selected value="([^"]*)"', inner) or [""])[0]
    return found


def test_a_step_is_added_moved_and_published(client, admin):
    fields = fields_of(client.get(STEPS).text)
    count = sum(name.endswith("-hours") for name in fields)
    longer = post(client, STEPS, form_on=STEPS, **fields, act="add")
    assert longer.text.count('-hours"') > client.get(STEPS).text.count('-hours"')
    new = {f"rows-{count}-{name}": value for name, value in
           {"name": "Kiểm tra lại", "role": "officer", "unit": "", "hours": "0,1"}.items()}  # fmt: skip
    moved = fields_of(post(client, STEPS, form_on=STEPS, **fields, **new, act=f"up-{count}").text)
    assert moved[f"rows-{count - 1}-name"] == "Kiểm tra lại"
    assert client.get(BIRTH).text.count("Kiểm tra lại") == 0  # nothing is saved before saving
    assert post(client, STEPS, form_on=STEPS, **moved, act="save").status_code == 303
    assert "Kiểm tra lại" in client.get(BIRTH).text
    again = post(client, STEPS, form_on=STEPS, **moved, act="save")
    assert (again.status_code, "đã có phiên bản 2" in again.text) == (409, True)
    assert "phiên bản: 2" in client.get("/quan-tri/nhat-ky?loai=procedure:").text


def test_the_refusal_stands_at_the_step_where_the_sum_exceeds_and_keeps_what_was_typed(client, admin):
    fields = fields_of(client.get(STEPS).text) | {"rows-1-hours": "900,5"}
    refused = post(client, STEPS, form_on=STEPS, **fields, act="save")
    assert refused.status_code == 422
    assert 'href="#rows-1-hours"' in refused.text
    assert 'value="900,5"' in refused.text
    assert "vượt thời hạn cam kết" in refused.text


def test_words_in_place_of_hours_or_a_day_are_refused_beside_their_field(client, admin):
    fields = fields_of(client.get(STEPS).text)
    for name, value in (("rows-0-hours", "lâu"), ("since", "hôm nay"), ("rows-0-name", ""), ("since", "01/01/2020")):
        refused = post(client, STEPS, form_on=STEPS, **(fields | {name: value}), act="save")
        assert (refused.status_code, f'href="#{name}"' in refused.text) == (422, True)


def test_strange_acts_and_codes_change_nothing(client, admin):
    fields = fields_of(client.get(STEPS).text)
    for act in ("up-0", "down-999", "remove-x", "remove-９", "?", ""):
        assert fields_of(post(client, STEPS, form_on=STEPS, **fields, act=act).text) == fields
    assert client.get("/quan-tri/thu-tuc/9.999999/quy-trinh").status_code == 404


def test_fees_and_papers_are_revised_on_pages_of_the_same_shape(client, admin):
    for part, row in (("phi", {"name": "Lệ phí thử", "channel": "0", "amount": "8.000", "per": "dossier"}),
                      ("thanh-phan", {"name": "Giấy thử", "originals": "1", "exemption": "", "case": ""})):  # fmt: skip
        page = f"{BIRTH}/{part}"
        fields = {name: value for name, value in fields_of(client.get(page).text).items() if "rows" not in name}
        typed = {f"rows-0-{name}": value for name, value in row.items()}
        wrong = typed | {"rows-0-name": ""}
        assert 'href="#rows-0-name"' in post(client, page, form_on=page, **fields, **wrong, act="save").text
        assert post(client, page, form_on=page, **fields, **typed, act="save").status_code == 303
        assert row["name"] in client.get(BIRTH).text
