"""Random lives of a dossier through the real services: what is kept is what the slow reckoning says, at every moment.

Supplements, duties, pauses, a new appointment, corrections by two persons, the second start of a dossier received
elsewhere, and every end; each limit unit once, days that only the scheduler notices among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import or_, select

from app.db import facts
from app.db.base import new_uid
from app.db.models import DossierClock, DossierFact, ProcedureLimit, ProcedureVersion
from app.scheduler.table import SWEEPS
from app.scheduler.ticks import tick
from app.services import boundaries, correcting, early_return, pausing, payments, processing, waiting
from app.services.correction_errors import MomentOutOfOrder
from app.services.values import SupplementAsk
from tests.core import slow
from tests.services.test_the_way import finished
from tests.support.seeded import Desk
from tests.support.story import NOTHING, SUPPLEMENT, Story
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken, SuspensionBeforeStart, TransitionNotAllowed
from workflows.limits import TimeLimit

ASK = SupplementAsk(("Tờ khai: thiếu chữ ký",), "Chưa đủ căn cứ")
STEPS = 9
THAT_MOVE_CLOCKS = [sweep for sweep in SWEEPS if sweep.name in ("expire_supplements", "end_suspensions")]
LAND, DEPARTMENT = "1.012784", "H99.12"


@dataclass
class Life:
    """One dossier, its story, and what was known of it at each moment so far."""

    desk: Desk
    code: str
    story: Story
    dice: Random
    so: str = ""  # ".so" where the department settles it
    known: list[tuple[datetime, date | datetime | None]] = field(default_factory=list)

    def act(self, service: Callable[..., object], login: str, **more: object) -> None:
        """Let somebody act now, by the door that all of them share."""
        with self.desk.house.unit_of_work() as uow:
            service(uow, self.desk.staff(login), self.code, self.desk.version(self.code), **more, at=self.now)

    @property
    def now(self) -> datetime:
        return self.desk.clock.now().astimezone(VIETNAM)

    @property
    def leader(self) -> str:
        return f"leader{self.so}"


# ── What may happen ──────────────────────────────────────────────────────────────────────────────


def ask(life: Life) -> None:
    life.act(waiting.ask_supplement, life.leader, ask=ASK, leader_reason="Còn thiếu")
    life.story.begin(SUPPLEMENT, life.now)


def take(life: Life) -> None:
    life.act(waiting.take_supplement, "clerk", note="Đã nộp")
    life.story.finish(SUPPLEMENT, life.now)


def raise_duty(life: Life) -> None:
    life.act(waiting.ask_payment, f"officer{life.so}", amount_vnd=10_000, notice="TB-7")
    life.story.begin("payment", life.now)


def pay(life: Life) -> None:
    dossier = life.desk.dossier(life.code)
    owed = dossier.fee_due_vnd - dossier.fee_paid_vnd
    life.act(payments.pay, "clerk", amount_vnd=owed, method="cash")
    if "payment" in life.story.waiting:  # the fee alone stops no clock
        life.story.finish("payment", life.now)


def pause(life: Life) -> None:
    life.act(pausing.pause, life.leader, ground="public_notice", document="BB-1", reason="Theo luật")
    life.story.begin("pause", life.now)


def verify(life: Life) -> None:
    life.act(pausing.pause, life.leader, ground="verification", document="BB-2", reason="Xác minh")
    life.story.begin(NOTHING, life.now)


def resume(life: Life) -> None:
    life.act(pausing.resume, life.leader, note="")
    life.story.finish("pause" if "pause" in life.story.waiting else NOTHING, life.now)


def extend(life: Life) -> None:
    new_day = slow.after_working_days(life.now.date(), life.dice.randint(5, 40))
    life.act(waiting.extend, life.leader, new_day=new_day, reason="Chờ ý kiến")
    life.story.extend(new_day, life.now)


def correct(life: Life) -> None:
    """Propose another minute of reception; a leader confirms, or what the ledger refuses is declined."""
    dossier = life.desk.dossier(life.code)
    moved = dossier.received_at + timedelta(minutes=life.dice.randint(-3 * 24 * 60, 24 * 60))
    value = f"{moved.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    life.act(correcting.propose, "clerk", field="received_at", value=value, reason="Ghi nhầm")
    try:
        life.act(correcting.confirm, "leader")
    except (SuspensionBeforeStart, MomentOutOfOrder):
        life.act(correcting.decline, "leader", note="Không khớp")
        return
    if dossier.competent_received_at is None:
        life.story.started = moved.astimezone(VIETNAM).replace(second=0, microsecond=0)


HAPPENINGS = (ask, take, raise_duty, pay, pause, verify, resume, extend, correct, correct)


# ── How it may end ───────────────────────────────────────────────────────────────────────────────


def withdraw(life: Life) -> None:
    life.act(waiting.withdraw, "clerk", reason="Không cần nữa")
    life.story.end(life.now)


def stop(life: Life) -> None:
    life.act(waiting.stop, life.leader, ground="Điều 21", reason="Trùng hồ sơ")
    life.story.end(life.now)


def expire(life: Life) -> None:
    """Nobody completes what was asked; the scheduler closes it, days late."""
    if SUPPLEMENT not in life.story.waiting:
        ask(life)
    pass_time(life, timedelta(days=40))
    assert life.story.ended


def return_early(life: Life) -> None:
    """Release the result, tell the applicant where it is early, and hand it out: the clock ended before."""
    finished(life.desk, life.code)
    life.story.end(life.now)
    try:
        life.act(early_return.tell_early, "clerk", how="gọi điện")
    except early_return.NotEarly:
        assert life.story.standing() != "early"
    pass_time(life, timedelta(minutes=30))


ENDS = (withdraw, stop, expire)


# ── The test ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("seed", "limit"),
    [
        (11, "3 working days"),
        (12, "15 working days"),
        (13, "10 days"),
        (14, "1 month"),
        (15, "16 working hours"),
        (16, "72 hours"),
        (17, "same day"),
    ],
)
def test_what_is_kept_is_what_the_slow_reckoning_says(desk: Desk, seed: int, limit: str) -> None:
    life = begun(desk, Random(seed), TimeLimit.parse(limit))
    for _ in range(STEPS):
        pass_time(life, timedelta(minutes=life.dice.randint(1, 3 * 24 * 60)))
        if life.story.ended:
            break
        something(life)
        agrees(life)
    if not life.story.ended:
        pass_time(life, timedelta(minutes=life.dice.randint(1, 24 * 60)))
    if not life.story.ended:
        somehow(life)
    agrees(life)
    the_past_stays(life)


def test_an_early_return_ends_the_clock_with_the_result(desk: Desk) -> None:
    life = begun(desk, Random(1), TimeLimit.parse("3 working days"), forwarded=False)
    pass_time(life, timedelta(minutes=30))
    return_early(life)
    agrees(life)
    the_past_stays(life)


def test_a_second_request_is_late_however_early_it_ends(desk: Desk) -> None:
    life = begun(desk, Random(2), TimeLimit.parse("15 working days"))
    for happening in (ask, take, ask, take, stop):
        pass_time(life, timedelta(hours=1))
        happening(life)
        agrees(life)
    assert kept(life).standing == "late"


def test_received_elsewhere_the_clock_runs_from_the_second_start(desk: Desk) -> None:
    desk.clock.set(datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM))
    made = desk.receive(LAND, settling_code=DEPARTMENT)
    unit = limit_of(desk, made.code)
    started = desk.clock.now().astimezone(VIETNAM)
    life = Life(desk, made.code, Story(unit.unit, unit.amount, started), Random(3), ".so")
    assert kept(life).due_at is None
    pass_time(life, timedelta(days=2, hours=3))
    with desk.house.unit_of_work() as uow:
        boundaries.take_over(uow, desk.staff("clerk.so"), made.code, desk.version(made.code), life.now)
    life.story.started = life.now
    agrees(life)
    for happening in (correct, ask, take, extend, stop):
        pass_time(life, timedelta(minutes=life.dice.randint(60, 2 * 24 * 60)))
        happening(life)
        agrees(life)
    the_past_stays(life)


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def begun(desk: Desk, dice: Random, limit: TimeLimit, *, forwarded: bool = True) -> Life:
    """Receive a dossier under a limit of our choice and put it on the officer's table."""
    desk.clock.set(datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM) + timedelta(minutes=dice.randint(0, 500)))
    with desk.house.unit_of_work() as uow:
        for row in uow.session.scalars(select(ProcedureLimit)):
            row.statutory = row.committed = str(limit)
        for version in uow.session.scalars(select(ProcedureVersion)):
            version.revision = new_uid()  # what is remembered of a version goes by it
    made = desk.receive()
    desk.digitize(made.code)
    if forwarded:
        with desk.house.unit_of_work() as uow:
            at = desk.clock.now()
            processing.forward(uow, desk.staff("clerk"), made.code, desk.version(made.code), at=at)
    return Life(desk, made.code, Story(limit.unit, limit.amount, desk.clock.now().astimezone(VIETNAM)), dice)


