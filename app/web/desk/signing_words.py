"""What went wrong with a key or a signature, in the reader's words (lỗi ký số)."""

from __future__ import annotations

from app.web.forms import sentence_of
from signing import SigningError
from workflows.errors import RuleBroken


def said_of(error: RuleBroken | SigningError) -> str:
    """Return the sentence of a refusal, whether the house or the signing room made it."""
    return sentence_of(error) if isinstance(error, RuleBroken) else str(error)
