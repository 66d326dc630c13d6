"""Files of `motcua bench figures` (tệp dài): a spreadsheet and a register as PDF, each against its floor."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice

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
from workflows.deadlines import Standing
from workflows.states import State

REGISTER_ROWS = 5_000
SHEET_ROWS = 300_000
_WORDS = ListWords(
    heads=("Mã hồ sơ", "Thủ tục", "Lĩnh vực", "Đơn vị", "Kênh", "Trạng thái", "Tình trạng hạn", "Tiếp nhận", "Hạn",
           "Kết thúc", "Tính vào số", "Chuyển từ hệ thống cũ"),
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
