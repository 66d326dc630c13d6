"""The table of papers (thành phần hồ sơ) of the receive form: c1-have, c1-form, c1-originals, c1-copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.version_parts import PaperLine
from app.i18n import N_
from app.queries.dossier_values import PaperShown

MISSING, PAPER, EXEMPT = "missing", "paper", "exempt"
MOST_COPIES = 999
FORMS = (
    ("paper", N_("Bản giấy")),
    ("scanned", N_("Đã quét")),
    ("electronic", N_("Bản điện tử")),
    ("reused", N_("Dùng lại")),
    ("exempt:shown_only", N_("Miễn: chỉ xuất trình")),
    ("exempt:verification", N_("Miễn: kết quả xác minh")),
    ("exempt:secret", N_("Miễn: tài liệu mật")),
    ("exempt:database", N_("Miễn: có trong CSDL")),
)
KNOWN = frozenset(value for value, _words in FORMS)


@dataclass(frozen=True, slots=True)
class PaperInput:
    """One row as ticked and typed. `form` is one of FORMS; a row that is not `have` is missing."""

    ordinal: int
    have: bool
    form: str
    originals: int
    copies: int

    @property
    def kind(self) -> str:
        """The component's form as stored: missing, paper, scanned, electronic, reused or exempt."""
        return self.form.partition(":")[0] if self.have else MISSING

    @property
    def exempt_reason(self) -> str:
        """Why it need not be handed in or scanned, where it is exempt."""
        return self.form.partition(":")[2] if self.have else ""


def default_input(_typed: Mapping[str, str], wanted: PaperLine) -> PaperInput:
    """Return a row that nobody touched yet: what need not be handed in stands as exempt, the rest is missing."""
    form = f"{EXEMPT}:{wanted.exemption}" if wanted.exemption else PAPER
    return PaperInput(wanted.ordinal, bool(wanted.exemption), form, wanted.originals, wanted.copies)


def paper_input(typed: Mapping[str, str], wanted: PaperLine) -> PaperInput:
    """Return the row as typed; what is absent or odd falls back to what the procedure says."""
    default, prefix = default_input(typed, wanted), f"c{wanted.ordinal}-"
    chosen = typed.get(f"{prefix}form", "")
    return PaperInput(
        ordinal=wanted.ordinal,
        have=typed.get(f"{prefix}have") == "1",
        form=chosen if chosen in KNOWN else default.form,
        originals=_count(typed.get(f"{prefix}originals"), default.originals),
        copies=_count(typed.get(f"{prefix}copies"), default.copies),
    )


def as_stated(paper: PaperShown) -> PaperInput:
    """Return the row of a filing's paper as the applicant stated it."""
    form = f"{EXEMPT}:{paper.exempt_reason}" if paper.form == EXEMPT else paper.form
    have = paper.form != MISSING
    return PaperInput(paper.ordinal, have, form if have else PAPER, paper.originals, paper.copies)


def _count(text: str | None, default: int) -> int:
    if text is None or not (text.isascii() and text.isdigit()):
        return default
    return min(int(text[:4] or 0), MOST_COPIES)
