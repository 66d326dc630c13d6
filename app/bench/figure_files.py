"""Files of `motcua bench figures` (tệp dài): a spreadsheet, a register as PDF, an import; each against its floor."""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from app.adapters.figure_sheet import ListWords, list_sheet
from app.adapters.long_sheet import long_xlsx
from app.bench.rooms import WORKDAY
from app.bench.timing import Measure, resident_mb, spent
from app.domain.channels import Channel
from app.domain.documents import Register, RegisterRow
from app.domain.documents_parts import Letterhead
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.queries import figure_lists
from app.wiring import House
from workflows.calendar import VIETNAM
from workflows.deadlines import Standing
from workflows.states import State

REGISTER_ROWS = 5_000
SHEET_ROWS = 300_000
_WORDS = ListWords(
    heads=("Mã hồ sơ", "Thủ tục", "Lĩnh vực", "Đơn vị", "Kênh", "Trạng thái", "Tình trạng hạn", "Tiếp nhận", "Hạn",
           "Kết thúc", "Tính vào số"),
    channels={int(one): one.name for one in Channel},
    states={one.value: one.value for one in State},
    standings={one.value: one.value for one in Standing},
)  # fmt: skip


def spreadsheet(house: House, unit: ReportUnit, period: Period) -> Measure:
    """Write the dossiers of a period, 300,000 at most, to one XLSX; beside it the same rows as CSV."""
    before = resident_mb(os.getpid())
    peak, made = [before], [b""]

    def write() -> None:
        made[0] = long_xlsx(list_sheet(_rows(house, unit, period, peak), _WORDS))

    took = spent(write)
    grown = max(*peak, resident_mb(os.getpid())) - before
    told: list[int] = []
    floor = spent(lambda: told.append(_as_csv(house, unit, period)))
    name = f"XLSX {told[0]} dòng ({len(made[0]) >> 20} MB, bộ nhớ tăng {grown:.0f} MB){took.beside(floor)}"
    return Measure(name, took.wall, "giây", "cùng dòng ra CSV", floor.wall, "300.000 dòng ≤ 60 s, ≤ 150 MB")


def _as_csv(house: House, unit: ReportUnit, period: Period) -> int:
    with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as out:
        rows, writer = list_sheet(_rows(house, unit, period, []), _WORDS).rows, csv.writer(out)
        return sum(1 for row in rows if writer.writerow(row))


def _rows(house: House, unit: ReportUnit, period: Period, peak: list[float]) -> Iterator[figure_lists.FigureRow]:
    asked = figure_lists.asked_for("received_total")
    with house.reading() as session:
        every = figure_lists.every_dossier(session, unit, period, asked)
        for place, row in enumerate(islice(every, SHEET_ROWS)):
            yield row
            if place % 20_000 == 0:
                peak.append(resident_mb(os.getpid()))


def register(house: House) -> Measure:
    """Print a register of 5,000 rows; beside it one of a single row."""
    head = Letterhead("ỦY BAN NHÂN DÂN", "Đơn vị đo", "", "…", None)
    came = datetime(2026, 10, 1, 2, tzinfo=WORKDAY.tzinfo)
    rows = tuple(
        RegisterRow(f"B99-{n:06d}", "Đăng ký khai sinh", f"Người Đo {n}", "Thôn Đo", "", "UBND xã Đo", came, came)
        for n in range(REGISTER_ROWS)
    )
    days = date(2026, 10, 1), date(2026, 10, 31)
    full = Register(head, "Hộ tịch", "1", *days, rows, WORKDAY)
    short = Register(head, "Hộ tịch", "1", *days, rows[:1], WORKDAY)
    house.pdf.render(short)
    took, floor = (spent(lambda one=one: house.pdf.render(one)) for one in (full, short))
    name = f"sổ theo dõi PDF {REGISTER_ROWS} dòng{took.beside(floor)}"
    return Measure(name, took.wall, "giây", "sổ một dòng", floor.wall, "≤ 10 s")


def imported(count: int) -> Measure:
    """Import a made-up file in a process of its own, against reading its rows."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        file = Path(folder) / "ho-so.csv"
        _write_file(file, count)
        begun = time.perf_counter()
        with file.open(encoding="utf-8", newline="") as rows:
            sum(1 for _ in csv.reader(rows))
        floor = time.perf_counter() - begun
        command = [sys.executable, "-m", "app.cli", "import", "dossiers", str(file), "--create-missing", "--json"]
        environment = dict(os.environ) | {"MOTCUA_HOME": f"{folder}/home"}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        answer, _ = process.communicate()
        peak = _children_peak_mb()
    seconds = float(json.loads(answer)["seconds"])
    name = f"nhập {count} hồ sơ (đỉnh bộ nhớ {peak:.0f} MB)"
    return Measure(name, seconds, "giây", "đọc dòng CSV", floor, "1.000.000 ≤ 300 s, ≤ 500 MB")


def _children_peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _write_file(file: Path, count: int) -> None:
    dice = Random(7)
    head = "code,procedure_code,unit_code,channel,applicant_name,received_at,due_at,finished_at,status,components,"
    with file.open("w", encoding="utf-8") as out:
        out.write(f"{head}components_digitized,fee_vnd,paid_online\n")
        for number in range(count):
            came = datetime(2024, 1, 2, 8, tzinfo=VIETNAM) + timedelta(minutes=dice.randrange(1_300_000))
            due, done = came + timedelta(days=5), came + timedelta(days=dice.randrange(1, 8))
            unit = f"B98.{number % 40 + 1}"
            out.write(
                f"{unit}-{came:%y%m%d}-{number:06d},1.{number % 50 + 100_000:06d},{unit},{dice.choice((1, 1, 2, 3))},"
                f"Người Đo {number},{came:%Y-%m-%dT%H:%M},{due:%Y-%m-%d},{done:%Y-%m-%dT%H:%M},10,2,2,8000,1\n"
            )
