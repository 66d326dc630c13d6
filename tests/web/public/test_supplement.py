"""A citizen answers a supplement request: every paper kept as it comes, one sending for all."""

from __future__ import annotations

import io

import pytest

from tests.support.seeded import Desk
from tests.web.public.at_the_desk import ask_for_papers
from tests.web.public.citizen import Citizen, pdf, photograph
from tests.web.public.test_verifying import signed_by
from workflows.states import State


@pytest.fixture
def waiting_dossier(citizen: Citizen, desk: Desk) -> str:
    """The code of a dossier that waits for papers, open in the citizen's browser at the supplement page."""
    received = desk.receive()
    ask_for_papers(desk, received)
    citizen.track(received.code, received.secret)
    citizen.open("/ho-so/bo-sung")
    return received.code


def attach(citizen: Citizen, name: str, content: bytes, paper: int = 1):
    citizen.open("/ho-so/bo-sung")
    return citizen.send("/ho-so/bo-sung/tep", paper=paper, files=[(io.BytesIO(content), name)])


def test_papers_are_kept_one_by_one_and_sent_together(citizen: Citizen, desk: Desk, waiting_dossier: str):
    attach(citizen, "trang-1.jpg", photograph())
    page = attach(citizen, "khai-sinh.pdf", pdf())
    assert page.text.count('data-testid="remove-file"') == 2
    page = citizen.send("/ho-so/bo-sung", answer="Tôi gửi đủ rồi")
    assert citizen.where() == "/ho-so"
    assert "Đang xử lý, còn hạn" in page.text
    assert State(desk.dossier(waiting_dossier).state) is State.PROCESSING


def test_nothing_attached_is_not_sent(citizen: Citizen, desk: Desk, waiting_dossier: str):
    page = citizen.send("/ho-so/bo-sung", answer="Tôi sẽ gửi sau")
    assert page.status_code == 422
    assert "Tôi sẽ gửi sau" in page.text
    assert State(desk.dossier(waiting_dossier).state) is State.AWAITING_SUPPLEMENT


def test_a_wrong_file_is_named_and_harms_no_other(citizen: Citizen, waiting_dossier: str):
    attach(citizen, "trang-1.jpg", photograph())
    page = attach(citizen, "giay.pdf", b"<html>giay</html>")
    assert page.status_code == 422
    assert "“giay.pdf” là tệp HTML" in page.text
    assert page.text.count('data-testid="remove-file"') == 1


def test_a_signed_file_is_judged_as_it_comes_and_a_bad_signature_said_at_once(
    citizen: Citizen, desk: Desk, waiting_dossier: str
):
    signed = signed_by(desk, pdf())
    place = signed.index(b"/MediaBox")
    altered = signed[:place] + signed[place:].replace(b"0 0", b"0 9", 1)
    assert attach(citizen, "da-ky.pdf", signed).text.count('data-testid="remove-file"') == 1
    page = attach(citizen, "sua-lai.pdf", altered)
    assert page.status_code == 422
    assert "Chữ ký số trong tệp “sua-lai.pdf” không hợp lệ" in page.text
    assert page.text.count('data-testid="remove-file"') == 1


def test_a_paper_of_no_such_ordinal_is_refused(citizen: Citizen, waiting_dossier: str):
    assert attach(citizen, "trang-1.jpg", photograph(), paper=77).status_code == 422


def test_another_browser_sees_nothing_of_it(citizen: Citizen, waiting_dossier: str):
    stranger = Citizen(citizen.app)
    stranger.open("/ho-so/bo-sung")
    assert stranger.where() == "/tra-cuu"
