"""Is this paper real (xác minh giấy tờ)? Anybody may ask; a file is looked at and kept nowhere."""

from __future__ import annotations

import hashlib

from flask import Response, request

from app.adapters.trust import trust_of
from app.domain.identifiers import normal_number
from app.i18n import gettext as _
from app.queries import issued_papers, tracking
from app.queries.issued_reports import report_by_digest
from app.web import guesses
from app.web.context import house, now
from app.web.forms import sentence_of
from app.web.public.presenters.verdict import Register, VerdictShown, verdict_of_file, verdict_of_register
from app.web.public.views.tracking import LONGEST_NUMBER
from app.web.responses import page
from app.web.uploads import uploaded
from workflows.errors import RuleBroken


def verify() -> Response:
    """The place to drop a file, and the boxes for the codes on paper."""
    return _page()


def verify_paper(key: str) -> Response:
    """The address of the QR on a result; the script puts the secret into its box and asks."""
    return _page(typed=normal_number(key[:LONGEST_NUMBER]))


def verify_file() -> Response:
    """Answer about a file, or about the codes of a paper."""
    if request.form.get("code"):
        return _by_code(normal_number(request.form["code"][:LONGEST_NUMBER]), request.form.get("secret", ""))
    try:
        sent = uploaded("file")
    except RuleBroken as error:
        return _page(wrong=(("tep", sentence_of(error)),), status=422)
    if sent is None:
        return _page(wrong=(("tep", _("Chưa chọn tệp PDF nào.")),), status=422)
    return _page(shown=_judged(sent.content))


def _judged(content: bytes) -> VerdictShown:
    digest = hashlib.sha256(content)
    verdict = house().verifier.verify(content, trust_of(house().settings.home), at=now())
    with house().reading() as db:
        mac = house().vault.mac(digest.digest(), "file")
        paper = issued_papers.by_digest(db, mac) or report_by_digest(db, mac)
        ours = issued_papers.own_certificates(db)
    by_us = any(one.certificate_sha256 in ours for one in verdict.signatures)
    register = Register(paper, is_ours=by_us)
    return verdict_of_file(verdict, register, digest.hexdigest(), at=now())


def _by_code(number: str, secret: str) -> Response:
    guesses.refuse_guessing(number)
    with house().reading() as db:
        dossier = tracking.proven(db, house().vault, number, secret)
        paper = issued_papers.of_dossier(db, dossier.id) if dossier else None
    if paper is None:
        if dossier is None:
            guesses.count_wrong(number)
        sentence = _("Không có giấy nào khớp với hai mã này. Xem lại mã in dưới mã QR rồi nhập lại.")
        return _page(wrong=(("code", sentence),), typed=number, status=404)
    return _page(shown=verdict_of_register(paper, at=now()), typed=number)


def _page(
    *,
    shown: VerdictShown | None = None,
    wrong: tuple[tuple[str, str], ...] = (),
    typed: str = "",
    status: int = 200,
) -> Response:
    return page("public/verify.html", status=status, shown=shown, wrong=wrong, typed=typed)
