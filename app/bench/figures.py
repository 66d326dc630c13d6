"""`motcua bench figures`: reports over a whole province, each beside plain SQL over the same table in the same run."""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select, text

from app.adapters.figure_sheet import ListWords, list_sheet
from app.adapters.long_sheet import long_xlsx
from app.bench import dataset
from app.bench.facts import facts_of_all
from app.bench.pages import signed_in
from app.bench.rooms import WORKDAY, house_at
from app.bench.timing import Measure, each, percentile, resident_mb
from app.db.models import Unit
from app.domain.channels import Channel
from app.domain.documents import Register, RegisterRow
from app.domain.documents_parts import Letterhead
from app.domain.figures import CELLS_06A
from app.domain.periods import Period, month
from app.domain.rate_formulas import RATES
from app.domain.reports import ReportUnit
from app.queries import figure_lists, figures
from app.queries.unit_figures import by_unit
from app.wiring import House
from workflows.calendar import VIETNAM
from workflows.deadlines import Standing
from workflows.states import State

MONTH = month(2026, 10)
TEN_YEARS = Period(date(2017, 1, 1), date(2027, 1, 1))
REGISTER_ROWS = 5_000
OVERVIEWS = (
    ("tổng quan bàn việc", "officer", "/mot-cua/tong-quan"),
    ("tổng quan đơn vị", "leader", "/mot-cua/tong-quan/don-vi"),
    ("tổng quan toàn tỉnh", "province", "/mot-cua/tong-quan/toan-tinh"),
)
_WORDS = ListWords(
    heads=("Mã hồ sơ", "Thủ tục", "Lĩnh vực", "Đơn vị", "Kênh", "Trạng thái", "Tình trạng hạn", "Tiếp nhận", "Hạn",
           "Kết thúc", "Tính vào số"),
    channels={int(one): one.name for one in Channel},
    states={one.value: one.value for one in State},
    standings={one.value: one.value for one in Standing},
)  # fmt: skip
# What a careful hand would write for the thirteen cells: the floor of the form, without names and without lists.
FLOOR = """
SELECT f.field, count(*),
  sum(CASE WHEN f.received_at >= :start AND f.channel = 2 THEN 1 ELSE 0 END),
  sum(CASE WHEN f.received_at >= :start AND f.channel <> 2 THEN 1 ELSE 0 END),
  sum(CASE WHEN f.received_at < :start THEN 1 ELSE 0 END),
  sum(CASE WHEN f.ended_at < :finish THEN 1 ELSE 0 END),
  sum(CASE WHEN f.ended_at < :finish AND f.standing = 'early' THEN 1 ELSE 0 END),
  sum(CASE WHEN f.ended_at < :finish AND f.standing = 'on_time' THEN 1 ELSE 0 END),
  sum(CASE WHEN f.ended_at < :finish AND f.standing = 'late' THEN 1 ELSE 0 END),
  sum(CASE WHEN f.ended_at IS NULL OR f.ended_at >= :finish THEN 1 ELSE 0 END),
  sum(CASE WHEN (f.ended_at IS NULL OR f.ended_at >= :finish) AND f.due_at >= :finish THEN 1 ELSE 0 END),
  sum(CASE WHEN (f.ended_at IS NULL OR f.ended_at >= :finish) AND f.due_at < :finish THEN 1 ELSE 0 END)
FROM dossier_facts f
WHERE f.valid_from < :finish AND (f.valid_to IS NULL OR f.valid_to >= :finish) AND f.received_at < :finish
  AND (f.received_at >= :start OR f.ended_at IS NULL OR f.ended_at >= :start)
GROUP BY f.field
"""


def measures(*, dossiers: int, imported: int, postgres: str) -> Iterator[Measure]:
    """Yield every figure on SQLite, the reports on PostgreSQL too where an address is given."""
    with house_at() as house:
        _fill(house, dossiers)
        yield from _reports(house, dossiers, "SQLite", aim="≤ 2 s")
        yield from _overviews(house)
        yield _spreadsheet(house)
        yield _register(house)
    if postgres:
        with house_at(postgres) as house:
            _fill(house, dossiers)
            yield from _reports(house, dossiers, "PostgreSQL", aim="≤ 1 s")
    if imported:
        yield _import(imported)


