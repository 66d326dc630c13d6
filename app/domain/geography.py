"""Administrative units and agency identifiers (đơn vị hành chính hai cấp, mã định danh): rows into records.

Sources spell the same place in two ways (Hòa, Hoà); the statistics code (mã GSO) tells which place is meant,
the place key tells that two spellings are one name. Five shapes of file are known by their header.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.catalogue_rows import Fault, Findings, ImportRefused, Row, Table
from app.domain.vietnamese import place_key

_PROVINCE_CODE = re.compile(r"\d{2}")
_COMMUNE_CODE = re.compile(r"\d{5}")
AGENCY_CODE = re.compile(r"[A-Z]\d{2}(?:\.\d{1,3}){0,6}")
_TYPES = ("Thành phố", "Tỉnh", "Phường", "Xã", "Đặc khu")


class PlaceLevel(StrEnum):
    """Cấp of an administrative unit under the two-tier model (since 01/07/2025)."""

    PROVINCE = "province"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative unit. `province_code` is "" when the file does not say it."""

    code: str
    full_name: str
    level: PlaceLevel
    province_code: str

    @property
    def key(self) -> str:
        """The comparison key under which two spellings of the full name meet."""
        return place_key(self.full_name)


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency with its electronic identifier; `place_code` is the statistics code of its territory or ""."""

    code: str
    name: str
    level: str
    place_code: str
    place_name: str


@dataclass(frozen=True, slots=True)
class GeographyRead:
    """Places and agencies of one file, with the warnings found on the way."""

    places: tuple[Place, ...]
    agencies: tuple[Agency, ...]
    findings: Findings


def read_geography(table: Table) -> GeographyRead:
    """Return the units of `table`; raises ImportRefused for an unknown header or any unreadable row."""
    read = next((read for columns, read in _SHAPES if table.has(*columns)), None)
    if read is None:
        known = "; ".join(", ".join(columns) for columns, _ in _SHAPES)
        raise ImportRefused([Fault(1, "tệp", f"không nhận ra tiêu đề; cần một trong các bộ cột: {known}")])
    findings, seen = Findings(), dict[str, int]()
    found = [unit for row in table.rows for unit in read(row, findings) if _first(row, unit.code, seen, findings)]
    findings.refuse_if_wrong()
    places = tuple(unit for unit in found if isinstance(unit, Place))
    agencies = tuple(unit for unit in found if isinstance(unit, Agency))
    _warn_twins(table, places, findings=findings)
    return GeographyRead(places, agencies, findings)


def short_name(full_name: str) -> str:
    """Return the name without its type: "Xã Vĩnh An" → "Vĩnh An"."""
    return next((full_name[len(kind) + 1 :] for kind in _TYPES if full_name.startswith(f"{kind} ")), full_name)


def _first(row: Row, code: str, seen: dict[str, int], findings: Findings) -> bool:
    """Keep the first of a code; a province repeated on every line of its communes is no fault."""
    if code in seen and _PROVINCE_CODE.fullmatch(code):
        return False
    if code in seen:
        findings.error(row, "code", f"mã {code} đã có ở dòng {seen[code]}")
    seen.setdefault(code, row.line)
    return True


def _province(row: Row, findings: Findings) -> Iterable[Place]:
    return [_place(row, "code", "full_name", province="", findings=findings)]


def _commune_of_province(row: Row, findings: Findings) -> Iterable[Place]:
    province = _place(row, "province_code", "province", province="", findings=findings)
    return [province, _place(row, "code", "full_name", province=province.code, findings=findings)]


def _place(row: Row, code_column: str, name_column: str, *, province: str, findings: Findings) -> Place:
    code, name = row.text(code_column), row.text(name_column)
    level = PlaceLevel.COMMUNE if _COMMUNE_CODE.fullmatch(code) else PlaceLevel.PROVINCE
    if level is PlaceLevel.PROVINCE and not _PROVINCE_CODE.fullmatch(code):
        reason = f"mã đơn vị “{code[:20]}” phải có 2 (tỉnh) hoặc 5 (xã) chữ số; cột mã phải là chữ để giữ số 0 đầu"
        findings.error(row, code_column, reason)
    if not name:
        findings.error(row, name_column, "thiếu tên đơn vị")
    elif not name.startswith(_TYPES):
        findings.warn(row, name_column, f"tên “{name[:60]}” không bắt đầu bằng {', '.join(_TYPES)}")
    return Place(code, name, level, province)


def _agency_of_province(row: Row, findings: Findings) -> Iterable[Agency]:
    return [_agency(row, "province_agency_name", level="PROVINCE", place=("gso_code", "gso_name"), findings=findings)]


def _agency_of_file(row: Row, findings: Findings) -> Iterable[Agency]:
    place = ("gso_commune_code", "gso_commune_name")
    return [_agency(row, "agency_name", level=row.text("level"), place=place, findings=findings)]


def _agency(row: Row, name: str, *, level: str, place: tuple[str, str], findings: Findings) -> Agency:
    code = row.text("agency_code")
    if not AGENCY_CODE.fullmatch(code):
        findings.error(row, "agency_code", f"mã định danh “{code[:40]}” sai dạng (đúng: H44 hoặc H44.105)")
    if not row.text(name):
        findings.error(row, name, "thiếu tên cơ quan")
    place_code = row.text(place[0])
    if place_code and not (_PROVINCE_CODE.fullmatch(place_code) or _COMMUNE_CODE.fullmatch(place_code)):
        findings.error(row, place[0], f"mã đơn vị “{place_code[:20]}” phải có 2 hoặc 5 chữ số")
    if level == "COMMUNE" and not place_code:
        findings.warn(row, place[0], "cơ quan cấp xã chưa ghép với mã đơn vị hành chính")
    return Agency(code, row.text(name), level, place_code, row.text(place[1]))


def _warn_twins(table: Table, places: Iterable[Place], *, findings: Findings) -> None:
    """Point out two units of one province whose names differ in spelling only."""
    lines = {row.text("code"): row for row in table.rows}
    known: dict[tuple[str, str], str] = {}
    for place in places:
        other = known.setdefault((place.province_code, place.key), place.code)
        if other != place.code and place.province_code:
            findings.warn(lines[place.code], "full_name", f"trùng tên với đơn vị mã {other} cùng tỉnh")


_SHAPES: tuple[tuple[tuple[str, ...], Callable[[Row, Findings], Iterable[Place | Agency]]], ...] = (
    (("province_code", "province", "code", "full_name"), _commune_of_province),
    (("agency_code", "agency_name", "level"), _agency_of_file),
    (("agency_code", "province_agency_name"), _agency_of_province),
    (("code", "full_name"), _province),
)
