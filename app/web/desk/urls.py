"""Addresses of the desk. Who may pass is said here; which dossiers they then see, the queries say."""

from __future__ import annotations

from flask import Blueprint

from app.domain.people import Role
from app.web.access import requires
from app.web.desk import (
    digitize_views,
    document_views,
    dossier_views,
    draft_views,
    file_views,
    held_views,
    intake_views,
    issue_views,
    notice_views,
    paper_choice,
    receive_views,
    register_views,
    report_views,
    return_views,
    sign_batch_views,
    sign_views,
    worklist_views,
)
from app.web.desk.cash.urls import URLS as CASH
from app.web.desk.certify.urls import URLS as CERTIFICATION
from app.web.desk.closing.urls import URLS as CLOSING
from app.web.desk.elsewhere.urls import URLS as ELSEWHERE
from app.web.desk.evaluation.urls import URLS as EVALUATION
from app.web.desk.files.urls import URLS as FILES
from app.web.desk.flags.urls import URLS as FLAGS
from app.web.desk.groups.urls import URLS as GROUPS
from app.web.desk.handovers.urls import URLS as HANDOVERS
from app.web.desk.index766 import urls as index766_urls
from app.web.desk.overview.urls import URLS as OVERVIEW
from app.web.desk.process.urls import URLS as PROCESS
from app.web.desk.reportday.urls import URLS as REPORT_DAY
from app.web.desk.scan.urls import URLS as SCANNING
from app.web.desk.second_person.urls import URLS as SECOND_PERSON
from app.web.desk.shelves.urls import URLS as SHELVES
from app.web.desk.signedreports.urls import URLS as SIGNED_REPORTS
from app.web.desk.store.urls import URLS as STORE
from app.web.desk.tables.urls import URLS as TABLES
from app.web.desk.whatif.urls import URLS as WHATIF
from app.web.urls import Url, register

WORKERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER)
READERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR)
COUNTERS = requires(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR, Role.PROVINCE)
CLERKS = requires(Role.CLERK)
LEADERS = requires(Role.LEADER)
RECORDS = requires(Role.RECORDS)
POST = ("POST",)
DOSSIER = "/ho-so/<ref>"

