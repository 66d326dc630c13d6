"""What a citizen takes home after filing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.queries.filings import FiledDossier
from app.web.public.presenters.words import plain_name, promise_words


@dataclass(frozen=True, slots=True)
class FiledShown:
    """The page after filing."""

    filing_number: str
    secret: str
    procedure: str
    receiving: str
    filed_at: datetime
    answer_by: str
    qr: Markup


def filed_shown(filed: FiledDossier, qr: Markup, secret: str, *, now: datetime) -> FiledShown:
    """Return the page of a filing; `secret` as it stands on paper."""
    return FiledShown(
        filed.filing_number,
        secret,
        plain_name(filed.procedure),
        filed.receiving,
        filed.filed_at,
        promise_words(filed.answer_due_at, now=now) if filed.answer_due_at else "",
        qr,
    )
