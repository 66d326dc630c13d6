"""`motcua api-keys`: give a linked system its key, take it back."""

from __future__ import annotations

import click

from app.cli.common import answer, json_option
from app.cli.home import opened_house
from app.domain.api_scopes import PER_MINUTE, Scope, scopes_of
from app.domain.people import SCHEDULER
from app.queries.units import unit_id_by_code
from app.services import api_keys as service
from app.wiring import House

_UNIT = click.option("--unit", "unit_code", required=True, metavar="CODE", help="Identifier of the organisation.")
_NAME = click.option("--name", required=True, help="What the key is called within the organisation.")


@click.group("api-keys")
def api_keys() -> None:
    """Keys of linked systems."""


@api_keys.command()
@_UNIT
@_NAME
@click.option("--scope", "scopes", multiple=True, required=True, help=", ".join(scope.value for scope in Scope))
@click.option("--per-minute", type=click.IntRange(1, 10_000), default=PER_MINUTE, show_default=True)
@json_option
def give(*, unit_code: str, name: str, scopes: tuple[str, ...], per_minute: int) -> None:
    """Give a new key and print it, this once."""
    rights = scopes_of(scopes)
    with opened_house() as house:
        unit_id = _unit(house, unit_code)
        with house.unit_of_work() as uow:
            at = house.clock.now()
            key = service.give(uow, unit_id, name, rights, per_minute=per_minute, at=at, by=SCHEDULER)
    told = {"unit": unit_code, "name": name, "scopes": [scope.value for scope in rights], "key": key}
    answer(told, [f"Khóa (chỉ hiện một lần): {key}"])


@api_keys.command("take-back")
@_UNIT
@_NAME
@json_option
def take_back(*, unit_code: str, name: str) -> None:
    """End a key at once."""
    with opened_house() as house:
        unit_id = _unit(house, unit_code)
        with house.unit_of_work() as uow:
            service.take_back(uow, unit_id, name, at=house.clock.now())
    answer({"unit": unit_code, "name": name, "taken_back": True}, [f"Đã thu hồi khóa {name} của {unit_code}."])


def _unit(house: House, code: str) -> int:
    with house.reading() as session:
        try:
            return unit_id_by_code(session, code)
        except LookupError:
            raise click.BadParameter(f"không có đơn vị {code}", param_hint="--unit") from None
