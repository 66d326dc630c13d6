"""Reports signed by the leader (trình ký, ký số báo cáo): prepared as a PDF, signed once, kept with what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime

from sqlalchemy import select

from app.db.models import ReportSigning, SignedReport, StoredFile, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.closed_forms import CLOSED_FORMS
from app.domain.closing import PeriodStillRuns
from app.domain.people import Actor, Role, Staff
from app.domain.signed_reports import ReportAlreadySigned, ReportHeld, ReportNotPrepared, ReportRef
from app.domain.vietnamese_format import short_date, short_moment
from app.services.attachments import keep
from app.services.authority import authority_of
from app.services.errors import NoRight
from app.services.release_times import PAUSES
from app.services.signatures import LEADER_FIELD, Ports, Proof, sign_under_time
from app.services.signers import personal_signer
from app.services.values import KeptFile, NewFile
from signing import Appearance, Intent
from signing.appearance import signature_place
from signing.places import box_kept_free
from workflows.states import ActorKind

SUBJECT = "signed_report"


def put_to_sign(
    uow: UnitOfWork, staff: Staff, ref: ReportRef, total: Mapping[str, int], *, file: NewFile, at: datetime
) -> int:
    """Keep a report as the file that waits for the leader, in the place of one that waited before; return its id.

    Raises NoRight outside the own unit, PeriodStillRuns, ReportAlreadySigned while the signed one tells the same.
    """
    if at < ref.period.end:
        raise PeriodStillRuns(where="to", last=short_date(ref.period.last_day))
    if ref.unit.code != staff.root_unit_code or not (staff.actor_kinds or staff.has(Role.PROVINCE)):
        raise NoRight(who="cán bộ của đơn vị báo cáo")
    unit_id = uow.session.scalars(select(Unit.id).where(Unit.code == ref.unit.code)).one()
    earlier = _earlier(uow, ref, unit_id)
    for row in earlier:
        if row.state == "signed" and row.total == dict(total) and row.signed_at:
            raise ReportAlreadySigned(when=short_moment(row.signed_at), who=row.signed_by)
        row.state = "withdrawn" if row.state == "prepared" else row.state
    row = SignedReport(
        form=ref.form,
        unit_id=unit_id,
        descendants=ref.unit.descendants,
        rows_by=ref.by,
        first_day=ref.period.first_day,
        end_day=ref.period.end_day,
        version=len(earlier) + 1,
        state="prepared",
        total=dict(total),
        file_id=keep(uow, file, at=at).id,
        prepared_by=staff.name,
        prepared_at=at,
    )
    uow.session.add(row)
    uow.session.flush()
    note(uow, "report:put_to_sign", row, staff, at, total=dict(total), digest=file.kept.digest_mac)
    return row.id


def sign_report(ports: Ports, staff: Staff, report_id: int, pin: str, at: datetime) -> None:
    """Sign a prepared report with the leader's key; the intent is stored before, the file after.

    With timestamp authorities configured and none answering it is signed all the same and held back until one does.
    Raises NoRight, ReportNotPrepared, ReportHeld, AuthorityMissing, NoSigningKey, or a SigningError (a wrong PIN).
    """
    with closing(personal_signer(ports, staff, pin)) as signer:
        content = _intend(ports, staff, report_id, at)
        place = signature_place(box_kept_free(content))
        look = Appearance(ports.stamps.signature(staff.name), place, f"Chữ ký của {staff.name}")
        intent = Intent(at, appearance=look, field_name=LEADER_FIELD, reason="Ký báo cáo")
        signed, proof = sign_under_time(ports, content, signer, intent)
    kept = ports.files.put(signed)
    with ports.unit_of_work() as uow:
        row = waiting(uow, staff, report_id)
        signing = uow.session.get_one(ReportSigning, report_id)
        signing.file_id, signing.signed_at, signing.user_id = _keep_signed(uow, row, kept, at), at, staff.user_id
        if proof is Proof.MISSING:
            signing.state, signing.next_at = "held", at + PAUSES[0]
            note(uow, "report:held", row, staff, at)
        else:
            signing.state = "timed" if proof is Proof.TIMED else "plain"
            give_out(uow, row, signing, staff, at)


def give_out(uow: UnitOfWork, row: SignedReport, signing: ReportSigning, signer: Staff, at: datetime) -> None:
    """Let the signed file take the prepared one's place."""
    stored = uow.session.get_one(StoredFile, signing.file_id)
    row.file_id, row.state = stored.id, "signed"
    row.signer_id, row.signed_by, row.signed_at = signer.user_id, signer.name, signing.signed_at
    about = {"total": row.total, "digest": stored.digest_mac, "time": signing.state}
    note(uow, "report:signed", row, signer, at, **about)


def waiting(uow: UnitOfWork, staff: Staff, report_id: int) -> SignedReport:
    """Return a report that waits for this leader's signature. Raises NoRight, ReportNotPrepared, ReportHeld."""
    row = uow.session.get(SignedReport, report_id)
    if row is None or row.unit_id != staff.root_unit_id or not staff.has(Role.LEADER):
        raise NoRight(who="lãnh đạo đơn vị báo cáo")
    if row.state != "prepared":
        raise ReportNotPrepared
    signing = uow.session.get(ReportSigning, report_id)
    if signing and signing.state == "held":
        raise ReportHeld
    return row


def _intend(ports: Ports, staff: Staff, report_id: int, at: datetime) -> bytes:
    """Store what is about to be signed and return its bytes; a try that was cut off is taken up as it stands."""
    with ports.unit_of_work() as uow:
        authority_of(uow.session, staff, at)  # before the key is used, not after
        row = waiting(uow, staff, report_id)
        stored = uow.session.get_one(StoredFile, row.file_id)
        if uow.session.get(ReportSigning, report_id) is None:
            intent = ReportSigning(
                report_id=row.id, user_id=staff.user_id, digest=stored.digest_mac, state="intended", intended_at=at
            )
            uow.session.add(intent)
        return ports.files.get(stored.storage_id, stored.key_sealed)


def _keep_signed(uow: UnitOfWork, row: SignedReport, kept: KeptFile, at: datetime) -> int:
    return keep(uow, NewFile(kept, "application/pdf", 1, f"{row.form}.pdf", origin="signed"), at=at).id


def _earlier(uow: UnitOfWork, ref: ReportRef, unit_id: int) -> list[SignedReport]:
    found = uow.session.scalars(
        select(SignedReport)
        .where(SignedReport.form == ref.form, SignedReport.unit_id == unit_id, SignedReport.rows_by == ref.by)
        .where(SignedReport.descendants == ref.unit.descendants)
        .where(SignedReport.first_day == ref.period.first_day, SignedReport.end_day == ref.period.end_day)
        .order_by(SignedReport.version)
    )
    return list(found)


def note(uow: UnitOfWork, kind: str, row: SignedReport, staff: Staff, at: datetime, **told: object) -> None:
    """Put an event of a report into its chain."""
    by = Actor(ActorKind.STAFF, staff.name, staff.user_id, staff.unit_id)
    about = {"form": row.form, "name": CLOSED_FORMS[row.form].title, "version": row.version}
    days = {"first_day": str(row.first_day), "end_day": str(row.end_day)}
    uow.note(kind, (SUBJECT, str(row.id)), by, at, **about, **days, **told)
