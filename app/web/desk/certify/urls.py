"""Addresses of the certification desk; they join the table of the desk."""

from __future__ import annotations

from app.domain.people import Role
from app.web.access import requires
from app.web.desk.certify import book_views, copy_views, paper_views, signer_views, views, words_views
from app.web.urls import Url

CLERKS = requires(Role.CLERK)
LEADERS = requires(Role.LEADER)
KEEPERS = requires(Role.CLERK, Role.LEADER, Role.RECORDS)
READERS = requires(Role.CLERK, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR)
POST = ("POST",)
HERE = "/chung-thuc"
PAPER = f"{HERE}/<ref>/giay/<int:ordinal>"

URLS = (
    # The grid and the tray
    Url(HERE, views.certify, access=CLERKS),
    Url(HERE, views.act_on_certify, POST, access=CLERKS),
    Url(f"{HERE}/<ref>/da-ky", views.sign_off_certified, POST, access=CLERKS),
    Url(f"{HERE}/<ref>/tra", views.hand_out_certified, POST, access=CLERKS),
    Url(f"{HERE}/<ref>/loi-chung.pdf", book_views.attestations_pdf, access=READERS),
    # The papers of one request
    Url(f"{HERE}/<ref>/giay", paper_views.certified_papers, access=READERS),
    Url(f"{PAPER}/huy", paper_views.void_certified, POST, access=KEEPERS),
    Url(f"{PAPER}/dinh-chinh", paper_views.correct_certified, POST, access=KEEPERS),
    # Electronic copies
    Url(f"{PAPER}/ban-quet", copy_views.upload_copy, POST, access=CLERKS),
    Url(f"{PAPER}/doi-chieu", copy_views.compare_copy, POST, access=CLERKS),
    Url(f"{PAPER}/ky", copy_views.certify_copy, POST, access=KEEPERS),
    Url(f"{PAPER}/ban-sao.pdf", copy_views.copy_pdf, access=READERS),
    # The book
    Url(f"{HERE}/so", book_views.certification_book, access=READERS),
    Url(f"{HERE}/so.pdf", book_views.certification_book_pdf, access=READERS),
    Url(f"{HERE}/so.xlsx", book_views.certification_book_xlsx, access=READERS),
    Url(f"{HERE}/so/khoa", book_views.close_certification_volume, POST, access=KEEPERS),
    # What the attestations say
    Url(f"{HERE}/loi-chung", words_views.attestation_words, access=KEEPERS),
    Url(f"{HERE}/loi-chung", words_views.write_attestation_words, POST, access=LEADERS),
    # Who signs
    Url(f"{HERE}/nguoi-ky", signer_views.certification_signers, access=KEEPERS),
    Url(f"{HERE}/nguoi-ky", signer_views.add_certification_signer, POST, access=LEADERS),
    Url(f"{HERE}/nguoi-ky/<int:signer_id>/het", signer_views.end_certification_signer, POST, access=LEADERS),
)
