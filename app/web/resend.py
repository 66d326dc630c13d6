"""What was typed is offered back (giữ nội dung đã nhập) when a session or a form ran out before it was sent.

The fields travel inside the page, never through storage. They are offered only when the browser says that
the form came from our own page: another site must not be able to put words into a member of staff's mouth.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

from app.web.next_page import local_path

OWN = frozenset({"same-origin", "none"})
# Secrets are typed again, and the stale token must not come back.
NEVER_KEPT = ("csrf_token", "password", "pin", "otp", "secret", "resend")


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that could not be taken: where it goes and what it held; files have to be chosen again."""

    action: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    def as_text(self) -> str:
        """Return the form as one hidden field's value."""
        return json.dumps({"action": self.action, "fields": self.fields, "had_files": self.had_files})


def typed_now() -> Typed | None:
    """Return what the present request brought, or None when it is no form of our own page."""
    if request.method != "POST" or not _from_our_page():
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if _may_keep(name))
    files = any(storage.filename for storage in request.files.values())
    return Typed(request.full_path.rstrip("?"), fields, files)


def typed_before(text: str) -> Typed | None:
    """Return a form that `as_text` had put aside, or None when `text` is not one."""
    try:
        kept = json.loads(text)
        action = local_path(kept["action"])
        fields = tuple((str(name), str(value)) for name, value in kept["fields"])
        return Typed(action, fields, bool(kept["had_files"])) if action else None
    except (ValueError, TypeError, KeyError):
        return None


def _may_keep(name: str) -> bool:
    return not any(word in name.lower() for word in NEVER_KEPT)


def _from_our_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
