"""Complete procedures (thủ tục đầy đủ): what a desk needs to open one, as the seed declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.channels import Channel
from workflows.limits import TimeLimit, shortened_percent


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper (loại giấy tờ) that components refer to. `exemption` says why nothing need be handed in."""

    key: str
    name: str
    code: str
    originals: int
    copies: int
    exemption: str
    note: str


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One component of a procedure: its kind of paper, and whether the dossier is incomplete without it."""

    paper: PaperKind
    required: bool


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee line in whole đồng; `channel` None is every channel, `condition` "" is always."""

    name: str
    channel: Channel | None
    amount_vnd: int
    per: str
    condition: str
    exemptions: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class ChannelLimits:
    """Statutory and committed limit of one channel."""

    channel: Channel
    statutory: TimeLimit
    committed: TimeLimit

    @property
    def percent(self) -> int:
        """How much shorter the committed limit is, in whole percent of the statutory one; 0 when it is the same."""
        return shortened_percent(self.committed, self.statutory)


@dataclass(frozen=True, slots=True)
class LongerCase:
    """A case that takes longer (trường hợp), chosen at the desk."""

    name: str
    statutory: TimeLimit
    committed: TimeLimit


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """One step of the internal process; `unit` is the short name of a division, "" the desk."""

    name: str
    role: str
    unit: str
    minutes: int


@dataclass(frozen=True, slots=True)
class CompleteProcedure:
    """One procedure, complete: a desk can open it as it is.

    `checked` says where code and limit come from: catalogue (both), name (code and name; the limit from law),
    code (code looked up), open (code and name still to be compared with the national portal).
    """

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    field: str
    level: str
    division: str
    limits: tuple[ChannelLimits, ...]
    components: tuple[AskedPaper, ...]
    fees: tuple[FeeLine, ...]
    steps: tuple[ProcessStep, ...]
    result_form: str
    result_name: str
    result_code: str
    own_fields: tuple[Mapping[str, Any], ...]
    cases: tuple[LongerCase, ...]
    neutral_name: str
    checked: str
    subjects: str  # who does it (đối tượng thực hiện), in the catalogue's words

    @property
    def needs_digitizing(self) -> bool:
        """False for certification and the like, where papers are shown, not kept (không quét, không lưu)."""
        return any(asked.paper.exemption == "" for asked in self.components) and self.field != "Chứng thực"
