"""`motcua audit`: check the event log in place, export it for somebody else to check, close a signed root."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from app.cli.common import answer, json_option, negative, tell
from app.cli.home import opened_house
from app.domain.audit import AuditReport, Fault
from app.queries import audit as log
from app.queries.audit_export import lines, sealed_lines
from app.services.chain_roots import close_now

SHOWN = 50


@click.group()
def audit() -> None:
    """Verify or export the event log."""


@audit.command()
@json_option
def verify() -> None:
    """Recompute every link, payload and root; compare every dossier with its newest event. Exit 1: a fault."""
    with opened_house() as house, house.reading() as session:
        report = log.verify(session, house.vault.verifies)
    answer(document(report), _lines(report))
    if not report.holds:
        negative()


@audit.command()
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--without-payloads", is_flag=True, help="Hashes and headers only: no content leaves the house.")
@json_option
def export(*, output: Path, without_payloads: bool) -> None:
    """Write the log as JSON lines for the stand-alone checker (app/audit/checker.py)."""
    with opened_house() as house, house.reading() as session:
        told = (sealed_lines if without_payloads else lines)(session, house.clock.now())
        last = _write(output, told)
    told_key = {"events": last["events"], "root": last["root"], "key": house.vault.verifying_key, "file": output}
    answer(told_key, [f"{last['events']} sự kiện, gốc {last['root']}", f"Khóa kiểm tra: {house.vault.verifying_key}"])


@audit.command()
@json_option
def root() -> None:
    """Close and sign a root over the events since the last one, to be kept elsewhere."""
    with opened_house() as house, house.unit_of_work() as uow:
        at = house.clock.now()
        made = close_now(uow, at)
    if made is None:
        tell("Không có sự kiện mới từ lần chốt trước.")
    answer({"root": made, "at": at, "key": house.vault.verifying_key}, [f"Gốc: {made or '(không có)'}"])


def document(report: AuditReport) -> dict[str, Any]:
    """Return a check in the shape of docs/schemas/audit-verify.schema.json."""
    return {
        "holds": report.holds,
        "events": report.events,
        "subjects": report.subjects,
        "dossiers": report.dossiers,
        "erased": report.erased,
        "roots": report.roots,
        "root": report.log_root,
        "faults": [
            {"kind": one.kind, "subject": one.subject, "seq": one.seq, "detail": one.detail, "sentence": one.sentence}
            for one in report.faults
        ],
    }


def _lines(report: AuditReport) -> list[str]:
    verdict = "Nhật ký toàn vẹn" if report.holds else f"Nhật ký có {len(report.faults)} chỗ không khớp"
    sums = f"{report.events} sự kiện của {report.subjects} chủ thể, {report.dossiers} hồ sơ, {report.roots} gốc đã ký"
    return [f"{verdict}: {sums}.", f"Gốc toàn nhật ký: {report.log_root}", *map(_line, report.faults[:SHOWN])]


def _line(fault: Fault) -> str:
    return f"  {fault.subject}, sự kiện {fault.seq}: {fault.sentence} {fault.detail}".rstrip()


def _write(output: Path, told: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Write the lines to a file that only its owner reads, and return the last one."""
    last: dict[str, Any] = {}
    fresh = output.with_name(f".{output.name}.new")
    try:
        fresh.touch(mode=0o600)
        with fresh.open("w", encoding="utf-8") as file:
            for last in told:
                file.write(json.dumps(last, ensure_ascii=False) + "\n")
        fresh.replace(output)
    except OSError as wrong:
        raise click.BadParameter(f"không ghi được {output} ({wrong.strerror})", param_hint="--output") from wrong
    return last
