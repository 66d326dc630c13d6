"""Proof that this browser knew number and secret, or holds a draft; kept in the browser, checked each time.

The proof of a dossier lasts half an hour and dies with the secret: a slip printed anew locks the old one out.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Response, request, session

from app.services.drafts import DraftOwner, OpenedDraft
from app.web.context import house, now

LASTS = timedelta(minutes=30)
DRAFT_COOKIE = "nhap"
DRAFT_LASTS = timedelta(days=30)
_KEY = "xem"
_MAC_SHOWN = 16  # letters of the secret's keyed digest: enough to notice a new secret


def open_dossier(dossier_id: int, secret_mac: str) -> None:
    """Remember that this browser has proven its right to see a dossier."""
    until = int((now() + LASTS).timestamp())
    session[_KEY] = [dossier_id, secret_mac[:_MAC_SHOWN], until]


def close_dossier() -> None:
    """Forget it: for the next person at a shared machine."""
    session.pop(_KEY, None)


def opened_dossier() -> tuple[int, str] | None:
    """Return the dossier this browser may see and the digest its secret had then; None when time is over."""
    kept = session.get(_KEY)
    if not kept or datetime.fromtimestamp(kept[2], UTC) < now():
        return None
    return int(kept[0]), str(kept[1])


def still_holds(secret_mac: str, shown: str) -> bool:
    """Tell whether the secret is the one that was proven."""
    return secret_mac[:_MAC_SHOWN] == shown


def keep_draft(response: Response, path: str, code: str) -> Response:
    """Leave the draft's code with this browser, for the pages below `path` alone."""
    response.set_cookie(
        DRAFT_COOKIE,
        code,
        max_age=int(DRAFT_LASTS.total_seconds()),
        path=path,
        httponly=True,
        samesite="Lax",
        secure=house().settings.secure_cookies,
    )
    return response


def drop_draft(response: Response, path: str) -> Response:
    """Take the draft's code back: it has become a dossier."""
    response.delete_cookie(DRAFT_COOKIE, path=path)
    return response


def code_of(draft: OpenedDraft) -> str:
    """Return the draft's code as it is kept and shown."""
    return f"{draft.id}.{draft.token}"


def kept_draft(code: str | None = None) -> tuple[int, DraftOwner] | None:
    """Return the draft that a code, or this browser's cookie, opens; None when it is no such code."""
    number, dot, token = (code if code is not None else request.cookies.get(DRAFT_COOKIE, "")).strip().partition(".")
    if not (dot and token and number.isascii() and number.isdigit() and len(number) < 12):
        return None
    return int(number), DraftOwner(token=token)
