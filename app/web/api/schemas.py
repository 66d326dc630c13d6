"""JSON Schemas of the API's answers (lược đồ): closed objects, so that nothing leaves unseen."""

from __future__ import annotations

from typing import Any

from app.domain.figures import CELLS_06A
from app.domain.rate_formulas import RATES
from workflows.states import State

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MOMENT: Schema = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$"}
DAY: Schema = {"type": "string", "format": "date"}
MAYBE: Schema = {"type": ["string", "null"]}
NATIONAL: Schema = {"type": "integer", "minimum": 1, "maximum": 10}
STATE: Schema = {"enum": sorted(state.value for state in State)}


def ref(name: str) -> Schema:
    """Return a reference to a schema of the description."""
    return {"$ref": f"#/components/schemas/{name}"}


def closed(**properties: Schema) -> Schema:
    """Return an object with exactly these properties."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(properties),
        "properties": properties,
    }


def many(schema: Schema) -> Schema:
    """Return a list of these."""
    return {"type": "array", "items": schema}


_CELLS: Schema = {cell.id: COUNT for cell in CELLS_06A}
_OF_PERIOD: Schema = {"unit": TEXT, "descendants": {"type": "boolean"}, "from": DAY, "to": DAY}
_RATE = closed(
    numerator=COUNT, denominator=COUNT, rate={"type": ["number", "null"], "minimum": 0, "maximum": 1}
)
SCHEMAS: dict[str, Schema] = {
    "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
    "Problem": closed(
        type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT, reference=TEXT, code=TEXT, where=MAYBE
    ),
    "Tracking": closed(number=TEXT, secret=TEXT),
    "Tracked": closed(
        number=TEXT,
        filing_number=TEXT,
        state=STATE,
        national_status=NATIONAL,
        procedure=closed(code=TEXT, name=TEXT),
        filed_at=MOMENT,
        received_at=MOMENT,
        promised_at=MOMENT,
        ended_at=MOMENT,
        returned_at=MOMENT,
        settling_unit=TEXT,
        step=TEXT,
        fee_due_vnd=COUNT,
        fee_paid_vnd=COUNT,
    ),
    "Procedures": closed(total=COUNT, page=COUNT, procedures=many(closed(code=TEXT, name=TEXT, field=TEXT))),
    "Procedure": closed(
        code=TEXT,
        name=TEXT,
        field=TEXT,
        decision=TEXT,
        effective_from=DAY,
        result=TEXT,
        papers=many(closed(name=TEXT, required={"type": "boolean"})),
        desks=COUNT,
    ),
    "Form06a": closed(**_OF_PERIOD, form=TEXT, rows=many(closed(field=TEXT, **_CELLS)), total=closed(**_CELLS)),
    "Rates": closed(**_OF_PERIOD, rates=closed(**{rate.id: _RATE for rate in RATES})),
    "Changes": closed(
        cursor=COUNT,
        more={"type": "boolean"},
        dossiers=many(
            closed(
                code=MAYBE,
                filing_number=TEXT,
                external_code=MAYBE,
                procedure_code=TEXT,
                unit_code=TEXT,
                channel={"enum": [1, 2, 3]},
                state=STATE,
                national_status=NATIONAL,
                received_at=MOMENT,
                promised_at=MOMENT,
                ended_at=MOMENT,
                changed_at=MOMENT,
            )
        ),
    ),
}
