"""From the answers of a draft to what the service files (hồ sơ nộp trực tuyến)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.channels import Channel, Delivery
from app.domain.people import IdKind, PersonData
from app.i18n import gettext as _
from app.queries.offered import OfferedProcedure
from app.services.drafts import DraftRow
from app.services.values import ComponentData, Filing
from app.web.public import journey


def filing_of(procedure: OfferedProcedure, row: DraftRow) -> Filing:
    """Return the filing that a complete draft describes."""
    data = row.data
    applicant = _person(data[journey.PERSON], data[journey.CONTACT])
    other = data.get(journey.SUBJECT) if data.get("whom") == "other" else None
    delivery = data[journey.DELIVERY]
    return Filing(
        procedure_code=procedure.code,
        unit_code=data["unit"],
        channel=Channel.ONLINE,
        applicant=applicant,
        subject=_person(other, {}) if other else None,
        authorised=_authorised(applicant, other) if other and other.get("letter") else None,
        case=data.get("case", ""),
        own=journey.own_answers(data),
        components=_components(procedure, data),
        delivery=Delivery(delivery["delivery"]),
        delivery_address=delivery.get("delivery_address") or "",
        request_id=data["request_id"],
        draft_id=row.id,
    )


def still_open(asked: tuple[journey.Question, ...], data: Mapping[str, Any]) -> list[journey.Question]:
    """Return the questions that have no answer yet."""
    done = set(data.get("done", ()))
    return [question for question in asked[:-1] if question.slug not in done]


def _components(procedure: OfferedProcedure, data: Mapping[str, Any]) -> tuple[ComponentData, ...]:
    """State what is known of each paper; those with files become electronic when the draft is taken over."""
    stated = []
    for paper in procedure.papers:
        if paper.exemption:
            stated.append(ComponentData(paper.ordinal, "exempt", paper.exemption))
        elif journey.is_filled_in(procedure, paper):
            stated.append(ComponentData(paper.ordinal, "electronic", note=_("Điền trực tiếp trên trang nộp hồ sơ")))
        elif (data.get(f"{journey.PAPER}-{paper.ordinal}") or {}).get("later"):
            stated.append(ComponentData(paper.ordinal, "missing", note=_("Người nộp mang bản giấy đến quầy")))
    return tuple(stated)


def _person(kept: Mapping[str, Any], contact: Mapping[str, Any]) -> PersonData:
    return PersonData(
        name=kept["name"],
        id_kind=IdKind(kept["id_kind"]),
        id_number=kept.get("id_number") or "",
        birth=kept.get("birth") or "",
        sex=kept.get("sex") or "",
        address=kept.get("address") or "",
        phone=contact.get("phone") or "",
        email=contact.get("email") or "",
    )


def _authorised(applicant: PersonData, other: Mapping[str, Any]) -> PersonData:
    return replace(applicant, letter=str(other["letter"]))