URLS = (
    # Work list
    Url("/", worklist_views.worklist, access=READERS),
    Url("/tim", worklist_views.search, POST, access=READERS),
    Url("/danh-sach.csv", worklist_views.download_list, access=READERS),
    # Notices
    Url("/nhac-viec", notice_views.notices, access=WORKERS),
    Url("/nhac-viec", notice_views.read_notices, POST, access=WORKERS),
    # Reception
    Url("/tiep-nhan", receive_views.receive, access=CLERKS),
    Url("/tiep-nhan", receive_views.act, POST, access=CLERKS, endpoint="act_on_receive"),
    Url("/tiep-nhan/nhap", draft_views.save_draft, POST, access=CLERKS),
    Url("/tiep-nhan/nhap/<int:draft_id>/bo", draft_views.discard_draft, POST, access=CLERKS),
    Url(f"{DOSSIER}/tiep-nhan", intake_views.receive_filed, access=CLERKS),
    Url(f"{DOSSIER}/tiep-nhan", intake_views.accept_filed, POST, access=CLERKS),
    Url(f"{DOSSIER}/da-tiep-nhan", intake_views.received, access=CLERKS),
    *CERTIFICATION,
    # One dossier
    Url(DOSSIER, dossier_views.dossier, access=READERS),
    Url(f"{DOSSIER}/xem-so", dossier_views.unmask, POST, access=WORKERS),
    Url(f"{DOSSIER}/viec/<key>", dossier_views.show_act, access=WORKERS),
    Url(f"{DOSSIER}/viec/<key>", dossier_views.act, POST, access=WORKERS),
    # A second person's word: late entries, corrections
    *SECOND_PERSON,
    # Settled on other systems
    *ELSEWHERE,
    # Papers and files
    Url(f"{DOSSIER}/so-hoa", digitize_views.digitize, access=WORKERS),
    Url(f"{DOSSIER}/so-hoa/<int:ordinal>/tep", digitize_views.attach, POST, access=WORKERS),
    Url(f"{DOSSIER}/so-hoa/<int:ordinal>/mien", digitize_views.exempt, POST, access=WORKERS),
    Url(f"{DOSSIER}/so-hoa/<int:ordinal>/dung-lai", digitize_views.reuse, POST, access=WORKERS),
    Url(f"{DOSSIER}/tep/<int:link_id>", file_views.file_view, access=READERS),
    Url(f"{DOSSIER}/tep/<int:link_id>/bo", digitize_views.remove_file, POST, access=WORKERS),
    Url(f"{DOSSIER}/tep/<int:link_id>/trang/<int:number>.jpg", file_views.page_image, access=READERS),
    Url(f"{DOSSIER}/tep/<int:link_id>/tai", file_views.file_download, access=READERS),
    # Printed forms
    Url("/kho-giay", paper_choice.choose_paper, POST, access=WORKERS),
    Url(f"{DOSSIER}/phieu/<int:form_id>.pdf", document_views.form_pdf, access=READERS),
    Url(f"{DOSSIER}/phieu-kiem-soat.pdf", document_views.control_slip, access=READERS),
    # Signing
    Url("/trinh-ky", sign_views.sign_queue, access=LEADERS),
    Url("/trinh-ky", sign_views.sign, POST, access=LEADERS),
    Url("/trinh-ky/lo/<int:batch_id>", sign_batch_views.sign_batch, access=LEADERS),
    Url("/trinh-ky/lo/<int:batch_id>/tiep", sign_batch_views.sign_batch_on, POST, access=LEADERS),
    Url("/trinh-ky/<ref>/tra-lai", sign_views.sign_back, POST, access=LEADERS),
    Url("/trinh-ky/<ref>/ve-lai", sign_views.redraw, POST, access=LEADERS),
    Url("/trinh-ky/<ref>/ky-tay", sign_views.approve_paper, POST, access=LEADERS),
    # Numbering and sealing
    Url("/cho-dau-thoi-gian", held_views.held_releases, access=requires(Role.LEADER, Role.RECORDS)),
    Url("/cho-dau-thoi-gian/<int:result_id>", held_views.release_without_time, POST, access=LEADERS),
    Url("/phat-hanh", issue_views.issue_queue, access=RECORDS),
    Url("/phat-hanh/<ref>", issue_views.issue, access=RECORDS),
    Url("/phat-hanh/<ref>", issue_views.do_issue, POST, access=RECORDS),
    # Returning
    Url("/tra-ket-qua", return_views.return_queue, access=CLERKS),
    Url("/tra-ket-qua/<ref>", return_views.hand_over, access=CLERKS),
    Url("/tra-ket-qua/<ref>", return_views.do_hand_over, POST, access=CLERKS),
    # Register
    Url("/so-theo-doi", register_views.register, access=READERS),
    Url("/so-theo-doi.pdf", register_views.register_pdf, access=READERS),
    # Reports: figures name no person, so the province reads them too
    *FILES,
    Url("/bao-cao", report_views.reports, access=COUNTERS),
    *CLOSING,
    *index766_urls.URLS,
    *TABLES,
    *EVALUATION,
    *SIGNED_REPORTS,
    Url("/bao-cao/06a.<dang>", report_views.report_file, access=COUNTERS),
    Url("/bao-cao/so/<figure>", report_views.figure_list, access=COUNTERS),
    Url("/bao-cao/so/<figure>/danh-sach.csv", report_views.figure_file, access=COUNTERS),
    *WHATIF,
    *CASH,
    # Overviews
    *OVERVIEW,
    *FLAGS,
    *PROCESS,
    *REPORT_DAY,
    *SCANNING,
    *STORE,
    *HANDOVERS,
    *SHELVES,
    *GROUPS,
)
desk = register(Blueprint("desk", __name__, url_prefix="/mot-cua"), URLS)