def limit_of(desk: Desk, code: str) -> TimeLimit:
    committed, _ = facts.limits_of(desk.dossier(code))
    assert committed
    return committed


def something(life: Life) -> None:
    """Try what may happen in a random order until something is allowed; what is refused changes nothing."""
    for happening in life.dice.sample(HAPPENINGS, len(HAPPENINGS)):
        version = life.desk.version(life.code)
        try:
            happening(life)
        except RuleBroken:
            assert life.desk.version(life.code) == version
            continue
        return


def somehow(life: Life) -> None:
    """End it in one of three ways; nothing more is asked of an applicant who has a duty to pay first."""
    chosen = life.dice.choice(ENDS)
    try:
        chosen(life)
    except TransitionNotAllowed:
        stop(life)


def pass_time(life: Life, passed: timedelta) -> None:
    """Move the clock on and let the scheduler do what it owes."""
    at = life.desk.clock.set(life.now + passed)
    for sweep in THAT_MOVE_CLOCKS:
        assert tick(life.desk.house, sweep, at) >= 0
    life.story.let_time_pass(life.now)


def kept(life: Life) -> DossierClock:
    with life.desk.house.reading() as session:
        return session.get_one(DossierClock, life.desk.dossier(life.code).id)


def agrees(life: Life) -> None:
    """Compare the kept clock with the slow reckoning, and with the derivation made anew; remember what is known."""
    clock, due = kept(life), life.story.due()
    assert clock.is_suspended is (due is None)
    assert as_told(life, clock) == due
    if life.story.ended:
        assert (clock.is_open, clock.standing) == (False, life.story.standing())
    life.known.append((life.now, due))
    before = (clock.due_at, clock.due_day, clock.promised_at, clock.is_suspended, clock.standing)
    with life.desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(type(life.desk.dossier(life.code)), life.desk.dossier(life.code).id)
        anew = facts.refresh_clock(uow.session, dossier, uow.calendars, at=life.now)
        assert (anew.due_at, anew.due_day, anew.promised_at, anew.is_suspended, anew.standing) == before


def as_told(life: Life, row: DossierClock | DossierFact) -> date | datetime | None:
    """Return a kept due as the slow reckoning tells it: a day, or for limits by the hour an instant."""
    if row.due_at is None:
        return None
    if life.story.unit in slow.BY_HOUR:
        return row.due_at.astimezone(VIETNAM)
    return datetime.strptime(str(row.due_day), "%Y%m%d").replace(tzinfo=VIETNAM).date()


def the_past_stays(life: Life) -> None:
    """At each moment so far the facts tell the due known then, whatever was corrected or extended since."""
    number = life.desk.dossier(life.code).id
    for at, due in life.known:
        then = select(DossierFact).where(
            DossierFact.dossier_id == number, DossierFact.valid_from <= at,
            or_(DossierFact.valid_to.is_(None), DossierFact.valid_to > at),
        )  # fmt: skip
        with life.desk.house.reading() as session:
            [fact] = session.scalars(then).all()
        assert as_told(life, fact) == due, at
