"""The way of dossiers as tables: waits, ways, loops and hand-overs of a handful of stays."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from app.adapters.event_log import NAMESPACE, write_csv, write_xes
from app.domain.process import LoggedEvent, Stay, hand_overs, loops, step_times, ways

EIGHT = datetime(2026, 11, 20, 1, tzinfo=UTC)
XES = {"x": NAMESPACE}


def minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def stay(dossier: str, step: str, *, begins: int, opened: int | None, ends: int, **more: str) -> Stay:
    told = {"unit": step, "from_unit": "", "action": "forward"} | more
    touched = None if opened is None else EIGHT + timedelta(minutes=opened)
    times = EIGHT + timedelta(minutes=begins), touched, EIGHT + timedelta(minutes=ends)
    return Stay(dossier, step, told["unit"], told["from_unit"], *times, told["action"])


STAYS = (
    stay("a", "Quầy", begins=0, opened=0, ends=10),
    stay("a", "Thẩm định", begins=10, opened=130, ends=160, from_unit="Quầy"),
    stay("a", "Ký", begins=160, opened=None, ends=400, from_unit="Thẩm định", action="send_back"),
    stay("a", "Thẩm định", begins=400, opened=410, ends=420, from_unit="Ký"),
    stay("a", "Ký", begins=420, opened=430, ends=440, from_unit="Thẩm định"),
    stay("b", "Quầy", begins=0, opened=0, ends=20),
    stay("b", "Thẩm định", begins=20, opened=80, ends=90, from_unit="Quầy"),
)


def test_waiting_and_hands_on_time_of_each_step():
    found = {one.step: (one.stays, one.waiting, one.waiting_most, one.working) for one in step_times(STAYS, minutes)}
    assert found == {
        "Ký": (2, 10.0, 240.0, 0.0),  # nobody was seen to open the first: it waited
        "Thẩm định": (3, 60.0, 120.0, 10.0),
        "Quầy": (2, 0.0, 0.0, 10.0),
    }


def test_ways_are_sequences_with_their_share():
    assert [(way.steps, way.dossiers, way.share) for way in ways(STAYS)] == [
        (("Quầy", "Thẩm định"), 1, 0.5),
        (("Quầy", "Thẩm định", "Ký", "Thẩm định", "Ký"), 1, 0.5),
    ]


def test_loops_tell_who_came_back_and_from_where():
    assert [(loop.step, loop.dossiers, loop.again, loop.sent_back) for loop in loops(STAYS)] == [
        ("Ký", 1, 1, 1),
        ("Thẩm định", 1, 1, 0),
    ]


def test_hand_overs_between_units_wait():
    found = [(one.from_unit, one.unit, one.times, one.waiting) for one in hand_overs(STAYS, minutes)]
    assert found == [
        ("Quầy", "Thẩm định", 2, 60.0),
        ("Ký", "Thẩm định", 1, 10.0),
        ("Thẩm định", "Ký", 2, 10.0),
    ]


def test_nothing_gives_nothing():
    assert step_times((), minutes) == ways(()) == loops(()) == hand_overs((), minutes) == ()


def logged(dossier: str, seq: int, kind: str, user: int | None = 4) -> LoggedEvent:
    at = EIGHT + timedelta(minutes=seq)
    return LoggedEvent(dossier, '=1+1 & <"khai sinh">', "H99.105", 2, seq, kind, at, "clerk", user)


EVENTS = (
    logged("H99-1", 1, "dossier:filed", None),
    logged("H99-1", 2, "dossier:received"),
    logged("H99-2", 1, "dossier:received"),
)


def test_the_log_is_xes():
    out = io.StringIO()
    written = write_xes(EVENTS, out)
    log = ET.fromstring(out.getvalue())  # noqa: S314 - our own text, a line above
    assert (written.traces, written.events) == (2, 3)
    assert log.tag == f"{{{NAMESPACE}}}log"
    assert log.attrib["xes.version"] == "1849.2016"
    order = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in log]
    assert order == ["extension"] * 4 + ["global"] * 2 + ["classifier", "string", "trace", "trace"]
    prefixes = {one.attrib["prefix"] for one in log.findall("x:extension", XES)}
    declared = {
        scope.attrib["scope"]: {one.attrib["key"] for one in scope} for scope in log.findall("x:global", XES)
    }
    for trace in log.findall("x:trace", XES):
        assert declared["trace"] <= {one.attrib.get("key") for one in trace}
        for event in trace.findall("x:event", XES):
            keys = [one.attrib["key"] for one in event]
            assert declared["event"] <= set(keys)
            assert len(keys) == len(set(keys))
            assert {key.split(":")[0] for key in keys if ":" in key} <= prefixes
            told = event.find("x:date", XES)
            assert told is not None
            assert datetime.fromisoformat(told.attrib["value"]).utcoffset() == timedelta(hours=7)


def test_the_table_holds_the_same_and_no_cell_is_a_formula():
    out = io.StringIO()
    assert write_csv(EVENTS, out).events == 3
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("case:concept:name,concept:name,time:timestamp")
    assert len(lines) == 4
    assert '"\'=1+1' in lines[1]
