"""One dossier for every effect that the scheduler owes by itself, and what each must have had by Monday 30 November.

All begin on Monday 23 November 2026 at 08:30; the 24th is a holiday.
"""

from __future__ import annotations

from sqlalchemy import Select, select

from app.db.models import Dossier, Effect, Event, SuspensionGround
from app.domain.chain import GENESIS
from app.domain.channels import Channel
from app.domain.people import SCHEDULER
from app.services import intake, pausing, processing, submission, waiting
from app.services.values import SupplementAsk
from tests.support.seeded import SINGLE, Desk

# Two committed working days: due at the end of Thursday 26.
LADDER = (
    "apology_draft",
    "forward_late",
    "late",
    "step_late",
    "stuck",
    "warn:share-25",
    "warn:hours-4",
    "warn:due",
    "warn:late-20261127",
    "warn:late-20261130",
)
TWO_DAYS = SupplementAsk(("Tờ khai: thiếu chữ ký",), "Chưa đủ căn cứ giải quyết", days=2)  # until Thursday 26
EXPECTED = {
    "unanswered": ("answer:soon", "answer:due"),
    "asked at intake": ("expire_supplement",),
    "asked in the work": ("expire_supplement",),
    # The notice may hang for two working days, until the end of Thursday 26: due two working days later, Monday 30.
    "public notice": ("end_suspension", "apology_draft", "step_late", "stuck"),
    "ready to be fetched": ("remind_pickup",),
}


def play(desk: Desk, plain: int) -> dict[int, tuple[str, ...]]:
    """Receive `plain` dossiers that nobody touches and one of every other kind; return what each is owed, by id."""
    owed = {desk.receive(SINGLE).dossier_id: LADDER for _ in range(plain)}
    acts = {
        "unanswered": _filed,
        "asked at intake": _asked_at_intake,
        "asked in the work": _asked_in_the_work,
        "public notice": _paused,
        "ready to be fetched": _ready,
    }
    return owed | {acts[name](desk): effects for name, effects in EXPECTED.items()}


def _filed(desk: Desk) -> int:
    with desk.house.unit_of_work() as uow:
        return submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now()).dossier_id


def _asked_at_intake(desk: Desk) -> int:
    with desk.house.unit_of_work() as uow:
        filed = submission.file_online(uow, desk.filing(channel=Channel.ONLINE), at=desk.clock.now())
    with desk.house.unit_of_work() as uow:
        intake.ask_supplement_at_intake(uow, desk.staff("clerk"), filed.filing_number, 1, TWO_DAYS, desk.clock.now())
    return filed.dossier_id


def _asked_in_the_work(desk: Desk) -> int:
    made = desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        waiting.ask_supplement(
            uow, desk.staff("leader"), made.code, desk.version(made.code), TWO_DAYS, leader_reason="Cần rõ",
            at=desk.clock.now(),
        )  # fmt: skip
    return made.dossier_id


def _paused(desk: Desk) -> int:
    made = desk.receive(SINGLE)
    desk.digitize(made.code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), made.code, desk.version(made.code), at=desk.clock.now())
    with desk.house.unit_of_work() as uow:
        notice = uow.session.scalars(select(SuspensionGround).where(SuspensionGround.code == "public_notice")).one()
        notice.longest_working_days = 2
    with desk.house.unit_of_work() as uow:
        pausing.pause(
            uow, desk.staff("officer"), made.code, desk.version(made.code), ground="public_notice", document="BB-1",
            reason="Theo luật", at=desk.clock.now(),
        )  # fmt: skip
    return made.dossier_id


def _ready(desk: Desk) -> int:
    made = desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        dossier = uow.session.get_one(Dossier, made.dossier_id)
        dossier.state, dossier.ended_at = "finished", desk.clock.now()
        uow.record("dossier:finished", dossier, SCHEDULER, desk.clock.now())
    return made.dossier_id


# ── What came of it ──────────────────────────────────────────────────────────────────────────────


def each_once(desk: Desk, owed: dict[int, tuple[str, ...]]) -> None:
    """Check that every dossier had each of its effects once and no other, each with its event in a whole chain."""
    had = {dossier_id: sorted(names(desk, dossier_id)) for dossier_id in owed}
    assert had == {dossier_id: sorted(effects) for dossier_id, effects in owed.items()}
    whole_chains(desk, owed)


def names(desk: Desk, dossier_id: int) -> list[str]:
    """Return a dossier's effects by kind, and by rung where it has rungs, in the order they were written."""
    with desk.house.reading() as session:
        rows = session.scalars(effects_on(dossier_id).order_by(Effect.id)).all()
    return [f"{row.kind}:{row.occasion.split('@')[0]}" if row.kind in ("warn", "answer") else row.kind for row in rows]


def effects_on(dossier_id: int) -> Select[tuple[Effect]]:
    """Ask for a dossier's effects; a unit's report has some too, under its number, which may be the same."""
    of_units = ("report_ready", "report_cleaning")
    return select(Effect).where(Effect.subject == str(dossier_id), Effect.kind.not_in(of_units))


def whole_chains(desk: Desk, dossier_ids: dict[int, tuple[str, ...]]) -> None:
    """Check that each dossier's events follow one another without gap, and that each effect has its event."""
    with desk.house.reading() as session:
        for dossier_id in dossier_ids:
            chain = session.scalars(select(Event).where(Event.dossier_id == dossier_id).order_by(Event.seq)).all()
            assert [event.seq for event in chain] == list(range(1, len(chain) + 1))
            assert [event.previous for event in chain] == [GENESIS, *(event.hash for event in chain[:-1])]
            assert session.get_one(Dossier, dossier_id).event_seq == len(chain)
            done = session.scalars(effects_on(dossier_id)).all()
            by_the_house = [e for e in chain if e.actor_kind == SCHEDULER.kind and e.kind != "dossier:finished"]
            assert len(done) == len(by_the_house)
