"""`motcua demo`: prepare the invented house, print its accounts, fill it with dossiers."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from app.cli import common, home, home_folder
from app.demo_past import lived_through
from app.seed import house as demo_house
from app.seed.demo_fill import fill as fill_house
from app.seed.demo_plan import FULL_DAY, TOTAL
from app.settings import Settings


@click.group()
def demo() -> None:
    """The demo house: accounts, data."""


@demo.command()
def prepare() -> None:
    """Plant seed, units, accounts and test certificates; what is there stands."""
    with home.opened_house(demo=True) as house:
        demo_house.prepare(house, house.clock.now())


@demo.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def accounts(*, as_json: bool) -> None:
    """Print role, unit, login, password and signing PIN of each demo account."""
    rows = [asdict(account) for account in demo_house.demo_accounts()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    click.echo(f"  {'Tài khoản':<20}{'Mật khẩu':<20}{'PIN ký':<9}{'Đơn vị':<11}Vai trò – tên")
    for row in rows:
        click.echo(
            f"  {row['login']:<20}{row['password']:<20}{row['pin'] or '–':<9}"
            f"{row['unit']:<11}{row['role']} – {row['name']}"
        )


@demo.command()
@click.option("--total", type=click.IntRange(1, 5_000), default=TOTAL, show_default=True)
@click.option("--full-day", type=click.IntRange(0, 800), default=FULL_DAY, show_default=True)
def fill(*, total: int, full_day: int) -> None:
    """Let invented dossiers live through the real services, up to now."""
    with home.opened_house(demo=True) as house, lived_through(house.settings.home):
        begun = fill_house(house, house.clock.now(), total=total, full_day=full_day, report=_show)
        if begun:
            home_folder.note_demo_filled(house.settings)
    common.tell(_filled(begun, house.settings))


def _filled(begun: int, settings: Settings) -> str:
    if begun:
        return f"Dữ liệu mẫu: {begun} hồ sơ."
    if home_folder.demo_is_filled(settings):
        return "Dữ liệu mẫu đã có sẵn."
    return (
        "Dữ liệu mẫu còn dở: lần nạp trước bị ngắt giữa chừng. "
        f"Để có đủ, hãy dừng, xóa thư mục {settings.home} rồi chạy lại."
    )


def _show(done: int, total: int) -> None:
    if done % 25 == 0 or done == total:
        sys.stderr.write(f"\r  Dữ liệu mẫu {done}/{total}")
        sys.stderr.flush()
