"""The limit that most of the dossiers of a simulation had (thời hạn gốc), which the usual cuts are taken of."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierFact, Procedure, ProcedureLimit, ProcedureVersion
from workflows.limits import TimeLimit

_NO_LIMIT = ""
_TEXT = func.coalesce(Dossier.statutory_limit, Dossier.committed_limit, _NO_LIMIT)
_CUTOFF = func.coalesce(Dossier.limit_cutoff, "")
_COUNT = func.count()
_IN_ORDER = Dossier.procedure_version_id, Dossier.statutory_limit, Dossier.committed_limit, Dossier.limit_cutoff
_Limit = tuple[str, str]  # as it is written, and its cut-off hour


def base_limit(session: Session, procedure: Procedure, resolved: ColumnElement[bool]) -> TimeLimit | None:
    """Return the statutory limit that most of these dossiers had, else the one that the catalogue says now."""
    votes = _votes(session, procedure.id, resolved)
    most = min(((-count, *limit) for limit, count in votes.items() if limit[0] and count > 0), default=None)
    if most is not None:
        return TimeLimit.parse(most[1], cutoff=most[2] or None)
    found = session.execute(_of_catalogue(procedure)).first()
    return TimeLimit.parse(found[0], cutoff=found[1]) if found else None


def _votes(session: Session, procedure_id: int, resolved: ColumnElement[bool]) -> Counter[_Limit]:
    """Return how many resolved dossiers had which limit and cut-off; `resolved` is the condition on their facts.

    Nearly all of a procedure have the same. Which that is an index tells; the others are counted, it has the rest.
    """
    versions = select(ProcedureVersion.id).where(ProcedureVersion.procedure_id == procedure_id)
    theirs = Dossier.procedure_version_id.in_(versions)
    usual, *others = _of_all(session, theirs).most_common() or [((_NO_LIMIT, ""), 0)]
    votes: Counter[_Limit] = Counter()
    if others:
        text, cutoff = usual[0]
        joined = select(_TEXT, _CUTOFF, _COUNT).join(DossierFact, DossierFact.dossier_id == Dossier.id)
        counted = joined.where(theirs, resolved, or_(text != _TEXT, cutoff != _CUTOFF)).group_by(_TEXT, _CUTOFF)
        votes.update({(text, cutoff): count for text, cutoff, count in session.execute(counted)})
    of_procedure = select(_COUNT).select_from(DossierFact).where(DossierFact.procedure_id == procedure_id, resolved)
    votes[usual[0]] = session.execute(of_procedure).scalar_one() - votes.total()
    return votes


def _of_all(session: Session, theirs: ColumnElement[bool]) -> Counter[_Limit]:
    """Return the same for all dossiers of some versions: grouped as the index on their limits is ordered."""
    found: Counter[_Limit] = Counter()
    asked = select(*_IN_ORDER, _COUNT).where(theirs).group_by(*_IN_ORDER)
    for _, statutory, committed, cutoff, count in session.execute(asked):
        found[_first(statutory, committed), cutoff or ""] += count
    return found


def _first(statutory: str | None, committed: str | None) -> str:
    return next((text for text in (statutory, committed) if text is not None), _NO_LIMIT)


def _of_catalogue(procedure: Procedure) -> Select[Any]:
    return (
        select(ProcedureLimit.statutory, ProcedureLimit.cutoff)
        .where(ProcedureLimit.version_id == procedure.current_version_id, ProcedureLimit.statutory.is_not(None))
        .order_by(ProcedureLimit.channel)
        .limit(1)
    )
