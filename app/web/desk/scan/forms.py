"""What the scan station sends (biểu mẫu trạm quét): a place, a turn and a tick for each page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from app.services.batches import Choice

_PAGE = re.compile(r"^page-(\d{1,12})$")
_PLACE = re.compile(r"^[A-Za-z0-9.\-]{4,40}/\d{2}$")
_QUARTERS = {"90": 90, "180": 180, "270": 270}


def choices_of(form: MultiDict[str, str]) -> dict[int, Choice]:
    """Return what was chosen for each page that the form named; a place that is none counts as nowhere yet."""
    return {int(found[1]): _choice(form, found[1]) for name in form if (found := _PAGE.match(name))}


def numbers_asked(values: MultiDict[str, str], *, most: int) -> list[str]:
    """Return the dossier numbers asked for, at most so many."""
    return [number.strip()[:40] for number in values.getlist("ho_so") if number.strip()][:most]


def _choice(form: Mapping[str, str], page: str) -> Choice:
    place = form.get(f"place-{page}", "")
    return Choice(
        place if _PLACE.match(place) else "",
        _QUARTERS.get(form.get(f"turned-{page}", ""), 0),
        form.get(f"drop-{page}") == "1",
    )
