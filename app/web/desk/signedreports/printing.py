"""A counted report on paper as it is put to sign: the block of who signs, every number with its list."""

from __future__ import annotations

from datetime import datetime

from flask import url_for

from app.adapters.table_print import printed_table
from app.domain.documents_parts import Signer
from app.domain.people import Role
from app.domain.reports import Form06a, Opens
from app.domain.signed_reports import ReportRef
from app.queries.signed_reports import Printable
from app.queries.signing_authorities import expected_signer
from app.web.context import house, staff
from app.web.desk.report_asked import ReportAsked, outside


def printed_pdf(report: Printable, at: datetime) -> bytes:
    """Return the PDF/A of a counted report with the box for the leader's signature."""
    ref, leader = report.ref, _leader(at)
    asked = ReportAsked(ref.unit, ref.period, ref.by)
    opens = opens_of(ref)
    if isinstance(report.counted, Form06a):
        page = outside(url_for("desk.reports", **asked.address()))
        form = report.counted.printed(counted_at=at, preparer=staff().name, leader=leader, page=page, opens=opens)
        return house().pdf.render(form)
    page = outside(url_for("desk.table_report", form=ref.form, **asked.address()))
    table = printed_table(report.counted, at, preparer=staff().name, leader=leader, page=page, opens=opens)
    return house().pdf.render(table)


def opens_of(ref: ReportRef) -> Opens:
    """Return the addresses of a report's lists as a paper carries them."""
    address = ReportAsked(ref.unit, ref.period, ref.by).address()

    def opens(figure: str, key: str | None) -> str:
        row = {} if key is None else {"dong": key}
        return outside(url_for("desk.figure_list", figure=figure, **address, **row))

    return opens


def _leader(at: datetime) -> Signer | None:
    """Return who is to sign: by the decisions recorded, else the leader who prepares, else nobody by name."""
    with house().reading() as db:
        expected = expected_signer(db, staff().root_unit_id, at)
    if expected is None and staff().has(Role.LEADER):
        return Signer((staff().title.upper() or "THỦ TRƯỞNG ĐƠN VỊ",), staff().name)
    return expected
