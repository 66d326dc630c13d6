"""`motcua bench import`: a made-up export brought in by the command itself, against bare INSERTs of the very same rows.

The file is in the order of reception, as exports are. Seconds are wall time; the processor's time of all processes and
the most memory they held together stand beside, because they do not grow with what else the machine does.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pysqlite3

from app.bench.timing import Measure, family_mb
from app.db.migrating import upgrade
from app.db.session import make_engine
from workflows.calendar import VIETNAM
from workflows.errors import N_, RuleBroken

TABLES = (
    "events", "dossiers", "dossier_people", "dossier_components", "ledger_entries", "payments", "dossier_clocks",
    "dossier_facts",
)  # fmt: skip
HEAD = (
    "code,procedure_code,unit_code,channel,applicant_name,applicant_id,received_at,due_at,finished_at,status,"
    "components,components_digitized,fee_vnd,paid_online"
)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
GIVEN = ("Mẫu An", "Mẫu Bình", "Mẫu Châu", "Mẫu Dũng", "Mẫu Giang", "Mẫu Hòa", "Mẫu Khánh", "Mẫu Thủy")
AIM = "1.000.000 ≤ 300 s, ≤ 500 MB"
_BATCH = 1_000
_LOOK_SECONDS = 0.5
_LAST_LINES = 12  # of what a broken command wrote: the end of a traceback


@dataclass(frozen=True, slots=True)
class Seen:
    """One run of the command: wall seconds, processor seconds, megabytes at most, what it answered."""

    seconds: float
    processor: float
    megabytes: float
    answer: Mapping[str, Any]


class ImportBroke(RuleBroken):
    """The measured command failed; there is nothing to measure."""

    code = "import_broke"
    sentence = N_("Lệnh nhập hồ sơ được đo đã dừng với mã {code}: {said}")


def measures(rows: int, postgres: str) -> Iterator[Measure]:
    """Yield the import of so many rows into an empty house, and into an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        file = Path(folder) / "ho-so.csv"
        write_file(file, rows)
        seen = _imported(file, Path(folder) / "home", "")
        yield from _told(seen, rows, "SQLite", _bare_inserts(Path(folder)))
        if postgres:
            yield from _told(_imported(file, Path(folder) / "home2", postgres), rows, "PostgreSQL", _read(file))


def write_file(file: Path, rows: int) -> None:
    """Write a made-up export: 40 authorities, 50 procedures, five years in the order of reception."""
    dice, start = Random(7), datetime(2021, 1, 4, 8, tzinfo=VIETNAM)
    with file.open("w", encoding="utf-8") as out:
        out.write(f"{HEAD}\n")
        for number in range(rows):
            came = start + timedelta(minutes=number * 2_600_000 // rows)
            due, done = came + timedelta(days=5), came + timedelta(days=dice.randrange(1, 8))
            unit = f"B98.{dice.randrange(40) + 1}"
            out.write(
                f"{unit}-{came:%y%m%d}-{number:07d},1.{dice.randrange(50) + 100_000:06d},{unit},"
                f"{dice.choice((1, 1, 2, 3))},{dice.choice(FAMILY)} {dice.choice(GIVEN)} {number % 997},"
                f"{number:012d},{came:%Y-%m-%dT%H:%M},{due:%Y-%m-%d},{done:%Y-%m-%dT%H:%M},10,2,2,8000,1\n"
            )


def _told(seen: Seen, rows: int, where: str, floor: tuple[str, float, float]) -> Iterator[Measure]:
    name, wall, processor = floor
    rate, came = round(rows / seen.seconds), seen.answer["imported"]
    yield Measure(f"nhập {came} hồ sơ, {where} ({rate} dòng/giây)", seen.seconds, "giây", name, wall, AIM)
    yield Measure(f"nhập {came} hồ sơ, {where}: bộ xử lý", seen.processor, "giây", name, processor, "–")
    memory = f"nhập {came} hồ sơ, {where}: bộ nhớ mọi tiến trình"
    yield Measure(memory, seen.megabytes, "MB", "giới hạn", 500, "≤ 500 MB")


def _imported(file: Path, home: Path, database: str) -> Seen:
    command = [sys.executable, "-m", "app.cli", "import", "dossiers", str(file), "--create-missing", "--json"]
    environment = dict(os.environ) | {"MOTCUA_HOME": str(home), "MOTCUA_DATABASE_URL": database}
    before, begun, most = os.times(), time.perf_counter(), 0.0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=told)
        while process.poll() is None:
            most = max(most, family_mb(process.pid))
            time.sleep(_LOOK_SECONDS)
        seconds, after = time.perf_counter() - begun, os.times()
        out.seek(0)
        told.seek(0)
        answer = _answer(process.returncode, out.read(), told.read())
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Seen(seconds, processor, most, answer)


def _answer(code: int, out: str, told: str) -> Mapping[str, Any]:
    """Return what the command answered. Raises ImportBroke with what it said last, when it did not come to its end."""
    try:
        answer: Mapping[str, Any] = json.loads(out)
    except ValueError:
        answer = {}
    if code or "imported" not in answer:
        said = answer.get("error", {}).get("message") or "\n".join(told.strip().splitlines()[-_LAST_LINES:])
        raise ImportBroke(code=code, said=said or "không nói gì")
    return answer


def _bare_inserts(folder: Path) -> tuple[str, float, float]:
    """Write the rows of the imported house again with the driver alone; return wall and processor seconds."""
    engine = make_engine(f"sqlite:///{folder}/bare.sqlite")
    upgrade(engine)
    engine.dispose()
    source = pysqlite3.connect(str(next((folder / "home").glob("*.sqlite"))))
    target = pysqlite3.connect(f"{folder}/bare.sqlite")
    target.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "wal_autocheckpoint=16000"):
        target.execute(f"PRAGMA {pragma}")
    _copy_rest(source, target)
    target.execute("PRAGMA foreign_keys=ON")
    wall = processor = 0.0
    for parts in _batches(source):
        begun, busy = time.perf_counter(), time.process_time()
        target.execute("BEGIN IMMEDIATE")
        for table, rows in parts.items():
            target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - own names
        target.execute("COMMIT")
        wall, processor = wall + time.perf_counter() - begun, processor + time.process_time() - busy
    source.close()
    target.close()
    return "INSERT trần cùng dòng", wall, processor


def _copy_rest(source: Any, target: Any) -> None:
    """Bring what the dossiers point to: units, procedures and whatever else the import made."""
    names = [row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in names:
        if name in TABLES or name.startswith(("sqlite_", "alembic")):
            continue
        rows = source.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - own names
        if rows:
            asked = ", ".join("?" * len(rows[0]))
            target.executemany(f"INSERT OR REPLACE INTO {name} VALUES ({asked})", rows)  # noqa: S608 - own names


def _batches(source: Any) -> Iterator[dict[str, list[Any]]]:
    last = source.execute("SELECT max(id) FROM dossiers").fetchone()[0] or 0
    for first in range(1, last + 1, _BATCH):
        parts = {}
        for table in TABLES:
            key = "id" if table == "dossiers" else "dossier_id"
            query = f"SELECT * FROM {table} WHERE {key} BETWEEN ? AND ?"  # noqa: S608 - own names
            if rows := source.execute(query, (first, first + _BATCH - 1)).fetchall():
                parts[table] = rows
        yield parts


def _read(file: Path) -> tuple[str, float, float]:
    begun, busy = time.perf_counter(), time.process_time()
    with file.open(encoding="utf-8", newline="") as rows:
        sum(1 for _ in csv.reader(rows))
    return "đọc dòng CSV", time.perf_counter() - begun, time.process_time() - busy
