"""Tables of addresses: each area lists its doors as rows, and each row says who may pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.web.access import Access, declare


@dataclass(frozen=True, slots=True)
class Url:
    """One address: path below the blueprint's prefix, the view, its methods and its access.

    `endpoint` defaults to the view's name; give one when a view serves two addresses with different access.
    """

    path: str
    view: Callable[..., Any]
    methods: tuple[str, ...] = ("GET",)
    _: KW_ONLY
    access: Access
    endpoint: str | None = None

    @property
    def name(self) -> str:
        """The endpoint within the blueprint."""
        return self.endpoint or self.view.__name__


def register(blueprint: Blueprint, urls: Iterable[Url]) -> Blueprint:
    """Add `urls` to `blueprint` with their access, and return it."""
    for url in urls:
        blueprint.add_url_rule(url.path, url.name, url.view, methods=list(url.methods))
        blueprint.record(_declaring(url))
    return blueprint


def _declaring(url: Url) -> Callable[[BlueprintSetupState], None]:
    def record(state: BlueprintSetupState) -> None:
        # The setup state knows the name under which the blueprint is mounted, nested ones included.
        prefix = f"{state.name_prefix}.{state.name}".lstrip(".")
        declare(state.app, f"{prefix}.{url.name}", url.access)

    return record
