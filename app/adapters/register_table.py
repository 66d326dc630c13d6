"""The register as a table for office software (Sổ theo dõi dạng bảng tính): the columns of Mẫu 07."""

from __future__ import annotations

from datetime import datetime

from app.adapters.spreadsheet import Cell, Column, Sheet
from app.domain.documents import Register, RegisterRow
from app.domain.vietnamese_format import short_date, short_moment

_COLUMNS = (
    Column("STT", 6),
    Column("Mã hồ sơ", 24),
    Column("Tên TTHC", 38),
    Column("Tên tổ chức, cá nhân", 26),
    Column("Địa chỉ", 30),
    Column("Số điện thoại", 14),
    Column("Cơ quan chủ trì giải quyết", 26),
    Column("Nhận hồ sơ", 17),
    Column("Hẹn trả kết quả", 17),
    Column("Trả kết quả", 17),
    Column("Phương thức nhận kết quả", 16),
    Column("Người nhận", 22),
)


def register_sheet(register: Register) -> Sheet:
    """Return the register as a sheet; times as people write them, in Vietnam time."""
    days = f"Từ ngày {short_date(register.first_day)} đến ngày {short_date(register.last_day)}"
    return Sheet(
        name="So theo doi",
        above=("SỔ THEO DÕI HỒ SƠ", f"Lĩnh vực: {register.field}", days, f"In lúc {short_moment(register.printed_at)}"),
        columns=_COLUMNS,
        rows=[_cells(place, row) for place, row in enumerate(register.rows, 1)],
    )


def _cells(place: int, row: RegisterRow) -> tuple[Cell, ...]:
    return (
        *(place, row.code, row.procedure, row.applicant, row.address, row.phone, row.settling_unit),
        *(_moment(row.received_at), _moment(row.promised_at), _moment(row.returned_at), row.method, row.signed),
    )


def _moment(moment: datetime | None) -> str:
    return short_moment(moment) if moment else ""
