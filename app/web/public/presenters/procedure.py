"""The page of one procedure and the lines of the catalogue, in a citizen's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from app.domain.channels import Channel
from app.domain.version_parts import FeeLine, LimitLine, PaperLine
from app.i18n import gettext as _
from app.queries.offered import OfferedProcedure, OfferedRow
from app.web.filters import money, vn_date
from app.web.labels import channel_label
from app.web.public.presenters.words import fee_words, limit_words, parsed, plain_name
from workflows.limits import TimeLimit

MINUTES_OF_A_DAY = 450  # a desk's ordinary day of seven and a half hours, to say steps in days


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the four answers on top: time, fee, where, what."""

    head: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper to prepare, or one that is not asked for."""

    name: str
    required: bool
    note: str


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """The papers of one case (trường hợp); the common ones have no case."""

    case: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way."""

    head: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """The two limits of one way to file."""

    channel: str
    statutory: str
    committed: str


@dataclass(frozen=True, slots=True)
class FeeShown:
    """One line of the fee table."""

    name: str
    amount: str
    note: str


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """Everything on the page of one procedure."""

    code: str
    name: str
    field: str
    intro: str
    decision: str
    online: bool
    has_fields: bool
    tiles: tuple[Tile, ...]
    papers: tuple[PaperGroup, ...]
    not_needed: tuple[Paper, ...]
    steps: tuple[Step, ...]
    channels: tuple[ChannelLine, ...]
    commitment: str
    fees: tuple[FeeShown, ...]
    receiving: str
    settling: str
    qr: Markup


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One procedure in a list."""

    code: str
    name: str
    limit: str
    fee: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueGroup:
    """The procedures of one field (lĩnh vực)."""

    name: str
    procedures: tuple[CatalogueLine, ...]


@dataclass(frozen=True, slots=True)
class FieldTab:
    """One field to narrow the list by."""

    key: str
    name: str
    count: int


def field_tabs(rows: Sequence[OfferedRow]) -> tuple[FieldTab, ...]:
    """Return the fields with how many procedures each has, in the order of the list."""
    return tuple(FieldTab(name, name, len(list(same))) for name, same in groupby(rows, key=lambda row: row.field))


def catalogue_groups(rows: Sequence[OfferedRow]) -> tuple[CatalogueGroup, ...]:
    """Return the rows by field."""
    return tuple(
        CatalogueGroup(name, tuple(_line(row) for row in same))
        for name, same in groupby(rows, key=lambda row: row.field)
    )


def procedure_page(found: OfferedProcedure, draw_qr: Callable[[], Markup]) -> ProcedurePage:
    """Return the page of `found`; `draw_qr` draws the code that opens it on a phone."""
    first = found.limits[0] if found.limits else None
    needed = [paper for paper in found.papers if not paper.exemption]
    return ProcedurePage(
        code=found.code,
        name=plain_name(found.name),
        field=found.field,
        intro=found.subject,
        decision=found.decision,
        online=any(limit.channel == Channel.ONLINE for limit in found.limits),
        has_fields=bool(found.own_fields),
        tiles=(_time_tile(first), _fee_tile(found), _where_tile(found), _result_tile(found)),
        papers=_groups(needed),
        not_needed=tuple(_paper(paper) for paper in found.papers if paper.exemption),
        steps=_steps(found),
        channels=tuple(_channel(limit) for limit in found.limits),
        commitment=_commitment(first),
        fees=tuple(_fee(line) for line in found.fees),
        receiving="; ".join(desk.authority for desk in found.counters),
        settling="; ".join(sorted({desk.settling for desk in found.counters})),
        qr=draw_qr(),
    )


def _line(row: OfferedRow) -> CatalogueLine:
    limit = parsed(row.committed, row.cutoff)
    return CatalogueLine(row.code, plain_name(row.name), limit_words(limit) if limit else "")


def _time_tile(limit: LimitLine | None) -> Tile:
    promised = _promised(limit) if limit else None
    by_law = parsed(limit.statutory or "", limit.cutoff) if limit else None
    if promised is None:
        return Tile(_("Thời gian"), _("Chưa xác định"))
    note = "" if by_law == promised or by_law is None else _("Luật cho %(limit)s", limit=limit_words(by_law))
    if promised.cutoff:
        note = _("Nộp sau %(hour)s: ngày làm việc kế tiếp", hour=f"{promised.cutoff:%H:%M}")
    return Tile(_("Thời gian"), limit_words(promised), note)


def _fee_tile(found: OfferedProcedure) -> Tile:
    plain = [fee.amount_vnd for fee in found.fees if fee.channel in (None, Channel.DIRECT) and not fee.condition]
    if not found.fees:
        return Tile(_("Phí, lệ phí"), _("Miễn phí"), found.fee_text)
    if any(amount is None for amount in plain):
        return Tile(_("Phí, lệ phí"), _("Theo quy định"), found.fee_text)
    more = _("Có khoản thu theo trường hợp, xem bảng phí") if len(plain) < len(found.fees) else ""
    return Tile(_("Phí, lệ phí"), fee_words(sum(amount or 0 for amount in plain)), more)


def _where_tile(found: OfferedProcedure) -> Tile:
    first, *others = [str(channel_label(limit.channel).text) for limit in found.limits] or [_("Tại quầy")]
    note = _("hoặc %(ways)s", ways=", ".join(way.lower() for way in others)) if others else ""
    return Tile(_("Nộp thế nào"), first, note)


def _result_tile(found: OfferedProcedure) -> Tile:
    forms = {
        "electronic": _("bản điện tử có chữ ký số"),
        "paper_numbered": _("bản giấy có số và dấu"),
        "paper_external": _("bản giấy có số và dấu"),
    }
    return Tile(_("Bạn nhận được"), found.result_name or _("Kết quả giải quyết"), forms[found.result_form])


def _groups(papers: Iterable[PaperLine]) -> tuple[PaperGroup, ...]:
    ordered = sorted(papers, key=lambda paper: paper.case)
    return tuple(
        PaperGroup(case, tuple(_paper(paper) for paper in same))
        for case, same in groupby(ordered, key=lambda paper: paper.case)
    )


def _paper(paper: PaperLine) -> Paper:
    how_many = []
    if paper.originals:
        how_many.append(_("%(n)s bản chính", n=paper.originals))
    if paper.copies:
        how_many.append(_("%(n)s bản sao", n=paper.copies))
    return Paper(paper.name, paper.required, ". ".join(filter(None, (", ".join(how_many), paper.note))))


def _steps(found: OfferedProcedure) -> tuple[Step, ...]:
    start = Step(_("Nộp hồ sơ"), _("Tại quầy: nhận giấy hẹn ngay. Trực tuyến: trả lời trong 8 giờ làm việc."))
    middle = tuple(Step(step.name, _share(step.minutes)) for step in found.steps)
    return (start, *middle, Step(_("Nhận kết quả"), _("Tại quầy, qua bưu chính, hoặc bản điện tử.")))


def _share(minutes: int) -> str:
    if minutes < 60:
        return _("%(n)s phút", n=minutes)
    if minutes < MINUTES_OF_A_DAY:
        return _("%(n)s giờ làm việc", n=round(minutes / 60))
    return _("%(n)s ngày làm việc", n=round(minutes / MINUTES_OF_A_DAY))


def _channel(limit: LimitLine) -> ChannelLine:
    promised, by_law = _promised(limit), parsed(limit.statutory or "", limit.cutoff)
    return ChannelLine(
        str(channel_label(limit.channel).text),
        limit_words(by_law) if by_law else _("chưa xác định"),
        limit_words(promised) if promised else _("chưa xác định"),
    )


def _promised(limit: LimitLine) -> TimeLimit | None:
    return parsed(limit.committed or limit.statutory or "", limit.cutoff)


def _commitment(limit: LimitLine | None) -> str:
    if limit is None or not limit.decision_number:
        return ""
    decision = limit.decision_number
    if limit.percent:
        words = _("Rút ngắn %(percent)s phần trăm theo %(decision)s", percent=limit.percent, decision=decision)
    else:
        words = _("Rút ngắn theo %(decision)s", decision=decision)
    return f"{words}, {vn_date(limit.decision_date)}." if limit.decision_date else f"{words}."


def _fee(line: FeeLine) -> FeeShown:
    per = {"copy": _("một bản"), "page": _("một trang")}.get(line.per, "")
    amount = _("theo quy định") if line.amount_vnd is None else money(line.amount_vnd)
    channel = str(channel_label(line.channel).text) if line.channel else ""
    free = _("Miễn: %(who)s", who=", ".join(line.exemptions)) if line.exemptions else ""
    note = ". ".join(filter(None, (channel, line.condition, free, line.legal_basis)))
    return FeeShown(line.name, f"{amount} {per}" if per else amount, note)
