"""Addresses of the citizen pages (trang người dân). Anybody may open them; a dossier opens by its secret."""

from __future__ import annotations

from flask import Blueprint

from app.web import language
from app.web.access import public as anybody
from app.web.public import site
from app.web.public.views import figures, filing, home, submitting, supplement, tracking, verifying
from app.web.urls import Url, register

OPEN = anybody()

URLS = (
    # Where to begin
    Url("/", home.home, access=OPEN),
    Url("/lien-he", home.contact, access=OPEN),
    Url("/du-lieu-ca-nhan", home.privacy, access=OPEN),
    Url("/ngon-ngu/<tag>", home.language, access=OPEN),
    # Open figures
    Url("/so-lieu", figures.open_figures_page, access=OPEN),
    Url("/so-lieu.csv", figures.open_figures_file, access=OPEN),
    # Procedures
    Url("/thu-tuc", home.catalogue, access=OPEN),
    Url("/thu-tuc/<code>", home.procedure, access=OPEN),
    # File online
    Url("/nop-ho-so/<code>", filing.filing_start, access=OPEN),
    Url("/nop-ho-so/<code>", filing.filing_begin, ("POST",), access=OPEN),
    Url("/nop-ho-so/<code>/mo-nhap", filing.filing_resume, ("POST",), access=OPEN),
    Url("/nop-ho-so/<code>/tiep-tuc", filing.filing_continue, access=OPEN),
    Url("/nop-ho-so/<code>/de-sau", filing.filing_leave, access=OPEN),
    Url("/nop-ho-so/<code>/da-nop", submitting.filing_done, access=OPEN),
    Url("/nop-ho-so/<code>/quen", submitting.filing_forget, ("POST",), access=OPEN),
    Url("/nop-ho-so/<code>/xem-lai", submitting.filing_submit, ("POST",), access=OPEN),
    Url("/nop-ho-so/<code>/tep/<int:link_id>", filing.filing_picture, access=OPEN),
    Url("/nop-ho-so/<code>/<slug>", filing.filing_question, access=OPEN),
    Url("/nop-ho-so/<code>/<slug>", filing.filing_answer, ("POST",), access=OPEN),
    Url("/nop-ho-so/<code>/<slug>/xoa/<int:link_id>", filing.filing_remove, ("POST",), access=OPEN),
    # Follow a dossier
    Url("/tra-cuu", tracking.track, access=OPEN),
    Url("/tra-cuu", tracking.track_open, ("POST",), access=OPEN),
    Url("/tra-cuu/<number>", tracking.track_number, access=OPEN),
    Url("/ho-so", tracking.track_dossier, access=OPEN),
    Url("/ho-so/dong", tracking.track_close, access=OPEN),
    Url("/ho-so/rut", tracking.withdraw, ("POST",), access=OPEN),
    Url("/ho-so/ket-qua/<int:result_id>", tracking.download_result, ("POST",), access=OPEN),
    Url("/ho-so/bo-sung", supplement.supplement, access=OPEN),
    Url("/ho-so/bo-sung", supplement.send_supplement, ("POST",), access=OPEN),
    Url("/ho-so/bo-sung/tep", supplement.supplement_upload, ("POST",), access=OPEN),
    Url("/ho-so/bo-sung/tep/<int:link_id>", supplement.supplement_picture, access=OPEN),
    Url("/ho-so/bo-sung/tep/<int:link_id>/xoa", supplement.supplement_remove, ("POST",), access=OPEN),
    # Is this paper real?
    Url("/xac-minh", verifying.verify, access=OPEN),
    Url("/xac-minh", verifying.verify_file, ("POST",), access=OPEN),
    Url("/xac-minh/<key>", verifying.verify_paper, access=OPEN),
)

public = register(Blueprint("public", __name__), URLS)
language.install(public)
site.install(public)
