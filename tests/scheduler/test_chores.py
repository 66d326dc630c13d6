"""Chores of the house: roots of the log, what is put away and what is kept, bytes without a row, signs of life."""

from __future__ import annotations

import os
from datetime import timedelta

from sqlalchemy import func, select

from app.db.models import ChainRoot, Draft, Event, FileLink, Heartbeat, StoredFile, WebSession
from app.domain.chain import merkle_root
from app.queries.running import heartbeats
from app.scheduler.chores import clean, close_roots, collect_orphans
from app.scheduler.ticks import show_life
from app.seed.demo_cast import scan
from app.services import drafts
from app.services.drafts import DraftOwner
from tests.scheduler.words import local, tick_at
from tests.support.seeded import SINGLE, Desk

NOW = local("Monday 2026-11-23 08:30")


def count(desk: Desk, model: type) -> int:
    with desk.house.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_each_hour_and_each_day_gets_one_root_over_all_that_came(desk: Desk) -> None:
    desk.receive(SINGLE)
    for moment in ("Monday 2026-11-23 09:04", "Monday 2026-11-23 09:06", "Monday 2026-11-23 09:30"):
        tick_at(desk, moment)
    for _ in range(2):
        close_roots(desk.house, local("Tuesday 2026-11-24 00:10"))
    with desk.house.reading() as session:
        roots = {root.period: root for root in session.scalars(select(ChainRoot))}
        hashes = session.scalars(select(Event.hash).order_by(Event.id)).all()
    assert set(roots) == {"2026-11-23T08", "2026-11-23"}
    assert roots["2026-11-23"].root == merkle_root(hashes)


def test_drafts_left_for_a_month_go_with_their_files_and_newer_ones_stay(desk: Desk) -> None:
    clerk = DraftOwner(user_id=desk.staff("clerk").user_id)
    for days in (31, 1):
        at = NOW - timedelta(days=days)
        with desk.house.unit_of_work() as uow:
            opened = drafts.open_draft(uow, kind="receive", user_id=clerk.user_id, data={"ten": "x"}, at=at)
            drafts.attach_to_draft(uow, opened.id, clerk, 1, scan(desk.house, "Tờ khai", days), at)
    clean(desk.house, NOW)
    assert (count(desk, Draft), count(desk, FileLink), count(desk, StoredFile)) == (1, 1, 1)


def test_sessions_go_a_day_after_they_ended(desk: Desk) -> None:
    with desk.house.unit_of_work() as uow:
        for name, hours in (("old", -25), ("just over", -1), ("in use", 8)):
            moment = {"created_at": NOW, "last_seen_at": NOW, "expires_at": NOW + timedelta(hours=hours)}
            uow.session.add(WebSession(id_hash=name, csrf_secret="x", **moment))
    clean(desk.house, NOW)
    with desk.house.reading() as session:
        assert set(session.scalars(select(WebSession.id_hash))) == {"just over", "in use"}


def test_bytes_without_a_row_are_collected_after_a_day(desk: Desk) -> None:
    old, young, held = (desk.house.files.put(name) for name in (b"old", b"young", b"held"))
    made = desk.receive(SINGLE)
    desk.digitize(made.code)
    folder = desk.house.settings.home / "files"
    a_day_ago = (NOW - timedelta(hours=25)).timestamp()
    for path in folder.glob("??/*"):
        if path.name != young.storage_id:
            os.utime(path, (a_day_ago, a_day_ago))
    with desk.house.unit_of_work() as uow:
        row = {"mime": "text/plain", "size": 4, "stored_at": NOW, "key_sealed": held.key_sealed}
        sums = {"digest_sealed": held.digest_sealed, "digest_mac": held.digest_mac}
        uow.session.add(StoredFile(storage_id=held.storage_id, **row, **sums))
    before = desk.house.files.ids()
    assert collect_orphans(desk.house, NOW + timedelta(days=400)) == 1
    assert before - desk.house.files.ids() == {old.storage_id}


def test_the_scheduler_shows_that_it_lives_in_one_row_and_names_what_failed(desk: Desk) -> None:
    tick_at(desk, "Monday 2026-11-23 08:30")
    show_life(desk.house, {"send": -1, "warn": 0})
    with desk.house.reading() as session:
        (beat,) = heartbeats(session, NOW)
        assert count(desk, Heartbeat) == 1
        assert (beat.is_silent, "lỗi: send" in beat.detail) == (False, True)
        (beat,) = heartbeats(session, NOW + timedelta(minutes=4))
    assert beat.is_silent
