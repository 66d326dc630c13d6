"""What each of a dossier's authorities sees of it (phần của từng nơi): its part and nothing more.

Who settles sees all. Who received sees what passed over its desk; who returns, the person and the released result;
who only helped to file, that it is on its way.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Dossier, FileLink, Result
from app.domain.parts import Part, Places
from app.domain.people import Staff
from app.queries.dossier_values import DossierFile, PersonShown

# Turns that every authority of a dossier may know of; the work inside is the settling agency's.
OUTSIDE = frozenset(
    {
        *("dossier:filed", "dossier:received", "dossier:refused", "dossier:competent_received"),
        *("dossier:supplement_asked", "dossier:supplemented", "dossier:supplement_expired"),
        *("dossier:payment_asked", "dossier:paid", "dossier:extended", "dossier:withdrawn", "dossier:stopped"),
        *("dossier:finished", "dossier:returned", "dossier:reissued", "dossier:corrected"),
    }
)


def places_of(dossier: Dossier) -> Places:
    """Return the four authorities of a dossier."""
    return Places(
        dossier.filing_unit_id, dossier.receiving_unit_id, dossier.settling_unit_id, dossier.returning_unit_id
    )


def only_part(file: DossierFile, places: Places, staff: Staff) -> DossierFile:
    """Return the page's dossier kept to what the person's authority is to it."""
    parts = places.parts_of(staff.root_unit_id, staff.unit_id)
    if Part.SETTLING in parts or not parts:  # who was asked for an opinion sees what it is asked about
        return file
    released = tuple(result for result in file.results if result.state == "released")
    outside = replace(
        file,
        steps=(),
        hops=(),
        holder="",
        consultations=(),
        pauses=(),
        results=released,
        events=tuple(event for event in file.events if event.kind in OUTSIDE),
    )
    if Part.RECEIVING in parts:
        return outside
    bare = replace(
        outside,
        papers=tuple(replace(paper, files=()) for paper in file.papers),
        own_fields=(),
        supplements=(),
        corrections=(),
        forms=(),
    )
    return bare if Part.RETURNING in parts else replace(bare, results=(), papers=(), people=_names(file))


def may_open_file(session: Session, dossier: Dossier, link: FileLink, staff: Staff) -> bool:
    """Tell whether a file of the dossier belongs to the part of the person's authority."""
    parts = places_of(dossier).parts_of(staff.root_unit_id, staff.unit_id)
    if Part.SETTLING in parts or not parts:
        return True
    if link.kind == "result":
        released = select(Result.id).where(Result.id == link.owner_id, Result.state == "released")
        return bool(parts & {Part.RECEIVING, Part.RETURNING}) and session.scalar(released) is not None
    return Part.RECEIVING in parts


def _names(file: DossierFile) -> tuple[PersonShown, ...]:
    return tuple(replace(person, id_masked="", phone_masked="", birth="", letter="") for person in file.people)
