"""The status of a refusal shown beside its form (mã trả lời khi bị từ chối): 409 for the state, else 422."""

from __future__ import annotations

from workflows.errors import RuleBroken, TransitionNotAllowed

CONFLICT, UNPROCESSABLE = 409, 422


def status_of(error: RuleBroken) -> int:
    """Return the error's own status, 409 where the dossier's state refuses the act, else 422."""
    usual = CONFLICT if isinstance(error, TransitionNotAllowed) else UNPROCESSABLE
    return int(getattr(error, "status", usual))
