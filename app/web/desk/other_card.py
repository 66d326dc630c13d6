"""A scanned card of somebody else than who is on the form (thẻ của người khác): told, taken when the clerk says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.citizen_card import CitizenCard, contradicted

USE_CARD = "use_card"  # the act by which a clerk takes the card


@dataclass(frozen=True, slots=True)
class OtherCard:
    """A card just scanned that is not of the person on the form; what stands there is kept until the clerk says.

    `unlike` has label, what stands on the form and what the card says; `scanned` is the card's text.
    """

    scanned: str
    unlike: tuple[tuple[str, str, str], ...]


def other_card(scanned: str, card: CitizenCard, given: Mapping[str, tuple[str, str]]) -> OtherCard | None:
    """Return the card with what it contradicts of `given`: "number", "name", "birth" with label and what stands there.

    None where it can be the same person's.
    """
    on_card = {"number": card.number, "name": card.name, "birth": card.birth}
    typed = {what: stands for what, (_label, stands) in given.items()}
    unlike = tuple((*given[what], on_card[what]) for what in contradicted(card, **typed))
    return OtherCard(scanned, unlike) if unlike else None
