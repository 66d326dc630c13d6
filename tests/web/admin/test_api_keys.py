"""Keys of linked systems on their page: given once, told when last used, taken back; only the own authority's."""

from __future__ import annotations

import re
from datetime import timedelta

from app.queries.accounts import staff_by_login
from app.queries.api_keys import keys_for
from app.services import api_keys as service
from tests.support.people import add_account, add_authority, post, sign_in

PAGE = "/quan-tri/khoa-ket-noi"


def rows(house):
    with house.reading() as db:
        return keys_for(db, staff_by_login(db, "quan.tri", house.clock.now()))


def test_a_key_is_shown_once_used_and_taken_back(house, client, authority, admin):
    typed = {"name": "Cổng tỉnh", "unit_id": authority, "per_minute": "30"}
    refused = post(client, PAGE, form_on=PAGE, **typed)
    assert refused.status_code == 422
    assert 'value="Cổng tỉnh"' in refused.text
    given = post(client, PAGE, form_on=PAGE, scope=["figures"], **typed)
    key = re.search(r'data-testid="key">([^<]+)<', given.text)[1]
    assert key not in client.get(PAGE).text
    assert "chưa dùng" in client.get(PAGE).text
    (row,) = rows(house)
    assert (row.name, row.scopes, row.per_minute, row.last_used_at) == ("Cổng tỉnh", ("figures",), 30, None)
    house.clock.advance(timedelta(minutes=5))
    with house.unit_of_work() as uow:
        service.count(uow, service.known(uow.session, key), house.clock.now())
    assert rows(house)[0].last_used_at == house.clock.now()
    assert post(client, PAGE, form_on=PAGE, scope=["figures"], **typed).status_code == 422  # the name is taken
    assert post(client, f"{PAGE}/{row.id}/thu-hoi", form_on=PAGE).status_code == 303
    assert "Đã thu hồi" in client.get(PAGE).text
    with house.reading() as db:
        assert service.known(db, key) is None
    assert post(client, f"{PAGE}/999/thu-hoi", form_on=PAGE).status_code == 404


def test_another_authority_s_keys_are_not_there(house, client, authority, admin):
    other = add_authority(house, "H44.106", "UBND xã khác")
    add_account(house, "quan.tri.2", "Đỗ Khác", other, "admin")
    post(client, PAGE, form_on=PAGE, name="Riêng", unit_id=authority, per_minute="5", scope=["tracking"])
    wrong = post(client, PAGE, form_on=PAGE, name="Lạ", unit_id=other, per_minute="5", scope=["tracking"])
    assert wrong.status_code == 422
    (row,) = rows(house)
    client.delete_cookie("motcua")
    sign_in(client, "quan.tri.2")
    assert "Riêng" not in client.get(PAGE).text
    assert post(client, f"{PAGE}/{row.id}/thu-hoi", form_on=PAGE).status_code == 404
