"""Choosing the procedure that a dossier is filed under (chọn thủ tục, thời hạn, phí)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from app.db.base import table_of
from app.db.models import Offering, Procedure, ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.db.version_memo import parts_of
from app.domain.channels import CHANNEL_WORDS, Channel
from app.domain.fees import due_vnd
from app.domain.version_parts import LimitLine, VersionParts
from app.services.errors import ChannelNotOffered, FeeExemptionUnknown, ProcedureNotOpen

_OFFERINGS, _PROCEDURES, _VERSIONS = table_of(Offering), table_of(Procedure), table_of(ProcedureVersion)
_IN_FORCE = (
    _PROCEDURES.c.code == bindparam("code"),
    _VERSIONS.c.effective_from <= bindparam("day"),
    _VERSIONS.c.effective_to.is_(None) | (_VERSIONS.c.effective_to > bindparam("day")),
)
_OFFERED = (
    select(_VERSIONS.c.id, _VERSIONS.c.revision, _VERSIONS.c.status, _OFFERINGS.c.settling_unit_id)
    .join(_PROCEDURES, _PROCEDURES.c.id == _VERSIONS.c.procedure_id)
    .join(_OFFERINGS, _OFFERINGS.c.procedure_id == _PROCEDURES.c.id)
    .where(*_IN_FORCE, _OFFERINGS.c.unit_id == bindparam("unit"), _OFFERINGS.c.is_open)
    .order_by(_VERSIONS.c.version.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The version in force, where it is settled, and the limits of the channel."""

    version: VersionParts
    settling_unit_id: int
    limit: LimitLine


def choose(uow: UnitOfWork, code: str, authority_id: int, *, channel: Channel, on: date) -> Chosen:
    """Return what is needed to file `code` at an authority's desk on a day (Vietnam date).

    Raises ProcedureNotOpen, ChannelNotOffered.
    """
    offered = uow.connection.execute(_OFFERED, {"code": code, "day": on, "unit": authority_id}).first()
    if offered is None or offered.status != "ready":
        raise ProcedureNotOpen(where="procedure", code=code)
    version = parts_of(uow.session, offered.id, offered.revision)
    limit = version.limits.get(channel)
    if limit is None or limit.statutory is None:
        raise ChannelNotOffered(where="channel", channel=CHANNEL_WORDS[channel])
    return Chosen(version, offered.settling_unit_id, limit)


def fee_of(chosen: Chosen, channel: Channel, *, exemption: str, quantity: int = 1) -> int:
    """Return the fee in whole đồng: the lines of the channel, those per copy or page times `quantity`.

    An exemption lifts what its own words say: all, a share, or a sum.
    """
    return due_vnd(chosen.version.fees, channel, quantity=quantity, exemption=exemption)


def refuse_unknown_exemption(chosen: Chosen, reason: str) -> None:
    """Raise FeeExemptionUnknown for a reason that no fee line of the version in force gives."""
    given = {known for fee in chosen.version.fees for known in fee.exemptions}
    if reason and reason not in given:
        raise FeeExemptionUnknown(where="fee_exemption", reason=reason)
