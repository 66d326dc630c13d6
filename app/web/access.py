"""Who may pass which door (quyền truy cập). The default is no: a route without declared access stops the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask

from app.domain.people import Role, Staff

REGISTRY = "motcua.access"
# Style sheets, scripts and icons: our own folder and the one inside the Bootstrap-Flask package.
STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})


class Audience(StrEnum):
    """For whom a door is meant."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    ROLES = "roles"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Access:
    """The declared answer of one route to the question "who may?"; object scope comes after it, in queries."""

    audience: Audience
    roles: frozenset[Role] = frozenset()
    scope: str = ""  # what a linked system's key has to allow

    def admits(self, staff: Staff | None) -> bool:
        """Tell whether `staff` (None: nobody signed in) may pass."""
        if self.audience is Audience.PUBLIC:
            return True
        if staff is None or self.audience is Audience.KEY:
            return False
        return self.audience is Audience.SIGNED_IN or not self.roles.isdisjoint(staff.roles)


class AccessUndeclared(RuntimeError):
    """A route was added without saying who may use it; the application refuses to start."""


class AccessContradicted(RuntimeError):
    """One endpoint was declared twice with different access."""


def public() -> Access:
    """Anybody, signed in or not (người dân, doanh nghiệp)."""
    return Access(Audience.PUBLIC)


def signed_in() -> Access:
    """Any member of staff with a living session, whatever the role."""
    return Access(Audience.SIGNED_IN)


def requires(*roles: Role) -> Access:
    """Members of staff who hold at least one of `roles`."""
    if not roles:
        raise ValueError("requires() needs at least one role; use signed_in() for all of them")
    return Access(Audience.ROLES, frozenset(roles))


def by_key(scope: str) -> Access:
    """Linked systems whose key has this scope (hệ thống kết nối); no session of a person opens it."""
    return Access(Audience.KEY, scope=scope)


def declare(app: Flask, endpoint: str, access: Access) -> None:
    """Record the access of `endpoint`. Raises AccessContradicted when it was declared otherwise before."""
    known = app.extensions.setdefault(REGISTRY, {})
    if known.setdefault(endpoint, access) != access:
        raise AccessContradicted(endpoint)


def access_of(app: Flask, endpoint: str) -> Access:
    """Return the access declared for `endpoint`. Raises AccessUndeclared when there is none."""
    if endpoint in STATIC_ENDPOINTS:
        return public()
    declared: dict[str, Access] = app.extensions.get(REGISTRY, {})
    if endpoint not in declared:
        raise AccessUndeclared(endpoint)
    return declared[endpoint]


def undeclared(app: Flask) -> Iterator[str]:
    """Yield each route that no table of addresses declares."""
    declared = app.extensions.get(REGISTRY, {})
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in declared and rule.endpoint not in STATIC_ENDPOINTS:
            yield f"{rule.rule} ({rule.endpoint})"


def refuse_undeclared(app: Flask) -> None:
    """Stop the start when a route has no declared access. Raises AccessUndeclared naming all of them."""
    holes = sorted(undeclared(app))
    if holes:
        raise AccessUndeclared(", ".join(holes))
