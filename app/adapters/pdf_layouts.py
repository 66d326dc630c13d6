"""Which template, style sheets and PDF flavour each printed form uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain import documents, documents_figures


class Flavour(StrEnum):
    """PDF variants of WeasyPrint; the two archive and accessibility ones cannot be asked for together."""

    ARCHIVE = "pdf/a-2u"
    """Kept with the dossier, and what is signed: PDF/A-2u."""

    ACCESSIBLE = "pdf/ua-1"
    """Sent to people: tagged for screen readers."""

    PLAIN = ""
    """Printed at once and thrown away."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Template and style sheets in templates/documents, and the flavour used unless the caller says other."""

    template: str
    styles: tuple[str, ...] = ()
    flavour: Flavour = Flavour.ARCHIVE


LAYOUTS: Mapping[type, Layout] = {
    documents.Receipt: Layout("receipt.html"),
    documents.ReceiptPair: Layout("receipt_pair.html", flavour=Flavour.PLAIN),
    documents.ReceiptSheets: Layout("receipt_pair.html", flavour=Flavour.PLAIN),
    documents.SupplementRequest: Layout("supplement_request.html"),
    documents.Refusal: Layout("refusal.html"),
    documents.StopNotice: Layout("stop_notice.html"),
    documents.Apology: Layout("apology.html", ("letters.css",)),
    documents.Result: Layout("result.html", ("letters.css",)),
    documents.OnlineRequest: Layout("online_request.html", ("tables.css", "letters.css")),
    documents.ControlSlip: Layout("control_slip.html", ("tables.css",)),
    documents.Register: Layout("register.html", ("tables.css",)),
    documents.HandoverList: Layout("handover_list.html", ("tables.css",), Flavour.PLAIN),
    documents.OutageLog: Layout("outage_log.html", ("tables.css",), Flavour.PLAIN),
    documents.GroupSlip: Layout("group_slip.html", ("tables.css",)),
    documents.CashSheetForm: Layout("cash_sheet.html", ("tables.css",)),
    documents.Report06a: Layout("report_06a.html", ("tables.css",)),
    documents_figures.PrintedTable: Layout("report_table.html", ("tables.css",)),
    documents.QueueTicket: Layout("queue_ticket.html", ("desk.css",), Flavour.PLAIN),
    documents.SeparatorSheets: Layout("separator_sheets.html", ("desk.css",), Flavour.PLAIN),
    documents.CopyCertification: Layout("copy_certification.html", ("desk.css",), Flavour.PLAIN),
    documents.Attestations: Layout("attestations.html", ("desk.css",), Flavour.PLAIN),
    documents.PrintedBook: Layout("certification_book.html", ("tables.css",)),
}
