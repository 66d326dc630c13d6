"""Revising fees and papers (sửa phí, lệ phí; sửa thành phần hồ sơ): published as `revising` publishes a process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.db.models import ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.channels import Channel
from app.domain.money import LARGEST_VND
from app.domain.people import Staff
from app.services.accounts import administering
from app.services.filing import EXEMPTIONS
from app.services.revising import Revision, TooManyRows, publish_parts, version_to_revise
from workflows.errors import N_, RuleBroken

MOST_ROWS = 60
MOST_COPIES = 99
PER = ("dossier", "copy", "page")
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,11}")


class AmountNotUnderstood(RuleBroken):
    """A fee is a whole number of đồng."""

    code = "fee_amount_not_understood"
    sentence = N_("Mức phí “{value}” không phải số tiền đồng nguyên. Ghi như 8.000, hoặc 0 khi miễn phí.")


class AmountNeeded(RuleBroken):
    """A fee line without an amount says on what the amount depends; else it would silently count as nothing."""

    code = "fee_amount_needed"
    sentence = N_("Chưa có mức phí. Ghi số tiền, hoặc ghi điều kiện khi mức phí còn tùy trường hợp.")


class CountNotUnderstood(RuleBroken):
    """A number of originals or copies is a whole number."""

    code = "paper_count_not_understood"
    sentence = N_("Số bản “{value}” không phải số từ 0 đến {most}.")


class PaperCountNeeded(RuleBroken):
    """A paper to hand in says how many; one nobody hands in says why."""

    code = "paper_count_needed"
    sentence = N_("“{name}” cần ít nhất một bản chính hoặc bản sao, hoặc lý do không phải nộp.")


class ChoiceUnknown(RuleBroken):
    """The answer is not among those offered."""

    code = "choice_unknown"
    sentence = N_("Lựa chọn “{value}” không có trong danh sách. Vui lòng chọn lại.")


@dataclass(frozen=True, slots=True)
class TypedFee:
    """One fee line as typed: `channel` "0" is every channel, `amount` whole đồng, `exemptions` parted by “;”."""

    channel: str
    name: str
    amount: str
    per: str
    condition: str
    exemptions: str
    basis: str


@dataclass(frozen=True, slots=True)
class TypedPaper:
    """One paper as typed; `exemption` "" means it is handed in, `case` "" every case."""

    name: str
    paper_code: str
    originals: str
    copies: str
    required: bool
    exemption: str
    note: str
    case: str


def revise_fees(uow: UnitOfWork, staff: Staff, revision: Revision, *, fees: Sequence[TypedFee], at: datetime) -> int:
    """Publish the procedure with these fee lines; return the number of the new version. None: it costs nothing.

    Raises AmountNotUnderstood, AmountNeeded, ChoiceUnknown, Missing or TooLong naming the row, and what
    `revising.publish_parts` and `revising.version_to_revise` raise.
    """
    version = version_to_revise(uow, revision)
    _bounded(len(fees))
    rows = tuple(_fee(fee, f"rows.{number}") for number, fee in enumerate(fees, start=1))
    return publish_parts(uow, administering(staff), revision, version, parts={"fees": rows}, at=at)


def revise_papers(
    uow: UnitOfWork, staff: Staff, revision: Revision, *, papers: Sequence[TypedPaper], at: datetime
) -> int:
    """Publish the procedure with these papers; return the number of the new version.

    Raises CountNotUnderstood, PaperCountNeeded, ChoiceUnknown, Missing or TooLong naming the row, and what
    `revising.publish_parts` and `revising.version_to_revise` raise.
    """
    version = version_to_revise(uow, revision)
    _bounded(len(papers))
    rows = tuple(_paper(version, number, paper) for number, paper in enumerate(papers, start=1))
    return publish_parts(uow, administering(staff), revision, version, parts={"components": rows}, at=at)


def _bounded(count: int) -> None:
    if count > MOST_ROWS:
        raise TooManyRows(where="since", count=count, limit=MOST_ROWS)


def _fee(fee: TypedFee, where: str) -> dict[str, Any]:
    condition = checks.text(fee.condition, what="điều kiện", where=f"{where}.condition", required=False)
    amount = _amount(fee.amount, f"{where}.amount")
    if amount is None and not condition:
        raise AmountNeeded(where=f"{where}.amount")
    channel = _among(fee.channel, ("0", *(str(int(known)) for known in Channel)), f"{where}.channel")
    exemptions = checks.text(
        fee.exemptions, what="đối tượng được miễn", where=f"{where}.exemptions", longest=1000, required=False
    )
    return {
        "channel": int(channel) or None,
        "name": checks.text(fee.name, what="tên khoản thu", where=f"{where}.name"),
        "amount_vnd": amount,
        "per": _among(fee.per, PER, f"{where}.per"),
        "condition": condition,
        "exemptions": [reason.strip() for reason in exemptions.split(";") if reason.strip()],
        "legal_basis": checks.text(fee.basis, what="căn cứ", where=f"{where}.basis", longest=500, required=False),
    }


def _paper(version: ProcedureVersion, ordinal: int, paper: TypedPaper) -> dict[str, Any]:
    where = f"rows.{ordinal}"
    name = checks.text(paper.name, what="tên giấy tờ", where=f"{where}.name", longest=2000)
    counts = {
        "originals": _count(paper.originals, f"{where}.originals"),
        "copies": _count(paper.copies, f"{where}.copies"),
    }
    exemption = _among(paper.exemption, ("", *EXEMPTIONS), f"{where}.exemption")
    note = checks.text(paper.note, what="ghi chú", where=f"{where}.note", longest=1000, required=False)
    if not (exemption or note or any(counts.values())):
        raise PaperCountNeeded(where=f"{where}.originals", name=name[:80])
    cases = ("", *(str(case.get("name", "")) for case in version.cases))
    return {
        "ordinal": ordinal,
        "name": name,
        "paper_code": checks.text(paper.paper_code, what="mã giấy tờ", where=f"{where}.paper_code", required=False),
        **counts,
        "required": paper.required,
        "exemption": exemption,
        "note": note,
        "case": _among(paper.case, cases, f"{where}.case"),
    }


def _amount(text: str, where: str) -> int | None:
    typed = text.strip()
    if not typed:
        return None
    known = typed.isascii() and _AMOUNT.fullmatch(typed)
    amount = int(typed.replace(".", "")) if known else LARGEST_VND + 1
    if amount > LARGEST_VND:
        raise AmountNotUnderstood(where=where, value=typed[:20])
    return amount


def _count(text: str, where: str) -> int:
    typed = text.strip() or "0"
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 4 and int(typed) <= MOST_COPIES):
        raise CountNotUnderstood(where=where, value=typed[:20], most=MOST_COPIES)
    return int(typed)


def _among(value: str, known: Sequence[str], where: str) -> str:
    if value not in known:
        raise ChoiceUnknown(where=where, value=value[:40])
    return value
