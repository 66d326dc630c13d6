"""Answers: a page, the next page, a file. Every answer of a view is made here."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any, TypeVar

from flask import abort, make_response, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

Found = TypeVar("Found")

LONGEST_NAME = 150
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f"*/:<>?\\|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def page(template: str, *, status: int = 200, **data: Any) -> Response:
    """Return `template` rendered with `data`."""
    return make_response(render_template(template, **data), status)


def see_other(endpoint: str, **values: Any) -> Response:
    """Send the browser to another page after a change (303), so that a refresh repeats nothing."""
    return redirect(url_for(endpoint, **values), code=303)


def found(row: Found | None) -> Found:
    """Return `row`, or answer 404: the same for what does not exist and for what is another unit's."""
    return row if row is not None else abort(404)


def download(content: bytes, name: str, *, media_type: str) -> Response:
    """Return `content` as a file to save; a Vietnamese name survives as `filename*` (RFC 6266)."""
    return send_file(
        io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=safe_name(name), max_age=0
    )


def inline(content: bytes, *, media_type: str) -> Response:
    """Return `content` to be shown in the page. Only for what we rendered ourselves: page images, QR codes."""
    return send_file(io.BytesIO(content), mimetype=media_type, max_age=0)


def safe_name(name: str) -> str:
    """Return `name` fit for display and for a disk: NFC, no path, control or direction characters, ≤ 150.

    The ending is kept when the middle has to be cut; device names of Windows get an underscore.
    """
    clean = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", name)).strip(" .") or "tep"
    if _DEVICES.match(clean):
        clean = f"_{clean}"
    if len(clean) <= LONGEST_NAME:
        return clean
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 10:
        return clean[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
