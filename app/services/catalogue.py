"""Choosing the procedure that a dossier is filed under (chọn thủ tục, thời hạn, phí)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, select

from app.db.models import (
    Offering,
    Procedure,
    ProcedureComponent,
    ProcedureFee,
    ProcedureLimit,
    ProcedureStep,
    ProcedureVersion,
    Unit,
)
from app.db.unit_of_work import UnitOfWork
from app.domain.channels import Channel
from app.domain.fees import due_vnd
from app.services.errors import ChannelNotOffered, FeeExemptionUnknown, ProcedureNotOpen

_Row = TypeVar("_Row", ProcedureComponent, ProcedureFee, ProcedureStep)
_CHANNEL_WORDS = {Channel.DIRECT: "trực tiếp", Channel.ONLINE: "trực tuyến", Channel.POST: "bưu chính"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The version in force, where it is settled, and the limits of the channel."""

    version: ProcedureVersion
    settling_unit_id: int
    limit: ProcedureLimit
    components: tuple[ProcedureComponent, ...]
    steps: tuple[ProcedureStep, ...]
    fees: tuple[ProcedureFee, ...]


def choose(uow: UnitOfWork, code: str, desk: Unit, *, channel: Channel, on: date) -> Chosen:
    """Return what is needed to file `code` at `desk` on a day (Vietnam date).

    Raises ProcedureNotOpen, ChannelNotOffered.
    """
    root_id = desk.root_id or desk.id
    offering = uow.session.scalars(
        select(Offering)
        .join(Procedure, Procedure.id == Offering.procedure_id)
        .where(Procedure.code == code, Offering.unit_id == root_id, Offering.is_open)
    ).first()
    version = version_in_force(uow, code, on) if offering else None
    if offering is None or version is None or version.status != "ready":
        raise ProcedureNotOpen(where="procedure", code=code)
    return Chosen(
        version,
        offering.settling_unit_id,
        _limit(uow, version, channel),
        tuple(uow.session.scalars(_of(ProcedureComponent, version).order_by(ProcedureComponent.ordinal))),
        tuple(uow.session.scalars(_of(ProcedureStep, version).order_by(ProcedureStep.ordinal))),
        tuple(uow.session.scalars(_of(ProcedureFee, version).order_by(ProcedureFee.id))),
    )


def version_in_force(uow: UnitOfWork, code: str, on: date) -> ProcedureVersion | None:
    """Return the newest version of a procedure in force on a day, or None."""
    return uow.session.scalars(
        select(ProcedureVersion)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .where(
            Procedure.code == code,
            ProcedureVersion.effective_from <= on,
            (ProcedureVersion.effective_to.is_(None)) | (ProcedureVersion.effective_to > on),
        )
        .order_by(ProcedureVersion.version.desc())
        .limit(1)
    ).first()


def fee_of(chosen: Chosen, channel: Channel, *, exempt: bool, quantity: int = 1) -> int:
    """Return the fee in whole đồng: the lines of the channel, those per copy or page times `quantity`."""
    if exempt:
        return 0
    return due_vnd(chosen.fees, channel, quantity=quantity)


def refuse_unknown_exemption(chosen: Chosen, reason: str) -> None:
    """Raise FeeExemptionUnknown for a reason that no fee line of the version in force gives."""
    given = {known for fee in chosen.fees for known in fee.exemptions}
    if reason and reason not in given:
        raise FeeExemptionUnknown(where="fee_exemption", reason=reason)


def _limit(uow: UnitOfWork, version: ProcedureVersion, channel: Channel) -> ProcedureLimit:
    limit = uow.session.scalars(
        select(ProcedureLimit).where(ProcedureLimit.version_id == version.id, ProcedureLimit.channel == channel)
    ).first()
    if limit is None or limit.statutory is None:
        raise ChannelNotOffered(where="channel", channel=_CHANNEL_WORDS[channel])
    return limit


def _of(model: type[_Row], version: ProcedureVersion) -> Select[_Row]:
    return select(model).where(model.version_id == version.id)
