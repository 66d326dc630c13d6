"""What every import shares at the terminal: options, refusals, summaries; who imports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from app.cli import common
from app.domain.catalogue_rows import Fault, ImportRefused
from app.domain.people import Actor
from app.services.importing import Imported
from workflows.states import ActorKind

OPERATOR = Actor(ActorKind.STAFF, "Quản trị (dòng lệnh)")
SHOWN_TO_PEOPLE = 50


def options(command: Any) -> Any:
    """Give a command its file, `--dry-run` and `--json`."""
    file = click.argument("file", type=click.Path(path_type=Path))
    dry_run = click.option("--dry-run", is_flag=True, help="Read and check everything, change nothing.")
    return common.json_option(dry_run(file(command)))


def refuse(refused: ImportRefused) -> int:
    """Say why nothing was imported; return the exit code."""
    for fault in refused.faults[:SHOWN_TO_PEOPLE]:
        common.tell(str(fault))
    if (rest := refused.count - SHOWN_TO_PEOPLE) > 0:
        common.tell(f"… và {rest} chỗ nữa; xem đủ bằng --json")
    common.tell("Không nhập dòng nào. Sửa các chỗ trên rồi nhập lại.")
    if common.wants_json():
        error = {"code": refused.code, "message": str(refused), "where": refused.where}
        click.echo(common.as_json({"error": error, "faults": [plain(fault) for fault in refused.faults]}))
    return common.REFUSED


def plain(fault: Fault) -> dict[str, Any]:
    """Return a fault as it stands in a document."""
    return {"line": fault.line, "column": fault.column, "reason": fault.reason}


def lines(
    done: Imported, warnings: Sequence[Fault], *, dry_run: bool, seconds: float, counted: int | None = None
) -> list[str]:
    """Return the summary for people, with the first warnings; `counted` says how many where not all were kept."""
    total = len(warnings) if counted is None else counted
    mood = "Chỉ kiểm tra, chưa ghi: " if dry_run else ""
    summary = f"{mood}thêm {done.imported}, cập nhật {done.updated}, {total} cảnh báo, {seconds:.1f} giây"
    shown = [f"  {fault}" for fault in warnings[:SHOWN_TO_PEOPLE]]
    rest = total - len(shown)
    return [summary, *shown, *([f"  … và {rest} cảnh báo nữa; xem đủ bằng --json"] if rest > 0 else [])]