def _fill(house: House, dossiers: int) -> None:
    dataset.fill(house, dossiers, WORKDAY)
    facts_of_all(house)
    if house.engine.dialect.name == "postgresql":
        with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def _reports(house: House, dossiers: int, where: str, *, aim: str) -> Iterator[Measure]:
    unit = _everything(house)
    name = f"{where}, {dossiers} hồ sơ"
    for title, period, most in (("06a một tháng", MONTH, aim), ("06a mười năm", TEN_YEARS, "≤ 10 s")):
        floor = _seconds(lambda period=period: _floor(house, period))
        value = _seconds(lambda period=period: _asked(house, unit, period))
        yield Measure(f"{title}, {name}", value, "giây", "SQL viết tay", floor, f"{most}, ≤ ×1,5")
    floor = _seconds(lambda: _floor(house, MONTH))
    value = _seconds(lambda: _rates(house, unit))
    yield Measure(f"mười tỷ lệ một tháng, {name}", value, "giây", "SQL viết tay 06a", floor, "–")
    value = _seconds(lambda: _board(house, unit))
    yield Measure(f"bảng tỉnh theo đơn vị, {name}", value, "giây", "SQL viết tay 06a", floor, "≤ 0,3 s")


def _seconds(call: Callable[[], object], times: int = 5) -> float:
    call()
    return percentile(each(call, times), 0.5) / 1000


def _everything(house: House) -> ReportUnit:
    with house.reading() as session:
        ids = tuple(session.scalars(select(Unit.id)))
    return ReportUnit("*", "Toàn bộ dữ liệu đo", descendants=True, unit_ids=ids)


def _asked(house: House, unit: ReportUnit, period: Period) -> object:
    with house.reading() as session:
        return figures.form06a(session, unit, period)


def _rates(house: House, unit: ReportUnit) -> object:
    with house.reading() as session:
        return figures.rates(session, unit, MONTH, RATES)


def _board(house: House, unit: ReportUnit) -> object:
    with house.reading() as session:
        return by_unit(session, unit, MONTH, CELLS_06A)


def _floor(house: House, period: Period) -> object:
    naive = house.engine.dialect.name == "sqlite"
    start, finish = (one.replace(tzinfo=None) if naive else one for one in (period.start, period.end))
    told = (f"{start:%Y-%m-%d %H:%M:%S.%f}", f"{finish:%Y-%m-%d %H:%M:%S.%f}") if naive else (start, finish)
    with house.engine.connect() as connection:
        return connection.execute(text(FLOOR), {"start": told[0], "finish": told[1]}).all()


def _spreadsheet(house: House) -> Measure:
    """Write every dossier of ten years to one XLSX; beside it the same rows as CSV."""
    unit, before, begun = _everything(house), resident_mb(os.getpid()), time.perf_counter()
    peak = [before]
    content = long_xlsx(list_sheet(_rows(house, unit, peak), _WORDS))
    seconds = time.perf_counter() - begun
    grown = max(*peak, resident_mb(os.getpid())) - before
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as out:
        rows = sum(1 for row in list_sheet(_rows(house, unit, peak), _WORDS).rows if csv.writer(out).writerow(row))
    floor = time.perf_counter() - begun
    name = f"XLSX {rows} dòng ({len(content) >> 20} MB, bộ nhớ tăng {grown:.0f} MB)"
    return Measure(name, seconds, "giây", "cùng dòng ra CSV", floor, "300.000 dòng ≤ 60 s, ≤ 150 MB")


def _rows(house: House, unit: ReportUnit, peak: list[float]) -> Iterator[figure_lists.FigureRow]:
    asked = figure_lists.asked_for("received_total")
    with house.reading() as session:
        for place, row in enumerate(figure_lists.every_dossier(session, unit, TEN_YEARS, asked)):
            yield row
            if place % 20_000 == 0:
                peak.append(resident_mb(os.getpid()))


def _overviews(house: House) -> Iterator[Measure]:
    """Yield the median of each overview as the server makes it, its first look in this process apart."""
    floor = _seconds(lambda: _floor(house, MONTH))
    for name, login, path in OVERVIEWS:
        client = signed_in(house, login)
        first = each(lambda client=client, path=path: client.get(path), 1)[0] / 1000
        value = _seconds(lambda client=client, path=path: client.get(path))
        yield Measure(f"{name} (lần đầu {first:.2f} s)", value, "giây", "SQL viết tay 06a", floor, "≤ 0,3 s")


def _register(house: House) -> Measure:
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
    value, floor = (_seconds(lambda one=one: house.pdf.render(one), 1) for one in (full, short))
    return Measure(f"sổ theo dõi PDF {REGISTER_ROWS} dòng", value, "giây", "sổ một dòng", floor, "≤ 10 s")


def _import(count: int) -> Measure:
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
