"""The national catalogue of procedures (danh mục thủ tục hành chính): rows read into frozen records.

Nothing is guessed. A row that cannot be read refuses the file; a row that can be read but lacks something
a desk needs becomes a draft, and says in words what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.catalogue_limits import Fee, fee_doubt, read_fee, read_limit
from app.domain.catalogue_rows import Findings, Row, Table, require_columns
from app.domain.channels import Channel
from workflows.limits import TimeLimit

CODE = re.compile(r"\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2})?(?:\.[A-Z]\d{2})?")
RESULT_CODE = re.compile(r"KQ\.[A-Z]\d{2}\.\d{5,6}")
LONGEST_NAME = 600
CHANNEL_COLUMNS = {Channel.DIRECT: "direct", Channel.ONLINE: "online", Channel.POST: "post"}


class Level(StrEnum):
    """Cấp thực hiện of a procedure."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


LEVELS = {
    "Cấp bộ": Level.MINISTRY,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp xã": Level.COMMUNE,
    "Cơ quan khác": Level.OTHER,
}


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """Time and money of one channel; `limit` None means "chưa xác định"."""

    channel: Channel
    limit: TimeLimit | None
    fee: Fee


@dataclass(frozen=True, slots=True)
class CatalogueProcedure:
    """One procedure as the national catalogue has it. `doubts` say what must be settled before a desk opens it."""

    code: str
    name: str
    field: str
    levels: frozenset[Level]
    decision: str
    subjects: str
    agency: str
    terms: tuple[ChannelTerms, ...]
    result_name: str
    result_code: str
    doubts: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """True when the source left nothing open: a channel, a limit on each, no doubtful cell."""
        return not self.doubts and bool(self.terms) and all(terms.limit for terms in self.terms)


@dataclass(frozen=True, slots=True)
class CatalogueRead:
    """The records of a file, the line of each, and the warnings found on the way."""

    procedures: tuple[CatalogueProcedure, ...]
    lines: tuple[int, ...]
    findings: Findings


def read_catalogue(table: Table) -> CatalogueRead:
    """Return every procedure of `table`; raises ImportRefused when any row cannot be read."""
    require_columns(table, ("code", "name", "field", "levels"))
    findings = Findings()
    seen: dict[str, int] = {}
    procedures = [_procedure(row, seen, findings=findings) for row in table.rows]
    findings.refuse_if_wrong()
    return CatalogueRead(tuple(procedures), tuple(row.line for row in table.rows), findings)


def _procedure(row: Row, seen: dict[str, int], *, findings: Findings) -> CatalogueProcedure:
    _check_identity(row, seen, findings=findings)
    before = len(findings.warnings)
    result_code = _result_code(row, findings)
    terms = tuple(_terms(row, findings))
    _check_plausible(row, terms, findings=findings)
    return CatalogueProcedure(
        code=row.text("code"),
        name=row.text("name"),
        field=row.text("field"),
        levels=frozenset(_levels(row, findings)),
        decision=row.text("decision"),
        subjects=row.text("subject"),
        agency=row.text("competent_agency") or row.text("agency"),
        terms=terms,
        result_name=row.text("result"),
        result_code=result_code,
        doubts=tuple(f"{fault.column}: {fault.reason}" for fault in findings.warnings[before:]),
    )


def _check_identity(row: Row, seen: dict[str, int], *, findings: Findings) -> None:
    code = row.text("code")
    if not CODE.fullmatch(code):
        findings.error(row, "code", f"mã thủ tục “{code[:40]}” sai dạng (đúng: 1.001193; để cột mã dạng chữ)")
    elif code in seen:
        findings.error(row, "code", f"mã {code} đã có ở dòng {seen[code]}")
    seen.setdefault(code, row.line)
    for column, reason in (("name", "thiếu tên thủ tục"), ("field", "thiếu lĩnh vực")):
        if not row.text(column):
            findings.error(row, column, reason)


def _levels(row: Row, findings: Findings) -> Iterable[Level]:
    for word in row.text("levels").split("|"):
        if level := LEVELS.get(word.strip()):
            yield level
        else:
            findings.warn(row, "levels", f"cấp thực hiện “{word}” không có trong danh mục")


def _terms(row: Row, findings: Findings) -> Iterable[ChannelTerms]:
    fee = read_fee(row.text("fee"))
    if doubt := fee_doubt(fee):
        findings.warn(row, "fee", doubt)
    for channel, prefix in CHANNEL_COLUMNS.items():
        if _accepts(row, prefix, findings=findings):
            read = read_limit(row.text(f"{prefix}_time"), row.text(f"{prefix}_unit"))
            if read.reason:
                findings.warn(row, f"{prefix}_{'unit' if row.text(f'{prefix}_time') else 'time'}", read.reason)
            yield ChannelTerms(channel, read.limit, fee)


def _accepts(row: Row, prefix: str, *, findings: Findings) -> bool:
    column = f"accepts_{prefix}"
    word = row.text(column)
    if word not in {"", "0", "1"}:
        findings.error(row, column, f"phải là 0 hoặc 1, đang là “{word[:20]}”")
    return word == "1" or (not word and bool(row.text(f"{prefix}_time")))


def _result_code(row: Row, findings: Findings) -> str:
    code = row.text("result_code")
    if code and not RESULT_CODE.fullmatch(code):
        findings.warn(row, "result_code", f"mã kết quả “{code[:40]}” sai dạng (đúng: KQ.G15.000031)")
        return ""
    return code


def _check_plausible(row: Row, terms: tuple[ChannelTerms, ...], *, findings: Findings) -> None:
    if not terms:
        findings.warn(row, "accepts_direct", "không có kênh thực hiện nào")
    if len(row.text("name")) > LONGEST_NAME:
        findings.warn(row, "name", f"tên dài {len(row.text('name'))} ký tự; đặt tên ngắn trước khi mở")
    if "\n" in row.raw("name").strip():
        findings.warn(row, "name", "tên bị xuống dòng, có thể lẫn văn bản khác")
    if not row.text("agency") and not row.text("competent_agency"):
        findings.warn(row, "agency", "thiếu cơ quan thực hiện")
    rows = row.text("channel_rows")
    if rows.isdigit() and int(rows) > len(terms) > 0:
        findings.warn(row, "channel_rows", f"{rows} mức cho {len(terms)} kênh: thời hạn, phí khác nhau theo trường hợp")
