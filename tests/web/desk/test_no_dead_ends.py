"""A page offers only ways that its reader may go (không ngõ cụt): no link leads to a closed door."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.people import Staff
from app.web.access import STATIC_ENDPOINTS, access_of
from tests.support.apps import application
from tests.support.seeded import Desk
from tests.web.desk.test_every_page import OF_THE_CLERK
from tests.web.desk.worker import Worker

OF_OTHERS = (
    "/mot-cua/trinh-ky", "/mot-cua/phat-hanh", "/mot-cua/tong-quan/don-vi", "/mot-cua/tong-quan/toan-tinh",
    "/mot-cua/quy-trinh", "/mot-cua/thu-thoi-han", "/mot-cua/bao-cao/thay-doi", "/mot-cua/nhac-viec", "/tai-khoan",
)
PEOPLE = ("clerk", "leader", "records", "officer", "auditor", "province")


def opens(app: Flask, person: Staff, address: str) -> bool:
    """Tell whether the door at this address is there and is declared open to the person."""
    endpoint, _values = app.url_map.bind("localhost").match(address.split("?")[0], method="GET")
    return endpoint in STATIC_ENDPOINTS or access_of(app, endpoint).admits(person)


def closed_to(app: Flask, person: Staff, text: str) -> list[str]:
    """Return the addresses on a page that this person may not open."""
    leads_to = {html.unescape(href).split("#")[0] for href in re.findall(r'href="(/[^"]*)"', text)}
    return sorted(address for address in leads_to if not opens(app, person, address))


@pytest.mark.parametrize("login", PEOPLE)
def test_no_link_leads_to_a_closed_door(login: str, sit_down: Callable[[str], Worker], desk: Desk):
    app, worker, person = application(desk.house), sit_down(login), desk.staff(login)
    dead = {}
    for path in (*OF_THE_CLERK, *OF_OTHERS):
        if opens(app, person, path) and (closed := closed_to(app, person, worker.client.get(path).text)):
            dead[path] = closed
    assert dead == {}
