"""What a sweep costs (một lượt rà): five looks over all open dossiers, beside the same questions by hand in SQL.

Twice: when nothing has been done yet, so that every look finds its fill, and when all is done, so that every look
reads whatever lies in its range and finds nothing. The second is what happens each minute of a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Insert, String, bindparam, cast, false, insert, literal, select, text

from app.bench.rooms import WORKDAY
from app.bench.timing import Measure, each_cpu, percentile
from app.db.base import UTCDateTime
from app.db.calendars import DEFAULT_CALENDAR
from app.db.models import DossierClock, Effect
from app.db.sql_words import minute_text
from app.domain import ladder
from app.services.sweeps import answers, apologies, lateness, step_deadlines, warnings
from app.services.sweeps.effects import LOOKS_BACK, MOST_AT_ONCE
from app.wiring import House
from workflows.limits import TimeLimit

LOOKS = (warnings.due, lateness.due, answers.due, apologies.due, step_deadlines.due)
WRITTEN = "3 working days"  # the one limit of the made-up dossiers
LATE = f"late-{WORKDAY:%Y%m%d}"
DONE = (("warn", "share-25", "share"), ("warn", "hours-4", "hours"), ("warn", "due", "now"), ("warn", LATE, "opened"),
        ("late", "late", "now"), ("apology_draft", "apology_draft", "following"))  # fmt: skip


def swept(house: House) -> Iterator[Measure]:
    """Yield the milliseconds of processor time of the five looks, before and after all that is due was done."""
    ends = _ends(house)
    yield _measured(house, "năm lượt rà, chưa việc nào làm", ends)
    with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
        for kind, name, end in DONE:
            connection.execute(_effects(kind, name, ends[end]))
    yield _measured(house, "năm lượt rà, đã làm hết", ends)


def _measured(house: House, name: str, ends: Mapping[str, datetime]) -> Measure:
    bound = [bindparam(name, moment, UTCDateTime()) for name, moment in ends.items()]
    asked = [text(one).bindparams(*(end for end in bound if f":{end.key}" in one)) for one in by_hand()]

    def look() -> None:
        with house.reading() as session:
            for due in LOOKS:
                due(session, house.calendars, WORKDAY)

    def read() -> None:
        with house.reading() as session:
            for statement in asked:
                session.execute(statement).all()

    took, floor = percentile(each_cpu(look, 5), 0.5), percentile(each_cpu(read, 5), 0.5)
    return Measure(name, took, "ms", "SQL viết tay, cùng chỉ mục", floor, "≤ 2 × sàn")


def by_hand() -> tuple[str, ...]:
    """Return the five questions as somebody writes them who knows the indexes (SQLite)."""
    first = f"ORDER BY c.due_at, c.dossier_id LIMIT {MOST_AT_ONCE}"
    clocks, dossiers = "SELECT c.dossier_id FROM dossier_clocks c", "JOIN dossiers d ON d.id = c.dossier_id"
    rungs = " OR ".join(
        f"(c.due_at <= :{end} AND {_no(kind, name)}{' AND c.due_at > :oldest' if name == LATE else ''})"
        for kind, name, end in DONE
        if kind == "warn"
    )
    warned = f"{clocks} WHERE c.is_open = 1 AND c.limit_written = '{WRITTEN}' AND c.due_at > :back"
    answer = f"{clocks} {dossiers} WHERE d.state = 'filed' AND c.answer_due_at > :back AND c.answer_due_at <= :share"
    sorry = f"{clocks} {dossiers} WHERE c.is_open = 1 AND c.due_at > :back AND c.due_at <= :following"
    step = "SELECT h.dossier_id FROM hops h WHERE h.left_at IS NULL AND h.due_at > :back AND h.due_at <= :now"
    return (
        f"{warned} AND c.due_at <= :share AND ({rungs}) {first}",
        f"{clocks} WHERE c.is_open = 1 AND c.due_at <= :now AND {_no('late', 'late')} {first}",
        f"{answer} ORDER BY c.answer_due_at LIMIT {MOST_AT_ONCE}",
        f"{sorry} AND d.received_at < :opened AND {_no('apology_draft', 'apology_draft')} {first}",
        f"{step} ORDER BY h.due_at LIMIT {MOST_AT_ONCE}",
    )


def _no(kind: str, name: str) -> str:
    occasion = f"occasion = '{name}@' || strftime('%Y%m%dT%H%M', c.due_at)"
    subject = f"kind = '{kind}' AND subject = CAST(c.dossier_id AS TEXT)"
    return f"NOT EXISTS (SELECT 1 FROM effects WHERE {subject} AND {occasion})"  # noqa: S608 - names of our own


def _ends(house: House) -> dict[str, datetime]:
    """Return the ends of the ranges, by the names that the statements use."""
    with house.reading() as session:
        calendar = house.calendars.named(session, DEFAULT_CALENDAR)
    limit, today = TimeLimit.parse(WRITTEN), ladder.opened_day(calendar, WORKDAY)
    reach = {
        rung.name: ladder.reached_up_to(calendar, WORKDAY, rung.minutes_left(limit) or 0, limit)
        for rung in ladder.DEFAULT_LADDER
    }
    after_next = calendar.add_working_days(today, 2)
    return {
        "share": reach["share-25"],
        "hours": reach["hours-4"],
        "now": WORKDAY,
        "opened": ladder.opening_of(calendar, today),
        "oldest": ladder.working_days_back(calendar, today, 20),
        "following": ladder.opening_of(calendar, after_next),
        "back": WORKDAY - LOOKS_BACK,
    }


def _effects(kind: str, name: str, until: datetime) -> Insert:
    """Return the statement that writes one effect for each open clock due by `until`."""
    moment = literal(WORKDAY, UTCDateTime())
    occasion = literal(f"{name}@").concat(minute_text(DossierClock.due_at))
    columns = {"kind": literal(kind), "subject": cast(DossierClock.dossier_id, String), "occasion": occasion,
               "due_for": moment, "done_at": moment, "is_late_run": false()}  # fmt: skip
    rows = select(*columns.values()).where(DossierClock.is_open, DossierClock.due_at <= until)
    return insert(Effect).from_select(list(columns), rows)
