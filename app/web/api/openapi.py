"""The description of the API (OpenAPI 3.1): operations as rows, answers as JSON Schemas that tests hold it to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.api_scopes import Scope
from app.domain.figures import CELLS_06A
from app.domain.rate_formulas import RATES
from app.web.api.schemas import SCHEMAS, ref

VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    schema: dict[str, Any]
    where: str = "query"
    required: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: what it answers to whom."""

    path: str
    method: str
    id: str
    summary: str
    answer: str
    scope: Scope | None = None
    parameters: tuple[Parameter, ...] = ()
    body: str = ""


_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_OF_PERIOD = (
    Parameter("from", _DAY, required=True, words="First day."),
    Parameter("to", _DAY, required=True, words="The day after the last one."),
    Parameter("unit", {"type": "string"}, words="Identifier of a unit within the key's organisation."),
)
OPERATIONS: tuple[Operation, ...] = (
    Operation("/openapi.json", "get", "openapi", "This description.", "Description"),
    Operation(
        "/tracking", "post", "tracking", "A dossier by number and secret.", "Tracked", Scope.TRACKING, body="Tracking"
    ),
    Operation(
        "/procedures",
        "get",
        "procedures",
        "Procedures received here.",
        "Procedures",
        Scope.CATALOGUE,
        (Parameter("q", {"type": "string"}), Parameter("page", {"type": "integer", "minimum": 1})),
    ),
    Operation(
        "/procedures/{code}",
        "get",
        "procedure",
        "One procedure as in force.",
        "Procedure",
        Scope.CATALOGUE,
        (Parameter("code", {"type": "string"}, where="path", required=True),),
    ),
    Operation("/figures/06a", "get", "form_06a", "Form II.06a.", "Form06a", Scope.FIGURES, _OF_PERIOD),
    Operation("/figures/rates", "get", "rates", "Rates with both counts.", "Rates", Scope.FIGURES, _OF_PERIOD),
    Operation(
        "/dossiers",
        "get",
        "dossiers",
        "Dossiers that changed after a cursor.",
        "Changes",
        Scope.STATUS,
        (Parameter("cursor", {"type": "integer", "minimum": 0}),),
    ),
)
_REFUSALS = {
    "400": "Not readable.",
    "401": "No living key.",
    "403": "The key lacks the scope.",
    "404": "Not there, or not this key's to see.",
    "422": "A value is missing or wrong; `where` names it.",
    "429": "Too often; Retry-After says how long to wait.",
}


def document() -> dict[str, Any]:
    """Return the whole description."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    cells, rates = [cell.id for cell in CELLS_06A], [rate.id for rate in RATES]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Một cửa",
            "version": VERSION,
            "description": "For linked systems. Times are ISO 8601 with +07:00; a rate is 0–1 or null. "
            f"Cells of 06a: {', '.join(cells)}. Rates: {', '.join(rates)}.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "mck_…"}},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "responses": {"200": _answer(operation.summary, operation.answer, "application/json")},
    }
    if operation.parameters:
        told["parameters"] = [
            {"name": one.name, "in": one.where, "required": one.required, "schema": one.schema}
            | ({"description": one.words} if one.words else {})
            for one in operation.parameters
        ]
    if operation.body:
        content = {"application/json": {"schema": ref(operation.body)}}
        told["requestBody"] = {"required": True, "content": content}
    if operation.scope:
        told["security"] = [{"key": [operation.scope.value]}]
        told["responses"] |= {
            status: _answer(words, "Problem", "application/problem+json") for status, words in _REFUSALS.items()
        }
    return told


def _answer(words: str, schema: str, media: str) -> dict[str, Any]:
    return {"description": words, "content": {media: {"schema": ref(schema)}}}
