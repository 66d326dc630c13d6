"""Doors of signed reports: the list of a period, putting one to sign, its page with the PIN, its file."""

from __future__ import annotations

from flask import abort, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.closing import FORM
from app.domain.people import Role
from app.domain.periods import Period
from app.domain.reports import RowsBy
from app.domain.signed_reports import ReportRef
from app.domain.table_reports import FORMS
from app.i18n import gettext as _
from app.queries.accounts import staff_of
from app.queries.report_scope import ReportUnitUnknown, units_for
from app.queries.signed_reports import SignedFile, one_of, printable, reports_of, signer_of
from app.queries.stored_files import stored_bytes
from app.services import report_times
from app.services import signed_reports as service
from app.services.values import NewFile
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.refusals import status_of
from app.web.desk.report_asked import ReportAsked, report_asked, today, usual_periods
from app.web.desk.signedreports import presenters as shown
from app.web.desk.signedreports.printing import printed_pdf
from app.web.desk.signing_words import said_of
from app.web.forms import sentence_of
from app.web.responses import found, see_other
from signing import SigningError
from signing.longterm import time_proven_until
from workflows.errors import RuleBroken


def signed_reports() -> Response:
    """Show what was put to sign and signed of a unit and a period."""
    return _list()


def put_to_sign() -> Response:
    """Print a report and keep it for the leader; why it cannot be is said on the list."""
    form, by = request.form.get("form", ""), request.form.get("theo", "")
    if form not in {FORM, *FORMS} or by not in set(RowsBy):
        abort(404)
    with house().reading() as db:
        asked = _asked(db).exact()
        counted = printable(db, ReportRef(form, asked.unit, asked.period, RowsBy(by)))
    try:
        if counted.refused:
            raise counted.refused
        content = printed_pdf(counted, now())
        file = NewFile(house().files.put(content), "application/pdf", 1, f"{form}.pdf", origin="generated")
        with house().unit_of_work() as uow:
            report_id = service.put_to_sign(uow, staff(), counted.ref, counted.total, file=file, at=now())
    except RuleBroken as error:
        return _list(((error.where or "form", sentence_of(error)),), status=status_of(error))
    flash(_("Đã trình ký."), "success")
    return see_other("desk.signed_report", report_id=report_id)


def signed_report(report_id: int) -> Response:
    """Show one report: its file, its state, what moved since, and the PIN for the leader."""
    return _one(report_id)


def sign_report(report_id: int) -> Response:
    """Sign with the leader's key; a wrong PIN changes nothing."""
    with house().reading() as db:
        _report(db, report_id)
    try:
        service.sign_report(house(), staff(), report_id, request.form.get("pin", ""), now())
    except SigningError as error:
        return _one(report_id, (("pin", said_of(error)),), status=422)
    except RuleBroken as error:
        return _one(report_id, ((error.where or "pin", sentence_of(error)),), status=status_of(error))
    with house().reading() as db:
        is_held = shown.report_shown(_report(db, report_id)).is_held
    done = _("Đã ký báo cáo. Ai có tệp cũng kiểm tra được ở trang Xác minh.")
    held = _("Đã ký báo cáo. Chưa nơi nào cấp dấu thời gian; hệ thống tự thử lại và phát hành khi có.")
    flash(held if is_held else done, "warning" if is_held else "success")
    return see_other("desk.signed_report", report_id=report_id)


def release_report(report_id: int) -> Response:
    """Give out a held report without a timestamp, by this leader's decision with its reason."""
    with house().reading() as db:
        _report(db, report_id)
        signer_id = signer_of(db, report_id)
        signer = staff_of(db, signer_id, now()) if signer_id else None
    typed = request.form.get("reason", "")
    try:
        with house().unit_of_work() as uow:
            report_times.release_without(uow, staff(), report_id, reason=typed, signer=signer or staff(), at=now())
    except RuleBroken as error:
        return _one(report_id, ((error.where or "reason", sentence_of(error)),), status=status_of(error), typed=typed)
    flash(_("Đã phát hành báo cáo không có dấu thời gian. Quyết định được ghi lại."), "success")
    return see_other("desk.signed_report", report_id=report_id)


def signed_report_pdf(report_id: int) -> Response:
    """Answer the file as it waits for the signature, or signed."""
    with house().reading() as db:
        one = _report(db, report_id)
        stored = found(stored_bytes(db, one.file_id))
    content = house().files.get(stored.storage_id, stored.key_sealed)
    days = f"{one.period.first_day:%Y%m%d}-{one.period.last_day:%Y%m%d}"
    return shown_pdf(Printed(content, f"{one.shown.form}-{one.unit.code}-{days}-ban-{one.shown.version}.pdf"))


def _list(errors: tuple[tuple[str, str], ...] = (), status: int = 200) -> Response:
    with house().reading() as db:
        asked = _asked(db)
        units = units_for(db, staff())
        rows = reports_of(db, asked.unit, asked.period)
    wrong = (*asked.errors, *errors)
    return desk_page(
        "desk/signedreports/list.html",
        status=422 if asked.errors else status,
        asked=asked,
        errors=wrong,
        units=units,
        period=period_words(asked.period),
        choices=choices_of(usual_periods(today()), asked.period, lambda period: _page_of(asked, period)),
        address=asked.address(),
        rows=tuple(shown.report_shown(one) for one in rows),
        forms=shown.forms(),
        kinds=shown.kinds(),
        may_prepare=_may_prepare(asked),
    )


def _may_prepare(asked: ReportAsked) -> bool:
    works = bool(staff().actor_kinds) or staff().has(Role.PROVINCE)
    return works and asked.unit.code == staff().root_unit_code


def _one(
    report_id: int, errors: tuple[tuple[str, str], ...] = (), *, status: int = 200, typed: str = ""
) -> Response:
    with house().reading() as db:
        one = _report(db, report_id)
        stored = stored_bytes(db, one.file_id) if one.shown.state == "signed" else None
    report = shown.report_shown(one)
    until = time_proven_until(house().files.get(stored.storage_id, stored.key_sealed)) if stored else None
    may_decide = report.is_waiting and staff().has(Role.LEADER) and one.unit.code == staff().root_unit_code
    return desk_page(
        "desk/signedreports/one.html",
        status=status,
        report=report,
        proof=shown.proof_told(until, now()) if until else None,
        unit=one.unit,
        period=period_words(one.period),
        errors=errors,
        may_sign=may_decide and not report.is_held,
        may_release=may_decide and report.is_held,
        typed=typed,
        back=url_for("desk.signed_reports", **ReportAsked(one.unit, one.period, one.by).address()),
    )


def _report(db: Session, report_id: int) -> SignedFile:
    return found(one_of(db, report_id, frozenset(code for code, _name in units_for(db, staff()))))


def _asked(db: Session) -> ReportAsked:
    try:
        return report_asked(db, usual_periods(today())[1:])
    except ReportUnitUnknown:
        abort(404)


def _page_of(asked: ReportAsked, period: Period) -> str:
    return url_for("desk.signed_reports", **ReportAsked(asked.unit, period, asked.by).address())
