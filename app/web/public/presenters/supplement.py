"""A supplement request as the citizen answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.queries.tracking import Tracked
from app.web.public.presenters.words import plain_name


@dataclass(frozen=True, slots=True)
class SupplementShown:
    """Whose, what is asked, why, until when."""

    number: str
    procedure: str
    lines: tuple[str, ...]
    reason: str
    answer_by: date | None


def supplement_shown(dossier: Tracked) -> SupplementShown:
    """Return the open request of `dossier`; empty when it was answered meanwhile."""
    asked = dossier.supplement
    if asked is None:
        return SupplementShown(dossier.number, plain_name(dossier.procedure), (), "", None)
    return SupplementShown(dossier.number, plain_name(dossier.procedure), asked.lines, asked.reason, asked.answer_by)
