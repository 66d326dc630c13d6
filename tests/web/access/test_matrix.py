"""Every route × role × scope has a declared answer, and gives it.

The routes come from the URL map, so a new page is in the matrix the moment it exists. What each must answer
follows from what it declares; the properties below say what may be declared at all.
"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.domain.people import Role
from app.factory import create_app
from app.web.access import STATIC_ENDPOINTS, AccessUndeclared, Audience, access_of, refuse_undeclared
from tests.support.database_run import kind
from tests.web.access.ground import Ground, Person, browser

OURS, THEIRS = "H44.105", "H44.106"
UNKNOWN = "H44.105-991231-9999"
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
DOSSIER_ROLES = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER})
PUBLIC_AREAS = ("public.", "health.")
PUBLIC_DOORS = {"account.sign_in", "account.enter", "admin.setup", "admin.set_up", "api.openapi"}
CONVERTED = {"int": "999999", "path": "x", None: "khong-co"}


@pytest.fixture
def app(house) -> Flask:
    return create_app(house=house)


def test_a_route_without_declared_access_stops_the_start(app):
    app.add_url_rule("/quen-khai-bao", "forgotten", lambda: "secret")
    with pytest.raises(AccessUndeclared, match="/quen-khai-bao"):
        refuse_undeclared(app)


def test_only_citizen_pages_signing_in_and_the_first_run_are_open_to_the_public(app):
    opened = {rule.endpoint for rule in routes(app) if access_of(app, rule.endpoint).audience is Audience.PUBLIC}
    assert {name for name in opened if not name.startswith(PUBLIC_AREAS)} == PUBLIC_DOORS


def test_administrators_have_no_door_to_dossiers_and_desks_none_to_the_configuration(app):
    for rule in routes(app):
        roles = access_of(app, rule.endpoint).roles
        if rule.endpoint.startswith("desk."):
            assert Role.ADMIN not in roles, rule
        if rule.endpoint.startswith("admin."):
            assert not roles & DOSSIER_ROLES, rule


def test_every_route_answers_every_role_as_it_declares(app, ground: Ground):
    wrong = [
        f"{method} {rule.rule} as {visitor.role if visitor else 'visitor'}: {said}"
        for rule in routes(app)
        for visitor in askers(app, rule, ground)
        for method in sorted(rule.methods & {"GET", "POST"})
        if (said := complaint(app, rule, method, visitor))
    ]
    assert wrong == []


def test_another_authority_s_dossier_is_not_there(app, ground: Ground):
    """The very same answer as for a code that was never issued: 404, or on the way to it."""
    for person in ground.of(THEIRS):
        for rule in routes(app):
            if "<ref>" not in rule.rule or "GET" not in rule.methods:
                continue
            if not access_of(app, rule.endpoint).admits(_staff_like(person)):
                continue
            client = browser(app, person)
            foreign, unknown = (client.get(filled(rule, ref)) for ref in (ground.dossier, UNKNOWN))
            assert (rule.rule, foreign.status_code) in {(rule.rule, 404), (rule.rule, 303)}
            assert foreign.status_code == unknown.status_code
            assert anonymous(foreign.text, ground.dossier) == anonymous(unknown.text, UNKNOWN), rule.rule


def test_the_own_authority_s_dossier_is_there_for_those_who_work_on_it(app, ground: Ground):
    found = {
        person.role: browser(app, person).get(f"/mot-cua/ho-so/{ground.dossier}").status_code
        for person in ground.of(OURS)
    }
    assert found == {
        Role.CLERK: 200,
        Role.LEADER: 200,
        Role.RECORDS: 200,
        Role.CASHIER: 200,
        Role.AUDITOR: 200,
        Role.OFFICER: 404,  # it has not come to their division
        Role.ADMIN: 403,
        Role.PROVINCE: 403,
    }


def routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC_ENDPOINTS]


def askers(app: Flask, rule: Rule, ground: Ground) -> list[Person | None]:
    """Return everybody; on PostgreSQL, where all this runs again, the first whom the route admits.

    Whoever is refused is refused before the database is asked for more than the session.
    """
    everybody: list[Person | None] = [None, *ground.of(OURS)]
    if kind() == "sqlite":
        return everybody
    access = access_of(app, rule.endpoint)
    return [one for one in everybody if access.admits(_staff_like(one) if one else None)][:1]


def filled(rule: Rule, ref: str) -> str:
    """Return an address of the rule: the dossier where it wants one, something unknown elsewhere."""
    return ARGUMENT.sub(lambda found: ref if found["name"] == "ref" else CONVERTED[found["kind"]], rule.rule)


def complaint(app: Flask, rule: Rule, method: str, visitor: Person | None) -> str:
    """Return what is wrong with the answer, or nothing."""
    access = access_of(app, rule.endpoint)
    admitted = access.admits(_staff_like(visitor) if visitor else None)
    answer = browser(app, visitor).open(filled(rule, UNKNOWN), method=method)
    status = answer.status_code
    if status >= 500 and rule.endpoint != "health.readyz":
        return f"failed with {status}"
    if admitted and method == "POST":
        return "" if status == 400 else f"without a form token: {status}, not 400"
    if admitted:
        return "" if status not in (401, 403) else f"admitted by declaration, answered {status}"
    if access.audience is Audience.KEY:
        return "" if status == 401 else f"without a key: {status}, not 401"
    if visitor is not None:
        return "" if status == 403 else f"not admitted, answered {status}"
    signed_off = (status == 303 and answer.location.startswith("/dang-nhap")) or status == 401
    return "" if signed_off else f"visitor answered {status}"


def anonymous(text: str, ref: str) -> str:
    """Return a page without what differs between any two requests: the reference, the token, what was asked."""
    text = re.sub(r'data-testid="reference">\w+<', "", text.replace(ref, "…"))
    return re.sub(r'(name="csrf_token" value|data-token)="[^"]+"', "", text)


class _Roles:
    def __init__(self, role: Role) -> None:
        self.roles = frozenset({role})


def _staff_like(person: Person) -> _Roles:
    return _Roles(person.role)


def test_the_auditor_reaches_the_log_from_the_desk_and_nothing_else_of_the_administration(app, ground: Ground):
    auditor = next(person for person in ground.of(OURS) if person.role is Role.AUDITOR)
    client = browser(app, auditor)
    assert 'href="/quan-tri/nhat-ky"' in client.get("/mot-cua/").text
    log = client.get("/quan-tri/nhat-ky").text
    assert 'href="/quan-tri/van-hanh"' in log
    assert 'href="/quan-tri/tai-khoan"' not in log
