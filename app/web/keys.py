"""Who asks through the API (khóa kết nối): the key of a linked system, its scope, its number a minute."""

from __future__ import annotations

from typing import cast

from flask import g, request
from werkzeug.exceptions import Forbidden, TooManyRequests, Unauthorized

from app.services import api_keys
from app.services.api_keys import KnownKey
from app.web.context import house, now

_SCHEME = "Bearer "


def admit(scope: str) -> None:
    """Let a living key with this scope pass. Raises Unauthorized, Forbidden, TooManyRequests."""
    header = request.headers.get("Authorization", "")
    if not header.startswith(_SCHEME):
        raise Unauthorized
    with house().reading() as db:
        key = api_keys.known(db, header.removeprefix(_SCHEME).strip())
    if key is None:
        raise Unauthorized
    with house().unit_of_work() as uow:
        wait = api_keys.count(uow, key, now())
    if wait:
        raise TooManyRequests(retry_after=wait)
    if not key.may(scope):
        raise Forbidden
    g.api_key = key


def api_key() -> KnownKey:
    """Return the key of this request, which declared access has let pass."""
    return cast(KnownKey, g.api_key)
