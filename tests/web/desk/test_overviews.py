"""Overviews: every number is the length of the list it opens; a page that has not changed costs nothing."""

from __future__ import annotations

import re
from datetime import timedelta

from app.db.scope import Reach, scope_of
from app.queries import slices
from app.queries.inbox import Horizon
from app.queries.slices import NOBODY, Cut, Slice
from tests.support.seeded import BIRTH, Desk

CARD = re.compile(r'<div class="v"><a href="([^"]+)"[^>]*>([\d.]+)</a>')


def horizon(desk: Desk) -> Horizon:
    at = desk.clock.now()
    return Horizon(at, at + timedelta(hours=10), at + timedelta(days=2))


def lived(desk: Desk) -> None:
    """Three dossiers, one of them in work, then five days later one more."""
    desk.receive()
    code = desk.receive(BIRTH).code
    desk.digitize(code)
    desk.clock.advance(timedelta(days=5))
    desk.receive(BIRTH)


def test_each_slice_counts_what_its_list_holds(desk: Desk):
    lived(desk)
    at = horizon(desk)
    today = f"{desk.clock.now():%Y%m%d}"
    asked = tuple(Slice(cut, today) for cut in (Cut.RECEIVED, Cut.ENDED, Cut.RETURNED, Cut.DUE_DAY)) + tuple(
        Slice(cut) for cut in (Cut.OPEN, Cut.IN_TERM, Cut.SOON, Cut.OVERDUE, Cut.SUSPENDED, Cut.NO_DUE)
    )
    for login in ("leader", "officer", "clerk"):
        staff = desk.staff(login)
        with desk.house.reading() as db:
            counts = slices.counts(db, staff, at, asked)
            for one in asked:
                assert counts[one] == slices.dossiers(db, staff, at, one).total
            standing = (Cut.IN_TERM, Cut.SOON, Cut.OVERDUE, Cut.SUSPENDED, Cut.NO_DUE)
            assert sum(counts[Slice(cut)] for cut in standing) == counts[Slice(Cut.OPEN)]
        if scope_of(staff).reach is Reach.AUTHORITY:
            assert counts[Slice(Cut.OPEN)] == 3
            assert counts[Slice(Cut.RECEIVED, today)] == 1


def test_holders_and_steps_add_up_and_open_their_lists(desk: Desk):
    lived(desk)
    at, staff = horizon(desk), desk.staff("leader")
    with desk.house.reading() as db:
        holders, steps = slices.by_holder(db, staff, at), slices.by_step(db, staff, at)
        assert sum(load.total for load in holders) == sum(load.total for load in steps) == 3
        for load in holders:
            assert slices.dossiers(db, staff, at, Slice(Cut.HOLDER, load.key)).total == load.total
            assert slices.dossiers(db, staff, at, Slice(Cut.HOLDER_LATE, load.key)).total == load.late
        for load in steps:
            assert slices.dossiers(db, staff, at, Slice(Cut.STEP, load.key)).total == load.total
            assert slices.dossiers(db, staff, at, Slice(Cut.STEP_LATE, load.key)).total == load.late
        assert slices.dossiers(db, staff, at, Slice(Cut.HOLDER, "x")).total == sum(
            load.total for load in holders if load.key == NOBODY
        )


def test_each_card_opens_a_list_of_as_many(sit_down, desk: Desk):
    lived(desk)
    leader = sit_down("leader")
    for path in ("/mot-cua/tong-quan", "/mot-cua/tong-quan/don-vi"):
        cards = CARD.findall(leader.open(path).text)
        assert len(cards) >= 5
        for address, count in cards:
            leader.open(address.replace("&amp;", "&"))
            assert leader.shown("count") == f"{count} hồ sơ"


def test_a_page_that_has_not_changed_is_not_built_again(sit_down, desk: Desk):
    leader = sit_down("leader")
    page = leader.open("/mot-cua/tong-quan")
    again = leader.client.get("/mot-cua/tong-quan", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    desk.receive()
    again = leader.client.get("/mot-cua/tong-quan", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 200


def test_the_province_sees_each_unit_and_each_number_opens_its_list(sit_down, desk: Desk):
    lived(desk)
    province = sit_down("province")
    heat = province.open("/mot-cua/tong-quan/toan-tinh")
    overdue = re.search(r'href="(/mot-cua/bao-cao/so/pending_overdue[^"]*don_vi=H99.105[^"]*)"[^>]*>(\d+)<', heat.text)
    assert overdue
    assert overdue[2] == "2"
    province.open(overdue[1].replace("&amp;", "&"))
    assert province.shown("count").startswith("2 ")
    assert "Chưa đơn vị nào đủ" in heat.text  # too few to be ranked
    months = heat.text.partition('data-testid="months"')[2].partition("</table>")[0]
    opened = re.findall(r'href="(/mot-cua/bao-cao/so/pending_overdue[^"]*)"[^>]*>(\d+)<', months)
    assert len(opened) == 12  # each month opens its own
    assert opened[-1][1] == "2"
    province.open(opened[-1][0].replace("&amp;", "&"))
    assert province.shown("count").startswith("2 ")
    assert "3 ít hồ sơ" in re.sub(r"<[^>]+>", "", heat.text) or "/3" in heat.text


def test_open_figures_withhold_small_counts(client_of_all, desk: Desk):
    lived(desk)
    desk.clock.advance(timedelta(days=20))
    page = client_of_all.get("/so-lieu")
    assert page.status_code == 200
    assert "dưới 5" in page.text
    assert "max-age" in page.headers["Cache-Control"]
    assert client_of_all.get("/so-lieu?don-vi=H99.12").status_code == 200
    assert client_of_all.get("/so-lieu?don-vi=H99.105.1").status_code == 404
    assert "dưới 5" in client_of_all.get("/so-lieu.csv").text
