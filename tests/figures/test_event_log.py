"""The process export held against the structure of IEEE 1849-2016: what its schema asks, element by element.

The schema itself is not at hand offline; its sequence is written here: extensions, globals, classifiers, attributes,
traces (attributes, then events), each attribute typed, every global present in every trace or event.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from app.adapters.event_log import NAMESPACE, write_csv, write_xes
from app.domain.process import LoggedEvent

AT = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
ORDER = ("extension", "global", "classifier", "attribute", "trace", "event")
NAME, NCNAME = re.compile(r"[A-Za-z_:][\w:.-]*"), re.compile(r"[A-Za-z_][\w.-]*")
ISO_WITH_ZONE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d")
# The lifecycle extension's own words.
TRANSITIONS = {
    *("schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "complete"),
    *("pi_abort", "ate_abort", "autoskip", "manualskip", "unknown"),
}
TYPES = {
    "string": str,
    "date": datetime.fromisoformat,
    "int": re.compile(r"-?\d+").fullmatch,
    "float": float,
    "boolean": {"true", "false"}.__contains__,
    "id": NCNAME.fullmatch,
}


def events() -> list[LoggedEvent]:
    hostile = 'Đăng ký <khai sinh> & "kết hôn"'
    return [
        LoggedEvent(f"H99.1-{n}", hostile, "H99.1", 2, seq, kind, AT + timedelta(minutes=seq), "clerk", who)
        for n in range(2)
        for seq, kind, who in ((1, "dossier:received", 7), (2, "dossier:forwarded", None), (3, "dossier:finished", 9))
    ]


def kind_of(node: ET.Element) -> str:
    name = node.tag.removeprefix(f"{{{NAMESPACE}}}")
    assert name != node.tag, "outside of the namespace"
    return name if name in ORDER else "attribute"


def in_order(node: ET.Element, allowed: tuple[str, ...]) -> dict[str, list[ET.Element]]:
    kinds = [kind_of(child) for child in node]
    assert set(kinds) <= set(allowed)
    assert kinds == sorted(kinds, key=ORDER.index)
    parts = {name: [child for child in node if kind_of(child) == name] for name in allowed}
    keys = [child.get("key") for child in parts.get("attribute", [])]
    assert len(keys) == len(set(keys)), "a key twice in one element"
    for child in parts.get("attribute", []):
        name = child.tag.removeprefix(f"{{{NAMESPACE}}}")
        assert NAME.fullmatch(child.get("key") or "")
        assert TYPES[name](child.get("value")) not in {None, False}
        assert set(child.attrib) == {"key", "value"}
    return parts


def test_the_log_is_built_as_the_standard_asks():
    out = io.StringIO()
    assert write_xes(events(), out).events == 6
    log = ET.fromstring(out.getvalue().encode())  # noqa: S314 - our own file
    assert (log.get("xes.version"), log.get("xes.features")) == ("1849.2016", "")
    parts = in_order(log, ORDER[:5])
    prefixes = {one.get("prefix") for one in parts["extension"]}
    for one in parts["extension"]:
        assert all(NCNAME.fullmatch(one.get(name) or "") for name in ("name", "prefix"))
        assert (one.get("uri") or "").startswith("http")
    asked = {one.get("scope"): {child.get("key") for child in one} for one in parts["global"]}
    assert set(asked) == {"trace", "event"}
    for one in parts["classifier"]:
        assert set((one.get("keys") or "").split()) <= asked["event"]
    assert len(parts["trace"]) == 2
    for trace in parts["trace"]:
        told = in_order(trace, ("attribute", "event"))
        assert asked["trace"] <= {child.get("key") for child in told["attribute"]}
        for event in told["event"]:
            keys = {child.get("key") for child in in_order(event, ("attribute",))["attribute"]}
            assert asked["event"] <= keys
            assert {key.partition(":")[0] for key in keys if ":" in key} <= prefixes


def test_standard_attributes_have_the_types_and_values_of_their_extensions():
    out = io.StringIO()
    write_xes(events(), out)
    log = ET.fromstring(out.getvalue().encode())  # noqa: S314 - our own file
    declared = {one.get("prefix"): one.get("uri") for one in log.iter(f"{{{NAMESPACE}}}extension")}
    assert declared == {name: f"{NAMESPACE}{name}.xesext" for name in ("concept", "time", "lifecycle", "org")}
    types = {"concept:name": "string", "time:timestamp": "date", "lifecycle:transition": "string"}
    for node in log.iter():
        if node.get("key") in types:
            assert node.tag == f"{{{NAMESPACE}}}{types[node.get('key')]}"
        if node.get("key") == "time:timestamp":
            assert ISO_WITH_ZONE.fullmatch(node.get("value"))
        if node.get("key") == "lifecycle:transition":
            assert node.get("value") in TRANSITIONS
        if node.get("key") == "concept:name":
            assert node.get("value")
    for trace in log.iter(f"{{{NAMESPACE}}}trace"):
        times = [node.get("value") for node in trace.iter() if node.get("key") == "time:timestamp"]
        assert times == sorted(times)


def test_the_csv_has_the_columns_that_pm4py_reads_without_being_told():
    out = io.StringIO()
    write_csv(events(), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert list(rows[0])[:3] == ["case:concept:name", "concept:name", "time:timestamp"]
    assert {row["case:concept:name"] for row in rows} == {"H99.1-0", "H99.1-1"}
    assert all(datetime.fromisoformat(row["time:timestamp"]).tzinfo for row in rows)


def test_both_files_tell_the_same():
    xes, table = io.StringIO(), io.StringIO()
    assert write_xes(events(), xes) == write_csv(events(), table)
    rows = list(csv.DictReader(io.StringIO(table.getvalue())))
    log = ET.fromstring(xes.getvalue().encode())  # noqa: S314 - our own file
    found = [
        (trace.find(f"{{{NAMESPACE}}}string").get("value"), *(child.get("value") for child in event))
        for trace in log.iter(f"{{{NAMESPACE}}}trace")
        for event in trace.iter(f"{{{NAMESPACE}}}event")
    ]
    names = ("case:concept:name", "concept:name", "time:timestamp", "lifecycle:transition", "org:resource", "org:role")
    assert found == [tuple(row[name] for name in (*names, "kind")) for row in rows]
