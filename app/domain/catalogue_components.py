"""Components and per-channel words of the detail file (thành phần hồ sơ, ghi chú từng kênh).

The source mixes papers with headings, "hoặc" and whole paragraphs of guidance; only what asks for at least
one original or copy is a paper. Fees keep the printed sentence; the amount stands only when it has no condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.catalogue import CODE
from app.domain.catalogue_limits import Fee, read_fee, read_limit
from app.domain.catalogue_rows import Findings, Row, Table, require_columns
from app.domain.channels import Channel
from app.domain.vietnamese import clean
from workflows.limits import TimeLimit

CHANNEL_NAMES = {"Trực tiếp": Channel.DIRECT, "Trực tuyến": Channel.ONLINE, "Dịch vụ bưu chính": Channel.POST}
_COPIES = re.compile(r"(\d+) bản (chính|sao)")
_MOST_COPIES = 10
_SHORTEST_NAME = 6
_EMPTY_CONDITIONS = {"", "không", "không có", "không quy định", "không thu"}


@dataclass(frozen=True, slots=True)
class CatalogueComponent:
    """One paper asked for; the numbers of originals and copies are None when the source garbled them."""

    name: str
    originals: int | None
    copies: int | None


@dataclass(frozen=True, slots=True)
class ChannelDetail:
    """One channel as the detail page has it; limit None when its rows disagree or say nothing."""

    channel: Channel
    limit: TimeLimit | None
    fee: Fee


@dataclass(frozen=True, slots=True)
class CatalogueDetail:
    """Papers and channels of one procedure of the catalogue."""

    code: str
    components: tuple[CatalogueComponent, ...]
    channels: tuple[ChannelDetail, ...]


def read_details(table: Table) -> tuple[tuple[CatalogueDetail, ...], Findings]:
    """Return the details of every procedure in `table` and the warnings; raises ImportRefused on unreadable rows."""
    require_columns(table, ("code", "documents", "channels"))
    findings = Findings()
    details = []
    for row in table.rows:
        if not CODE.fullmatch(row.text("code")):
            findings.error(row, "code", f"mã thủ tục “{row.text('code')[:40]}” sai dạng (đúng: 1.001193)")
        components = tuple(_components(row, findings))
        details.append(CatalogueDetail(row.text("code"), components, tuple(_channels(row, findings))))
    findings.refuse_if_wrong()
    return tuple(details), findings


def _components(row: Row, findings: Findings) -> Iterable[CatalogueComponent]:
    for document in row.items("documents"):
        name = _cell(document, "name").strip(" -+*;.,:")
        counts = {kind: int(number) for number, kind in _COPIES.findall(_cell(document, "copies")[:60])}
        if len(name) < _SHORTEST_NAME or not any(counts.values()):
            continue
        if max(counts.values()) > _MOST_COPIES:
            findings.warn(row, "documents", f"số bản “{_cell(document, 'copies')}” dính số khác; chưa rõ: {name[:60]}")
            yield CatalogueComponent(name, None, None)
        else:
            yield CatalogueComponent(name, counts.get("chính", 0), counts.get("sao", 0))


def _channels(row: Row, findings: Findings) -> Iterable[ChannelDetail]:
    for name, channel in CHANNEL_NAMES.items():
        offers = [item for item in row.items("channels") if item.get("channel") == name]
        if offers:
            yield ChannelDetail(channel, _common_limit(row, offers, findings=findings), _fee(offers))


def _common_limit(row: Row, offers: list[Mapping[str, object]], *, findings: Findings) -> TimeLimit | None:
    reads = [read_limit(_cell(offer, "time_value"), _cell(offer, "time_unit")) for offer in offers]
    limits, channel = {read.limit for read in reads}, _cell(offers[0], "channel")
    if limits == {None}:
        findings.warn(row, "channels", f"{channel}: {reads[0].reason}")
    if len(limits) > 1:
        findings.warn(row, "channels", f"{channel}: {len(limits)} mức thời hạn theo trường hợp; chưa xác định")
        return None
    return limits.pop()


def _fee(offers: list[Mapping[str, object]]) -> Fee:
    notes = tuple(dict.fromkeys(_cell(offer, "note") or _cell(offer, "fee") for offer in offers))
    fee = read_fee(_cell(offers[0], "fee"))
    condition = notes[0].removeprefix(fee.text).strip(" ().")
    certain = len(notes) == 1 and condition.lower() in _EMPTY_CONDITIONS
    return Fee("; ".join(notes), fee.amount if certain else None)


def _cell(offer: Mapping[str, object], key: str) -> str:
    return clean(str(offer.get(key) or ""))
