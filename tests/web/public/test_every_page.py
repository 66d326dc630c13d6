"""What holds for every citizen page and every refusal: one heading, a language, no inline style, a way on."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from flask import Flask

from app.web import errors
from tests.support.seeded import BIRTH, SINGLE, Desk
from tests.web.public.at_the_desk import ask_for_papers
from tests.web.public.citizen import Citizen, photograph

PAGES = (
    "/",
    "/thu-tuc",
    "/thu-tuc?q=khong-co-gi",
    f"/thu-tuc/{SINGLE}",
    f"/nop-ho-so/{SINGLE}",
    "/tra-cuu",
    "/tra-cuu/H99.105-261123-9999",
    "/xac-minh",
    "/lien-he",
    "/so-lieu",
    "/du-lieu-ca-nhan",
    "/khong-co-trang-nay",
)
REFUSALS = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)


def problems_of(html: str) -> list[str]:
    """Return what an axe-less eye can tell of a page."""
    found = []
    if len(re.findall(r"<h1[\s>]", html)) != 1:
        found.append("not one h1")
    if not re.search(r'<html lang="(vi|en)">', html):
        found.append("no language")
    if not re.search(r"<title>[^<]{8,}</title>", html):
        found.append("no title")
    if 'class="mc-skip" href="#noi-dung"' not in html or 'id="noi-dung"' not in html:
        found.append("no skip link")
    if re.search(r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*\ssrc=)", html):
        found.append("inline style or script")
    twice = [name for name, count in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if count > 1]
    levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", html)]
    if any(deeper - level > 1 for level, deeper in pairwise(levels)):
        found.append(f"skipped heading level {levels}")
    return found + [f"id twice: {name}" for name in twice]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_made(citizen: Citizen, path: str):
    assert problems_of(citizen.open(path).text) == []


def test_the_pages_of_a_filing_are_well_made(citizen: Citizen):
    citizen.begin(BIRTH)
    for _question in range(20):
        assert problems_of(citizen.page.text) == [], citizen.where()
        if "/xem-lai" in citizen.where():
            break
        if "/giay-to" in citizen.where():
            assert problems_of(citizen.attach(("trang.jpg", photograph())).text) == []
        wrong = citizen.send(citizen.where(), whom="")
        assert problems_of(wrong.text) == [] or wrong.status_code == 200
        citizen.answer()
    assert problems_of(citizen.send(citizen.where()).text) == []
    assert problems_of(citizen.send(citizen.where(), agree="1").text) == []


def test_the_pages_of_a_dossier_are_well_made(citizen: Citizen, desk: Desk):
    received = desk.receive()
    assert problems_of(citizen.track(received.code).text) == []
    assert problems_of(citizen.track(received.code, "AAAABBBB").text) == []
    assert problems_of(citizen.track(received.code, received.secret).text) == []
    ask_for_papers(desk, received)
    assert problems_of(citizen.open("/ho-so").text) == []
    assert problems_of(citizen.open("/ho-so/bo-sung").text) == []


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_says_what_happened_and_how_to_go_on(citizen: Citizen, status: int):
    app: Flask = citizen.app
    with app.test_request_context("/mot-cua"):
        answer = errors.error_page(status)
    html = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert problems_of(html) == []
    assert re.search(r'data-testid="reference">[0-9A-F]{10}<', html)
    assert 'href="/tra-cuu"' in html


def test_a_refusal_comes_when_the_database_does_not_answer(citizen: Citizen, desk: Desk):
    desk.house.engine.dispose()
    with citizen.app.test_request_context("/"):
        html = errors.error_page(503).get_data(as_text=True)
    assert "Hệ thống đang bận" in html
    assert "Trung tâm Phục vụ" not in html  # nothing was asked for


def test_the_address_bar_never_holds_a_secret(citizen: Citizen, desk: Desk):
    received = desk.receive()
    citizen.track(received.code, received.secret)
    assert received.secret not in citizen.page.request.url
    assert received.secret not in citizen.page.text
