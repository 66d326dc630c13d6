"""The scan station for the eye (trình bày trạm quét): pages as cards, papers as numbered places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain.scans import LEAST_DPI
from app.i18n import gettext as _
from app.queries.batches import BatchShown, PageOfBatch, PaperPlace
from app.services.batches import Choice
from app.web.desk.presenters.marks import Mark
from app.web.filters import vn_datetime


@dataclass(frozen=True, slots=True)
class Card:
    """One page: its picture, where it goes, how it was turned, whether it is left out."""

    id: int
    title: str
    picture: str
    marks: tuple[Mark, ...]
    place: str
    turned: int
    dropped: bool


@dataclass(frozen=True, slots=True)
class Target:
    """One paper; `key` is the digit that lays a page on it, empty from the tenth on."""

    place: str
    key: str
    number: str
    name: str
    label: str
    pages: int


@dataclass(frozen=True, slots=True)
class Station:
    """The whole page."""

    id: int
    running: tuple[Mark, int] | None
    error: str
    problems: tuple[str, ...]
    cards: tuple[Card, ...]
    targets: tuple[Target, ...]
    progress_address: str
    errors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """A batch that waits to be laid out."""

    address: str
    words: str


def station_page(
    batch: BatchShown,
    places: Sequence[PaperPlace],
    chosen: Mapping[int, Choice],
    *,
    errors: tuple[tuple[str, str], ...],
) -> Station:
    """Return the page of a batch; what was chosen in a refused form stays chosen."""
    only = places[0].place if len(places) == 1 else ""
    least = {place.place: place.least_dpi for place in places}
    cards = tuple(_card(batch.id, page, chosen.get(page.id), only, least=least) for page in batch.pages)
    return Station(
        batch.id,
        _running(batch),
        batch.error if batch.state == "failed" else "",
        batch.problems,
        cards,
        tuple(_target(place, key, cards) for key, place in enumerate(places, start=1)),
        url_for("desk.batch_progress", batch_id=batch.id),
        errors,
    )


def open_batch(batch_id: int, at: datetime) -> OpenBatch:
    """Return a waiting batch as a link."""
    return OpenBatch(url_for("desk.batch", batch_id=batch_id), _("Lô quét lúc %(when)s", when=vn_datetime(at)))


def _running(batch: BatchShown) -> tuple[Mark, int] | None:
    if batch.state not in {"waiting", "running"}:
        return None
    return Mark("pause", "hourglass-split", _("Đang tách trang")), batch.progress


def _card(batch_id: int, page: PageOfBatch, choice: Choice | None, only: str, *, least: Mapping[str, int]) -> Card:
    choice = choice or Choice(page.place or only, page.turned, page.dropped)
    return Card(
        page.id,
        _("Trang %(n)s", n=page.ordinal + 1),
        url_for("desk.page_of_batch", batch_id=batch_id, page_id=page.id),
        tuple(_marks(page, least.get(choice.place, LEAST_DPI["ordinary"]))),
        choice.place,
        choice.turned,
        choice.dropped,
    )


def _marks(page: PageOfBatch, least_dpi: int) -> list[Mark]:
    kinds = {
        "blank": Mark("plain", "file-earmark", _("Trang trắng")),
        "separator": Mark("done", "upc-scan", _("Tờ phân cách")),
        "twin": Mark("soon", "files", _("Giống trang trước")),
    }
    found = [kinds[page.kind]] if page.kind in kinds else []
    if page.kind in {"page", "twin"} and page.dpi < least_dpi:
        words = _("%(n)s dpi, cần %(least)s, nên quét lại", n=page.dpi, least=least_dpi)
        found.append(Mark("soon", "exclamation-triangle", words))
    return found


def _target(place: PaperPlace, key: int, cards: Sequence[Card]) -> Target:
    pages = sum(card.place == place.place and not card.dropped for card in cards)
    label = f"{place.ordinal}. {place.name}"
    return Target(place.place, str(key) if key <= 9 else "", place.number, place.name, label, pages)
