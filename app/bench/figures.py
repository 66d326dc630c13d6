"""`motcua bench figures`: reports over a whole province, each beside plain SQL over the same table in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select, text

from app.bench import dataset, figure_files, importing
from app.bench.facts import facts_of_all, present_stays
from app.bench.pages import signed_in
from app.bench.rooms import WORKDAY, house_at
from app.bench.timing import Measure, Spent, spent
from app.db.models import Dossier, Unit
from app.domain.figures import CELLS_06A
from app.domain.periods import Period, month
from app.domain.rate_formulas import RATES
from app.domain.reports import ReportUnit
from app.factory import create_app
from app.queries import figures
from app.queries.unit_figures import by_unit
from app.scheduler.counting import count_periods
from app.wiring import House

MONTH = month(2026, 10)
TEN_YEARS = Period(date(2017, 1, 1), date(2027, 1, 1))
QUICK = 2  # seconds
FLOOR_NAME = "SQL viết tay 06a"
PARTS = REPORTS, OVERVIEWS, SPREADSHEET, REGISTER, IMPORT = ("reports", "overviews", "xlsx", "register", "import")
LOOKS = (
    ("tổng quan bàn việc", "officer", "/mot-cua/tong-quan"),
    ("tổng quan đơn vị", "leader", "/mot-cua/tong-quan/don-vi"),
    ("tổng quan toàn tỉnh", "province", "/mot-cua/tong-quan/toan-tinh"),
    ("số liệu công khai", "", "/so-lieu"),
)
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured: parts (all of none named), over how many dossiers, in which databases, in which kept houses.

    `postgres` is an address or empty; a database that is measured again belongs to its folder under `kept`.
    """

    dossiers: int
    imported: int
    parts: Sequence[str] = ()
    sqlite: bool = True
    postgres: str = ""
    kept: Path | None = None

    def has(self, *parts: str) -> bool:
        """Tell whether one of these parts is asked for."""
        return not self.parts or bool(set(parts) & set(self.parts))

    def home(self, name: str) -> Path | None:
        """Return where a house stays, None where it goes with the run."""
        return self.kept / name if self.kept else None


def measures(asked: Asked) -> Iterator[Measure]:
    """Yield the figures asked for: reports and overviews in each database, files and the import once."""
    if asked.sqlite and asked.has(REPORTS, OVERVIEWS, SPREADSHEET):
        with house_at(kept=asked.home("sqlite")) as house:
            yield from _in_house(house, asked, aim="≤ 2 s")
            if asked.has(SPREADSHEET):
                yield figure_files.spreadsheet(house, _everything(house), TEN_YEARS)
    if asked.postgres and asked.has(REPORTS, OVERVIEWS):
        with house_at(asked.postgres, kept=asked.home("postgres")) as house:
            yield from _in_house(house, asked, aim="≤ 1 s")
    if asked.has(REGISTER):
        with house_at() as house:
            yield figure_files.register(house)
    if asked.imported and asked.has(IMPORT):
        yield from importing.measures(asked.imported, "")


def _in_house(house: House, asked: Asked, *, aim: str) -> Iterator[Measure]:
    _fill(house, asked.dossiers)
    if asked.has(REPORTS):
        yield from _reports(house, aim=aim)
    if asked.has(OVERVIEWS):
        yield from _overviews(house)


def _fill(house: House, dossiers: int) -> None:
    """Write dossiers with their facts and where the open ones stand, unless the house has some already."""
    if not _count(house):
        dataset.fill(house, dossiers, WORKDAY)
        facts_of_all(house)
    if present_stays(house) and house.engine.dialect.name == "postgresql":
        with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _count(house: House) -> int:
    with house.reading() as session:
        return session.scalar(select(func.count()).select_from(Dossier)) or 0


def _where(house: House) -> str:
    return f"{house.engine.dialect.name}, {_count(house)} hồ sơ"


def _reports(house: House, *, aim: str) -> Iterator[Measure]:
    unit, name = _everything(house), _where(house)
    for title, period, most in (("06a một tháng", MONTH, aim), ("06a mười năm", TEN_YEARS, "≤ 10 s")):
        floor = _spent(lambda period=period: _floor(house, period))
        took = _spent(lambda period=period: _asked(house, unit, period))
        said = f"{title}, {name}{took.beside(floor)}"
        yield Measure(said, took.wall, "giây", FLOOR_NAME, floor.wall, f"{most}, ≤ ×1,5")
    floor = _spent(lambda: _floor(house, MONTH))
    for title, call, most in (
        ("mười tỷ lệ một tháng", lambda: _rates(house, unit), "–"),
        ("bảng tỉnh theo đơn vị", lambda: _board(house, unit), "≤ 0,3 s"),
    ):
        took = _spent(call)
        yield Measure(f"{title}, {name}{took.beside(floor)}", took.wall, "giây", FLOOR_NAME, floor.wall, most)


def _spent(call: Callable[[], object]) -> Spent:
    """Return the median of five calls after a first one; what takes seconds is asked twice and told once."""
    call_twice = spent(call)
    return spent(call, 5) if call_twice.wall < QUICK else spent(call)


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


def _overviews(house: House) -> Iterator[Measure]:
    """Yield each overview as the server makes it, after the scheduler's round; its first look in this process apart."""
    counted: list[int] = []
    took = spent(lambda: counted.append(_count_ahead(house)))
    floor = _spent(lambda: _floor(house, MONTH))
    name = f"đếm sẵn {counted[0]} lượt đơn vị và kỳ, {_where(house)}{took.beside(floor)}"
    yield Measure(name, took.wall, "giây", FLOOR_NAME, floor.wall, "–")
    for title, login, path in LOOKS:
        client = signed_in(house, login) if login else create_app(house=house).test_client()
        first = spent(lambda client=client, path=path: client.get(path))
        took = spent(lambda client=client, path=path: client.get(path), 5)
        name = f"{title}, {_where(house)} (lần đầu {first.wall:.2f} s, bộ xử lý {first.processor:.2f} s)"
        yield Measure(f"{name}{took.beside(floor)}", took.wall, "giây", FLOOR_NAME, floor.wall, "≤ 0,3 s")


def _count_ahead(house: House) -> int:
    done = 0
    while counted := count_periods(house, WORKDAY):
        done += counted
    return done
