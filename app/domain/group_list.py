"""A list of people to receive together (danh sách hồ sơ theo nhóm): one line, one person, one dossier.

Columns are found by their heads, with or without accents. Every wrong cell is named with line and column, and one
wrong cell keeps the whole list out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain import checks
from app.domain.catalogue_rows import Fault, ImportRefused, Row, Table
from app.domain.people import IdKind, PersonData
from app.domain.vietnamese import fold
from workflows.errors import RuleBroken

MOST = 200
NAME, NUMBER, BIRTH, SEX, ADDRESS, PHONE = "name", "id_number", "birth", "sex", "address", "phone"
EXEMPTION = "fee_exemption"
# Heads as they stand in the sheet that the page hands out, and others seen in use.
HEADS: Mapping[str, tuple[str, ...]] = {
    NAME: ("Họ và tên", "Họ tên", "Tên"),
    NUMBER: ("Số định danh", "Số CCCD", "CCCD", "Số định danh cá nhân", "Số giấy tờ", "Hộ chiếu"),
    BIRTH: ("Ngày sinh", "Năm sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh"),
    SEX: ("Giới tính",),
    ADDRESS: ("Nơi cư trú", "Địa chỉ", "Nơi ở"),
    PHONE: ("Điện thoại", "Số điện thoại", "ĐT"),
    EXEMPTION: ("Miễn, giảm phí", "Lý do miễn, giảm", "Lý do miễn", "Miễn phí"),
}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One person of the list, with the procedure's own fields and why no full fee; `line` as counted in the file."""

    line: int
    person: PersonData
    own: Mapping[str, str]
    fee_exemption: str = ""


def heads(own_fields: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the heads of an empty list for a procedure with these own fields."""
    person = (names[0] for field, names in HEADS.items() if field != EXEMPTION)
    return (*person, *(_own_head(definition) for definition in own_fields), HEADS[EXEMPTION][0])


def read_group(table: Table, own_fields: Sequence[Mapping[str, Any]], *, today: date) -> tuple[GroupLine, ...]:
    """Return the people of a list. Raises ImportRefused with every wrong line and column."""
    faults: list[Fault] = list(_of_the_file(table))
    if faults:
        raise ImportRefused(faults)
    lines = tuple(_line(row, table, own_fields, today, faults=faults) for row in table.rows)
    faults += _twins(lines, table)
    if faults:
        raise ImportRefused(sorted(faults, key=lambda fault: fault.line))
    return lines


def _of_the_file(table: Table) -> list[Fault]:
    if _column(table, HEADS[NAME]) is None:
        return [Fault(1, HEADS[NAME][0], "không có cột này ở hàng tiêu đề; dùng tệp mẫu")]
    if not table.rows:
        return [Fault(2, HEADS[NAME][0], "danh sách chưa có người nào")]
    if len(table.rows) > MOST:
        too_many = f"danh sách có {len(table.rows)} người, tối đa {MOST}; chia thành nhiều tệp"
        return [Fault(MOST + 2, HEADS[NAME][0], too_many)]
    return []


def _line(
    row: Row, table: Table, own_fields: Sequence[Mapping[str, Any]], today: date, *, faults: list[Fault]
) -> GroupLine:
    def cell(field: str, check: Callable[[str], str]) -> str:
        column = _column(table, HEADS[field])
        text = row.text(column) if column else ""
        try:
            return check(text)
        except RuleBroken as error:
            faults.append(Fault(row.line, HEADS[field][0], str(error)))
            return ""

    number = cell(NUMBER, _number)
    person = PersonData(
        name=cell(NAME, lambda text: checks.text(text, what="họ và tên", where=NAME)),
        id_kind=_kind(number),
        id_number=number,
        birth=cell(BIRTH, lambda text: checks.birth(_written(text), today=today)),
        sex=cell(SEX, _sex),
        address=cell(ADDRESS, _address),
        phone=cell(PHONE, lambda text: checks.phone(_leading_zero(text))),
    )
    if _zeros_were_guessed(row, table, person):
        short = "số thiếu chữ số (bảng tính có thể đã bỏ số 0 ở đầu) và không khớp ngày sinh; gõ đủ 12 số"
        faults.append(Fault(row.line, HEADS[NUMBER][0], short))
    exempt = cell(EXEMPTION, lambda text: checks.text(text, what="lý do miễn", where=EXEMPTION, required=False))
    return GroupLine(row.line, person, _own(row, table, own_fields, faults=faults), exempt)


def _own(
    row: Row, table: Table, own_fields: Sequence[Mapping[str, Any]], *, faults: list[Fault]
) -> dict[str, str]:
    found = {}
    for definition in own_fields:
        label = _own_head(definition)
        column = _column(table, (label,))
        text = _written(row.text(column)) if column else ""
        if definition.get("required") and not text:
            faults.append(Fault(row.line, label, "thủ tục này cần nội dung ở cột này"))
        if text:
            found[definition["key"]] = text
    return found


def _own_head(definition: Mapping[str, Any]) -> str:
    """A field of the procedure that is called like one of the person's gets a head of its own."""
    taken = {fold(name) for names in HEADS.values() for name in names}
    label = str(definition["label"])
    return f"{label} (nội dung hồ sơ)" if fold(label) in taken else label


def _twins(lines: Sequence[GroupLine], table: Table) -> list[Fault]:
    seen: dict[str, int] = {}
    faults = []
    for line in lines:
        number = line.person.id_number
        if number and number in seen:
            faults.append(Fault(line.line, HEADS[NUMBER][0], f"trùng số với dòng {seen[number]}"))
        seen.setdefault(number, line.line)
    return faults if _column(table, HEADS[NUMBER]) else []


def _column(table: Table, names: Sequence[str]) -> str | None:
    wanted = {fold(name) for name in names}
    return next((column for column in table.columns if fold(column) in wanted), None)


def _number(text: str) -> str:
    """A CCCD of twelve digits (a sheet may have eaten its leading zeros), a passport, or nothing."""
    plain = re.sub(r"[\s.\-]", "", text).upper()
    if plain.isascii() and plain.isdigit():
        return checks.citizen_number(plain.zfill(12) if 9 < len(plain) < 12 else plain)
    if plain and not re.fullmatch(r"[A-Z0-9]{6,20}", plain):
        raise checks.NotAnIdentityNumber(where=NUMBER, length=len(plain))
    return plain


def _zeros_were_guessed(row: Row, table: Table, person: PersonData) -> bool:
    """Zeros put back in front of a number are believed only where year of birth and sex agree with it."""
    column = _column(table, HEADS[NUMBER])
    typed = re.sub(r"[\s.\-]", "", row.text(column)) if column else ""
    if not person.id_number or len(typed) >= len(person.id_number):
        return False
    return not person.birth or checks.contradicts_birth(person.id_number, person.birth, person.sex)


def _address(text: str) -> str:
    return checks.text(text, what="nơi cư trú", where=ADDRESS, longest=500, required=False)


def _kind(number: str) -> IdKind:
    if not number:
        return IdKind.NONE
    return IdKind.CCCD if number.isdigit() else IdKind.PASSPORT


def _written(text: str) -> str:
    """A date that a sheet gives as 1990-03-14 is written 14/03/1990; anything else stays."""
    found = _ISO.fullmatch(text)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else text


def _sex(text: str) -> str:
    return {"nam": "Nam", "nu": "Nữ"}.get(fold(text), "")


def _leading_zero(text: str) -> str:
    return f"0{text}" if re.fullmatch(r"[1-9]\d{8}", text) else text
