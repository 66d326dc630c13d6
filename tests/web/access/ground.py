"""What the access tests stand on: people of every role in two authorities, and one dossier's code."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from app.domain.people import Role


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person: one role, one authority, the token of the session."""

    user_id: int
    role: Role
    unit: str
    token: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Everybody, and the dossier of the first authority."""

    people: tuple[Person, ...]
    dossier: str

    def of(self, unit: str) -> tuple[Person, ...]:
        """The people of one authority."""
        return tuple(person for person in self.people if person.unit == unit)


def browser(app: Flask, person: Person | None) -> FlaskClient:
    """Return a browser signed in as `person`, or a visitor's."""
    client = app.test_client()
    if person is not None:
        client.set_cookie("motcua", person.token)
    return client
