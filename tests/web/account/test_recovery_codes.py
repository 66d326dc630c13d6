"""Recovery codes: ten, shown once, each opens one session, and only their digests are kept."""

from __future__ import annotations

import re

import pyotp
import pytest
from sqlalchemy import select

from app.db.models import Event, RecoveryCode
from app.services.second_factor import matching_step, new_secret
from tests.support.people import PASSWORD, post, sign_in, token_of

PAGE = "/tai-khoan/xac-thuc-hai-lop"


def codes_of(text: str) -> list[str]:
    return re.findall(r"<code class=\"ad-secret\">(\d{4}-\d{4}-\d{4})<", text)


@pytest.fixture
def codes(client, clock, clerk) -> list[str]:
    """The codes that switching the second factor on showed."""
    sign_in(client, "hang.nt")
    page = client.get(PAGE)
    secret = page.text.split('name="secret" type="hidden" value="')[1].split('"')[0]
    typed = {"csrf_token": token_of(page), "secret": secret, "current": PASSWORD}
    return codes_of(client.post(PAGE, data=typed | {"code": pyotp.TOTP(secret).at(clock.now())}).text)


def test_each_code_is_shown_once_kept_as_a_digest_and_opens_one_session(client, house, codes):
    assert len(set(codes)) == 10
    assert codes_of(client.get(PAGE).text) == []
    with house.reading() as db:
        kept = " ".join(db.scalars(select(RecoveryCode.code_mac)))
    assert not any(code.replace("-", "") in kept for code in codes)
    stranger = client.application.test_client()
    assert sign_in(stranger, "hang.nt", password="sai", totp=codes[0]).status_code == 422
    assert sign_in(stranger, "hang.nt", totp="0000-0000-0000").status_code == 422
    assert sign_in(stranger, "hang.nt", totp=codes[0].replace("-", " ")).status_code == 303
    assert sign_in(client.application.test_client(), "hang.nt", totp=codes[0]).status_code == 422
    assert "Còn 9 mã" in stranger.get(PAGE).text
    with house.reading() as db:
        used = db.scalars(select(Event).where(Event.kind == "user:recovery_code_used")).one()
    assert used.payload == {"left": 9}


def test_new_codes_end_the_old_ones_and_switching_off_ends_all(client, house, codes):
    assert post(client, f"{PAGE}/ma", form_on=PAGE, current="sai").status_code == 422
    fresh = codes_of(post(client, f"{PAGE}/ma", form_on=PAGE, current=PASSWORD).text)
    assert len(fresh) == 10
    stranger = client.application.test_client()
    assert sign_in(stranger, "hang.nt", totp=codes[0]).status_code == 422
    assert sign_in(stranger, "hang.nt", totp=fresh[0]).status_code == 303
    assert post(client, f"{PAGE}/tat", form_on=PAGE, current=PASSWORD).status_code == 303
    with house.reading() as db:
        assert db.scalars(select(RecoveryCode)).all() == []


def test_without_a_second_factor_there_are_no_codes(client, clerk):
    sign_in(client, "hang.nt")
    refused = post(client, f"{PAGE}/ma", form_on=PAGE, current=PASSWORD)
    assert refused.status_code == 422


def test_letters_outside_ascii_are_a_wrong_code_and_no_fault(clock):
    assert matching_step(new_secret(), "một hai", clock.now()) is None
