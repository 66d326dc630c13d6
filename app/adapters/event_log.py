"""The event log for process mining (XES, CSV): IEEE 1849-2016 as written by hand, streaming.

Traces are dossiers, events their acts; resources are account numbers, never names, and nothing of any applicant.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO
from xml.sax.saxutils import XMLGenerator

from app.domain.event_kinds import title
from app.domain.process import LoggedEvent
from workflows.calendar import VIETNAM

NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = (
    ("Concept", "concept", f"{NAMESPACE}concept.xesext"),
    ("Time", "time", f"{NAMESPACE}time.xesext"),
    ("Lifecycle", "lifecycle", f"{NAMESPACE}lifecycle.xesext"),
    ("Organizational", "org", f"{NAMESPACE}org.xesext"),
)
COLUMNS = ("case:concept:name", "concept:name", "time:timestamp", "lifecycle:transition", "org:resource", "org:role")
MORE = ("case:procedure", "case:unit", "case:channel", "kind")


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    traces: int
    events: int


def write_csv(events: Iterable[LoggedEvent], out: TextIO) -> Written:
    """Write one line per event under the column names that process-mining tools expect."""
    writer = csv.writer(out)
    writer.writerow((*COLUMNS, *MORE))
    traces, count = set(), 0
    for event in events:
        told = _told(event)
        case = event.procedure, event.unit, event.channel, event.kind
        writer.writerow((_safe(event.dossier), *(_safe(value) for value in told.values()), *map(_safe, case)))
        traces.add(event.dossier)
        count += 1
    return Written(len(traces), count)


def write_xes(events: Iterable[LoggedEvent], out: TextIO) -> Written:
    """Write the log as XES; attributes before their children, globals for what every trace and event has."""
    xml = XMLGenerator(out, encoding="UTF-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("log", {"xes.version": "1849.2016", "xes.features": "", "xmlns": NAMESPACE})
    for name, prefix, uri in EXTENSIONS:
        _empty(xml, "extension", {"name": name, "prefix": prefix, "uri": uri})
    _globals(xml)
    _empty(xml, "classifier", {"name": "Activity", "keys": "concept:name"})
    _attribute(xml, "string", "concept:name", "Một cửa")
    traces = count = 0
    for dossier, group in groupby(events, key=lambda event: event.dossier):
        traces += 1
        count += _trace(xml, dossier, list(group))
    xml.endElement("log")
    xml.endDocument()
    return Written(traces, count)


def _trace(xml: XMLGenerator, dossier: str, events: list[LoggedEvent]) -> int:
    first = events[0]
    xml.startElement("trace", {})
    _attribute(xml, "string", "concept:name", dossier)
    _attribute(xml, "string", "procedure", first.procedure)
    _attribute(xml, "string", "unit", first.unit)
    _attribute(xml, "int", "channel", str(first.channel))
    for event in events:
        xml.startElement("event", {})
        for key, value in _told(event).items():
            _attribute(xml, "date" if key == "time:timestamp" else "string", key, value)
        _attribute(xml, "string", "kind", event.kind)
        xml.endElement("event")
    xml.endElement("trace")
    return len(events)


def _globals(xml: XMLGenerator) -> None:
    xml.startElement("global", {"scope": "trace"})
    _attribute(xml, "string", "concept:name", "-")
    xml.endElement("global")
    xml.startElement("global", {"scope": "event"})
    _attribute(xml, "string", "concept:name", "-")
    _attribute(xml, "date", "time:timestamp", "1970-01-01T00:00:00.000+07:00")
    _attribute(xml, "string", "lifecycle:transition", "complete")
    xml.endElement("global")


def _told(event: LoggedEvent) -> Mapping[str, str]:
    return {
        "concept:name": title(event.kind),
        "time:timestamp": event.at.astimezone(VIETNAM).isoformat(timespec="milliseconds"),
        "lifecycle:transition": "complete",
        "org:resource": f"u{event.user_id}" if event.user_id else event.actor_kind,
        "org:role": event.actor_kind,
    }


def _attribute(xml: XMLGenerator, kind: str, key: str, value: str) -> None:
    _empty(xml, kind, {"key": key, "value": value})


def _empty(xml: XMLGenerator, name: str, attributes: dict[str, str]) -> None:
    xml.startElement(name, attributes)
    xml.endElement(name)


def _safe(value: object) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
