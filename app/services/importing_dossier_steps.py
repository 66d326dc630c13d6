"""Where an open imported dossier stands in the internal process (bước đang xử lý của hồ sơ nhập còn dang dở).

The file does not say who holds it. What was just received waits at the desk's first step, what is being processed
at the first step after it, for anybody of the settling authority with the role; so that it can go on from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.imported_dossiers import ImportedDossier
from app.domain.people import Role
from workflows.states import OPEN_STATES, State

Columns = dict[str, Any]


def standing_step(source: ImportedDossier, steps: Sequence[Columns]) -> Columns | None:
    """Return the step at which an open dossier stands; None for a closed one and without an internal process."""
    if source.state not in OPEN_STATES or not steps:
        return None
    if source.state is State.RECEIVED:
        return steps[0]
    return next((step for step in steps if step["role"] != Role.CLERK), steps[0])


def frozen(steps: Sequence[Columns], here: Columns | None) -> Iterator[Columns]:
    """Yield the internal process as the dossier keeps it, for one that is still under way."""
    if here is not None:
        yield {"steps": list(steps)}


def hop(source: ImportedDossier, here: Columns | None, unit_id: int) -> Iterator[Columns]:
    """Yield the stay at the present step, since the reception."""
    if here is not None:
        yield {
            "ordinal": 1,
            "step_ordinal": here["ordinal"],
            "step_name": here["name"],
            "role": here["role"],
            "unit_id": unit_id,
            "handed_at": source.received_at,
        }
