"""The API is what its description says: every operation is asked, every answer held to its schema, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.cli.main import run
from app.domain.api_scopes import Scope
from app.domain.people import SCHEDULER
from app.queries.units import unit_id_by_code
from app.services import api_keys
from tests.support.apps import application
from tests.support.seeded import BIRTH, SINGLE, Desk

COMMUNE, PROVINCE = "H99.105", "H99"
NOVEMBER = "from=2026-11-01&to=2026-12-01"
# What each operation is asked with: an address and, where it wants one, a body.
ASKED = {
    "openapi": "/openapi.json",
    "tracking": "/tracking",
    "procedures": "/procedures?q=khai+sinh",
    "procedure": f"/procedures/{SINGLE}",
    "form_06a": f"/figures/06a?{NOVEMBER}",
    "rates": f"/figures/rates?{NOVEMBER}&unit={COMMUNE}",
    "dossiers": "/dossiers?cursor=0",
}


@pytest.fixture
def app(desk: Desk) -> Flask:
    return application(desk.house)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def key(desk: Desk, *scopes: Scope, unit: str = COMMUNE, per_minute: int = 60, name: str = "test") -> dict[str, str]:
    """Return the header of a new key."""
    with desk.house.reading() as db:
        unit_id = unit_id_by_code(db, unit)
    with desk.house.unit_of_work() as uow:
        at = desk.clock.now()
        made = api_keys.give(uow, unit_id, name, scopes or tuple(Scope), per_minute=per_minute, at=at, by=SCHEDULER)
    return {"Authorization": f"Bearer {made}"}


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def held(description: dict[str, Any], operation: dict[str, Any], answer: Any) -> None:
    """Hold an answer to the schema of its status."""
    told = operation["responses"][str(answer.status_code)]["content"]
    assert answer.mimetype in told
    schema = told[answer.mimetype]["schema"] | {"components": description["components"]}
    jsonschema.validate(answer.get_json(), schema, format_checker=jsonschema.FormatChecker())


def test_every_operation_answers_as_described(client: FlaskClient, desk: Desk):
    received, headers = desk.receive(BIRTH), key(desk)
    description = client.get("/api/v1/openapi.json").get_json()
    body = {"number": received.code, "secret": received.secret}
    asked = set()
    for _path, method, operation in operations(description):
        name = operation["operationId"]
        more = {"json": body} if "requestBody" in operation else {}
        answer = client.open(f"/api/v1{ASKED[name]}", method=method.upper(), headers=headers, **more)
        assert answer.status_code == 200, (name, answer.text)
        held(description, operation, answer)
        asked.add(name)
    assert asked == ASKED.keys()


def test_the_description_names_every_route_and_no_other(app: Flask, client: FlaskClient):
    description = client.get("/api/v1/openapi.json").get_json()
    listed = [(path.replace("{", "<").replace("}", ">"), method.upper()) for path, method, _ in operations(description)]
    described = set(listed)
    assert len(listed) == len(described)
    real = {
        (rule.rule.removeprefix("/api/v1"), method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods & {"GET", "POST"}
    }
    assert described == real
    names = set(description["components"]["schemas"])
    used = {part.rsplit("/", 1)[1] for part in _references(description)}
    assert used == names


def test_without_a_key_with_a_dead_one_and_without_the_scope(client: FlaskClient, desk: Desk):
    description = client.get("/api/v1/openapi.json").get_json()
    little = key(desk, Scope.CATALOGUE)
    for _path, method, operation in operations(description):
        if "security" not in operation:
            continue
        address = f"/api/v1{ASKED[operation['operationId']]}"
        for headers in ({}, {"Authorization": "Bearer mck_no"}, {"Authorization": "Basic x"}):
            refused = client.open(address, method=method.upper(), headers=headers)
            assert refused.status_code == 401
            held(description, operation, refused)
        if operation["security"] != [{"key": ["catalogue"]}]:
            refused = client.open(address, method=method.upper(), headers=little)
            assert refused.status_code == 403
            held(description, operation, refused)
    with desk.house.reading() as db:
        unit_id = unit_id_by_code(db, COMMUNE)
    with desk.house.unit_of_work() as uow:
        api_keys.take_back(uow, unit_id, "test", at=desk.clock.now())
    assert client.get("/api/v1/procedures", headers=little).status_code == 401


def test_too_many_questions_wait_for_the_next_minute(client: FlaskClient, desk: Desk):
    headers = key(desk, per_minute=2)
    seen = [client.get("/api/v1/procedures", headers=headers) for _ in range(3)]
    assert [answer.status_code for answer in seen] == [200, 200, 429]
    assert 0 < int(seen[2].headers["Retry-After"]) <= 60
    desk.clock.advance(timedelta(minutes=1))
    assert client.get("/api/v1/procedures", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/figures/06a", 422),
        ("/figures/06a?from=2026-13-01&to=2026-12-01", 422),
        ("/figures/06a?from=2026-12-01&to=2026-11-01", 422),
        (f"/figures/06a?{NOVEMBER}&unit=H99.12", 404),  # another organisation's
        (f"/figures/06a?{NOVEMBER}&unit=H00", 404),
        ("/procedures/9.999999", 404),
        ("/no-such-thing", 404),
    ],
)
def test_bad_questions_are_named_and_strangers_are_not_there(client: FlaskClient, desk: Desk, address, status):
    answer = client.get(f"/api/v1{address}", headers=key(desk))
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["code"]


def test_a_wrong_secret_and_an_unknown_number_answer_alike_and_slow_down(client: FlaskClient, desk: Desk):
    received, headers = desk.receive(BIRTH), key(desk)
    wrong = client.post("/api/v1/tracking", headers=headers, json={"number": received.code, "secret": "AAAABBBB"})
    unknown = client.post("/api/v1/tracking", headers=headers, json={"number": "H99.105-261123-9999", "secret": "A"})
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.get_json()["detail"] == unknown.get_json()["detail"]
    again = [
        client.post("/api/v1/tracking", headers=headers, json={"number": received.code, "secret": "AAAABBBB"})
        for _ in range(7)
    ]
    assert again[-1].status_code == 429
    assert client.post("/api/v1/tracking", headers=headers, data="x").status_code == 422


def test_changes_are_read_on_from_the_cursor_and_only_the_own_organisation_s(client: FlaskClient, desk: Desk):
    first = desk.receive(BIRTH).code
    mine, others = key(desk), key(desk, unit="H99.12", name="other")
    told = client.get("/api/v1/dossiers", headers=mine).get_json()
    assert [row["code"] for row in told["dossiers"]] == [first]
    assert told["more"] is False
    assert client.get("/api/v1/dossiers", headers=others).get_json()["dossiers"] == []
    second = desk.receive(BIRTH).code
    later = client.get(f"/api/v1/dossiers?cursor={told['cursor']}", headers=mine).get_json()
    assert [row["code"] for row in later["dossiers"]] == [second]
    whole = client.get("/api/v1/dossiers", headers=key(desk, unit=PROVINCE, name="all")).get_json()
    assert {row["code"] for row in whole["dossiers"]} == {first, second}


def test_keys_come_from_the_command_and_are_kept_as_digests(desk: Desk, client: FlaskClient, capsys):
    schema = json.loads((Path(__file__).parents[3] / "docs/schemas/api-key.schema.json").read_text("utf-8"))
    asked = ["api-keys", "give", "--unit", COMMUNE, "--name", "LGSP", "--scope", "figures", "--json"]
    assert run(asked) == 0
    made = json.loads(capsys.readouterr().out)
    jsonschema.validate(made, schema)
    headers = {"Authorization": f"Bearer {made['key']}"}
    assert client.get(f"/api/v1{ASKED['rates']}", headers=headers).status_code == 200
    assert run(asked) == 2  # the name is taken
    assert run(["api-keys", "give", "--unit", COMMUNE, "--name", "x", "--scope", "all", "--json"]) == 2
    capsys.readouterr()
    assert run(["api-keys", "take-back", "--unit", COMMUNE, "--name", "LGSP", "--json"]) == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), schema)
    assert client.get(f"/api/v1{ASKED['rates']}", headers=headers).status_code == 401


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
