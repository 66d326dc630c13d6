"""What holds for certification on a day (biểu phí, người ký, quyển sổ theo ngày): dated rows, read and written."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import CertificationBook, CertificationSigner, CertificationTariff
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.certification import SERIES, Kind, Tariff
from app.domain.people import Role, Staff, acting
from app.domain.vietnamese_format import short_date, short_moment
from app.services.certification_errors import NoSigner, NoTariff, SignerDatesWrong
from app.services.errors import NoRight
from app.services.filing import local_day
from app.services.numbering import next_numbers
from workflows.states import ActorKind


def tariff_on(session: Session, kind: Kind, day: date) -> Tariff:
    """Return what `kind` costs on a day (Vietnam date). Raises NoTariff."""
    row = session.scalars(
        select(CertificationTariff)
        .where(CertificationTariff.kind == kind, CertificationTariff.effective_from <= day)
        .where(or_(CertificationTariff.effective_to.is_(None), CertificationTariff.effective_to > day))
        .order_by(CertificationTariff.effective_from.desc())
    ).first()
    if row is None:
        raise NoTariff(day=short_date(day))
    return Tariff(
        row.per, row.first_pages, row.first_page_vnd, row.further_page_vnd, row.cap_vnd, row.legal_basis
    )


def signer_at(uow: UnitOfWork, unit_id: int, signer_id: int, at: datetime) -> CertificationSigner:
    """Return the signing block if its authority is in force at this minute. Raises NoSigner."""
    row = uow.session.get(CertificationSigner, signer_id)
    if row is None or row.unit_id != unit_id or not in_force(row, at):
        raise NoSigner(where="signer", at=short_moment(at))
    return row


def in_force(signer: CertificationSigner, at: datetime) -> bool:
    """Tell whether an authority to sign holds at an instant; the end is exclusive."""
    return signer.effective_from <= at and (signer.effective_to is None or at < signer.effective_to)


def add_signer(
    uow: UnitOfWork,
    staff: Staff,
    *,
    name: str,
    titles: str,
    decision: str,
    since: datetime,
    until: datetime | None,
    at: datetime,
) -> int:
    """Write down who may sign certifications of the authority of `staff`, by which decision; return the row's id."""
    if not staff.has(Role.LEADER, Role.ADMIN):
        raise NoRight(who="lãnh đạo hoặc quản trị")
    if until is not None and until <= since:
        raise SignerDatesWrong(where="until", since=short_moment(since), until=short_moment(until))
    row = CertificationSigner(
        unit_id=staff.root_unit_id,
        name=checks.text(name, what="họ tên người ký", where="name"),
        titles=checks.paragraph(titles, what="chức danh như in trên lời chứng", where="titles", longest=300),
        decision=checks.text(decision, what="quyết định", where="decision", longest=200, required=False),
        effective_from=since,
        effective_to=until,
    )
    uow.session.add(row)
    uow.session.flush()
    by = acting(staff, ActorKind.STAFF)
    uow.note("unit:signer_added", ("unit", str(staff.root_unit_id)), by, at, name=row.name, label=row.titles)
    return row.id


def end_signer(uow: UnitOfWork, staff: Staff, signer_id: int, at: datetime) -> None:
    """End an authority at this minute; what was signed under it stands. Raises NoSigner, NoRight."""
    if not staff.has(Role.LEADER, Role.ADMIN):
        raise NoRight(who="lãnh đạo hoặc quản trị")
    row = signer_at(uow, staff.root_unit_id, signer_id, at)
    row.effective_to = at
    uow.note(
        "unit:signer_ended", ("unit", str(staff.root_unit_id)), acting(staff, ActorKind.STAFF), at, name=row.name
    )


def open_volume(uow: UnitOfWork, unit_id: int, series: str, at: datetime) -> CertificationBook:
    """Return the volume that is written in today; the year's first one opens by itself."""
    day = local_day(at)
    volumes = uow.session.scalars(
        select(CertificationBook)
        .where(CertificationBook.unit_id == unit_id, CertificationBook.series == series)
        .where(CertificationBook.year == day.year)
        .order_by(CertificationBook.volume.desc())
    ).all()
    if volumes and volumes[0].closed_on is None:
        return volumes[0]
    volume = CertificationBook(
        unit_id=unit_id,
        series=series,
        year=day.year,
        volume=volumes[0].volume + 1 if volumes else 1,
        opened_on=day,
    )
    uow.session.add(volume)
    return volume


def close_volume(uow: UnitOfWork, staff: Staff, series: str, at: datetime) -> str:
    """Close the volume in use (khóa sổ) and return its name; the next number opens the next volume."""
    if not staff.has(Role.LEADER, Role.RECORDS, Role.CLERK) or series not in SERIES:
        raise NoRight(who="cán bộ giữ sổ")
    # Drawing no number takes the counter's row: nobody numbers in this volume while it is being closed.
    next_numbers(uow, staff.root_unit_id, counter_of(series), str(local_day(at).year), 0)
    volume = open_volume(uow, staff.root_unit_id, series, at)
    volume.closed_on, volume.closed_by = local_day(at), staff.name
    name = volume_name(volume)
    uow.note(
        "unit:book_closed", ("unit", str(staff.root_unit_id)), acting(staff, ActorKind.STAFF), at, name=name
    )
    return name


def counter_of(series: str) -> str:
    """Return the kind of counter that numbers a book."""
    return f"certify:{series}"


def volume_name(volume: CertificationBook) -> str:
    """Return a volume as printed, e.g. "02/2026-SCT/BS"."""
    return f"{volume.volume:02}/{volume.year}-{volume.series}"
