"""Whatever is changed past the house is found, in place and by the checker that knows nothing of the house."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.audit import checker
from app.queries import audit
from app.queries.audit_export import lines, sealed_lines
from app.services.chain_roots import close_day, close_hour, close_now
from tests.audit.tampering import (
    broken_in,
    cut_tail_and_mend_row,
    do,
    edit_payload,
    forge_event,
    rewrite_history,
    swap_payloads,
)
from tests.support.seeded import Desk

Tamper = Callable[[Connection], None]


def by_sql(*statements: str) -> Tamper:
    return lambda connection: do(connection, *statements)


TAMPERINGS: list[tuple[str, Tamper, set[str]]] = [
    ("state set by hand", by_sql("UPDATE dossiers SET state = 'stopped' WHERE id = $DOSSIER"), {"structure_differs"}),
    ("code set by hand", by_sql("UPDATE dossiers SET code = 'H99.105-261123-9999' WHERE id = $DOSSIER"),
     {"structure_differs"}),
    ("the clock started later", by_sql(
        "UPDATE dossiers SET competent_received_at = '2026-12-05 02:00:00+00:00' WHERE id = $DOSSIER"
     ), {"structure_differs"}),
    ("received earlier", by_sql("UPDATE dossiers SET received_at = '2026-01-05 02:00:00+00:00' WHERE id = $DOSSIER"),
     {"structure_differs"}),
    ("first event deleted", by_sql("DELETE FROM events WHERE $FIRST_EVENT"),
     {"sequence_gap", "previous_differs", "root_differs"}),
    ("last event deleted", by_sql("DELETE FROM events WHERE $LAST_EVENT"),
     {"tail_differs", "structure_differs", "root_differs"}),
    ("last event deleted and the row mended", cut_tail_and_mend_row, {"root_differs"}),
    ("event inserted", forge_event, {"previous_differs", "hash_differs", "tail_differs"}),
    ("events reordered", by_sql(
        "UPDATE events SET seq = 900 WHERE $FIRST_EVENT",
        "UPDATE events SET seq = 1 WHERE dossier_id = $DOSSIER AND seq = 2",
        "UPDATE events SET seq = 2 WHERE dossier_id = $DOSSIER AND seq = 900",
     ), {"previous_differs", "hash_differs"}),
    ("payload edited", edit_payload, {"payload_differs"}),
    ("payloads swapped", swap_payloads, {"payload_differs"}),
    ("payload taken away", by_sql("UPDATE events SET payload = NULL WHERE $FIRST_EVENT"), {"payload_differs"}),
    ("payload taken away as if erased", by_sql(
        "UPDATE events SET payload = NULL, salt = NULL, erased_by = 999999 WHERE $FIRST_EVENT"
     ), {"erasure_unproven"}),
    ("actor renamed", by_sql("UPDATE events SET actor_name = 'Người khác' WHERE $FIRST_EVENT"), {"hash_differs"}),
    ("time moved", by_sql("UPDATE events SET at = '2026-11-20 01:00:00+00:00' WHERE $FIRST_EVENT"),
     {"hash_differs"}),
    ("kind changed", by_sql("UPDATE events SET kind = 'dossier:stopped' WHERE $LAST_EVENT"), {"hash_differs"}),
    ("whole chain written anew", rewrite_history, {"root_differs"}),
    ("signed root replaced", by_sql("UPDATE chain_roots SET root = payload_hash FROM events WHERE events.id = 1"),
     {"root_differs", "signature_differs"}),
]  # fmt: skip


@pytest.mark.parametrize(("how", "tamper", "found"), TAMPERINGS, ids=[how for how, _, _ in TAMPERINGS])
def test_it_is_found_in_place_and_by_the_checker(history: Desk, how: str, tamper: Tamper, found: set[str]) -> None:
    assert kinds_in_place(history) == set()
    with broken_in(history) as connection:
        tamper(connection)
    in_place = kinds_in_place(history)
    assert found <= in_place, how
    assert kinds_of(exported(history), key=history.house.vault.verifying_key) == in_place


def test_a_house_that_nobody_tampered_with_holds(history: Desk) -> None:
    with history.house.reading() as session:
        report = audit.verify(session, history.house.vault.verifies)
    assert report.holds
    assert (report.dossiers, report.roots, report.erased) == (2, 1, 0)
    assert report.events > report.subjects > 2
    checked = checker.check(exported(history), history.house.vault.verifying_key)
    assert (checked.faults, checked.head()) == ([], report.log_root)


def test_a_proven_erasure_leaves_the_chain_whole(history: Desk) -> None:
    with broken_in(history) as connection:
        do(connection, "UPDATE events SET payload = NULL, salt = NULL, erased_by = 1 WHERE $FIRST_EVENT")
    assert kinds_in_place(history) == set()
    assert kinds_of(exported(history)) == set()


def test_an_export_without_payloads_proves_the_links_and_tells_nothing(history: Desk) -> None:
    with history.house.reading() as session:
        told = [json.dumps(line) for line in sealed_lines(session, history.clock.now())]
    assert kinds_of(told) == set()
    assert not any("after" in line or "Nộp nhầm" in line for line in told)


@pytest.mark.parametrize(
    ("how", "spoil", "found"),
    [
        ("last line cut off", lambda told: told[:-1], "export_cut_off"),
        ("one event left out", lambda told: [*told[:5], *told[6:]], "events_differ_from_sums"),
        ("one event twice", lambda told: [*told[:6], *told[5:]], "event_twice"),
    ],
)
def test_an_export_that_was_spoiled_on_the_way_is_told(history: Desk, how: str, spoil, found: str) -> None:
    assert found in kinds_of(spoil(exported(history))), how


def test_what_an_earlier_export_held_must_still_be_there(history: Desk) -> None:
    earlier = checker.check(exported(history))
    with broken_in(history) as connection:
        rewrite_history(connection)
        do(connection, "DELETE FROM chain_roots")
    later = checker.check(exported(history))
    assert later.faults == []
    later.continues(earlier)
    assert {fault["kind"] for fault in later.faults} == {"earlier_event_gone"}


def test_the_checker_runs_alone(history: Desk, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text("\n".join(exported(history)) + "\n", "utf-8")
    key = history.house.vault.verifying_key
    assert alone(file, "--key", key)["holds"] is True
    assert alone(file, "--key", "00" * 32)["faults"][0]["kind"] == "signature_differs"
    assert alone(file, "--root", "11" * 32)["holds"] is False
    file.write_text("{}", "utf-8")
    assert subprocess.run([sys.executable, "-I", checker.__file__, str(file)], capture_output=True).returncode == 2


def test_roots_are_closed_once_for_each_hour_and_day(history: Desk) -> None:
    with history.house.unit_of_work() as uow:
        assert close_now(uow, history.clock.now()) is None
    history.clock.advance(timedelta(hours=18))
    roots = []
    for _ in range(2):
        with history.house.unit_of_work() as uow:
            roots.append((close_hour(uow, history.clock.now()), close_day(uow, history.clock.now())))
    assert roots[0][0]
    assert roots[1] == (None, None)
    assert kinds_in_place(history) == set()


def kinds_in_place(desk: Desk) -> set[str]:
    with desk.house.reading() as session:
        return {fault.kind.value for fault in audit.verify(session, desk.house.vault.verifies).faults}


def kinds_of(told: list[str], key: str = "") -> set[str]:
    return {fault["kind"] for fault in checker.check(told, key).faults}


def exported(desk: Desk) -> list[str]:
    with desk.house.reading() as session:
        return [json.dumps(line, ensure_ascii=False) for line in lines(session, desk.clock.now())]


def alone(file: Path, *more: str) -> dict:
    """Run the checker as a stranger would: isolated, nothing of the house in its path."""
    command = [sys.executable, "-I", checker.__file__, str(file), "--json", *more]
    return json.loads(subprocess.run(command, capture_output=True, text=True, cwd=file.parent).stdout)

