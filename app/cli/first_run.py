"""`motcua first-run`: the base of a real house, and the secret with which its administrator sets it up.

`motcua up` calls it on a home that is no demo; on a house that is set up it only renews the seed.
"""

from __future__ import annotations

import click

from app.cli import common
from app.cli.home import opened_house
from app.i18n import gettext as _
from app.seed.planting import seed_statutory
from app.services import first_run as service
from app.services.first_run import LIFETIME

PAGE = "/quan-tri/thiet-lap"


@click.command()
@common.json_option
def first_run() -> None:
    """Plant calendar, grounds and procedures; print the setup secret while nobody can sign in yet."""
    with opened_house() as house, house.unit_of_work() as uow:
        at = house.clock.now()
        seed_statutory(uow, at)
        secret = service.issue_secret(uow, at)
    if secret is None:
        common.answer({"needed": False}, [_("  Đã thiết lập: đăng nhập tại /dang-nhap.")])
        return
    address, until = house.settings.external_url + PAGE, at + LIFETIME
    common.answer(
        {"needed": True, "address": address, "secret": secret, "until": until},
        [
            _("  Hệ thống chưa thiết lập. Mở %(address)s", address=address),
            _("  Mã thiết lập (30 phút, dùng một lần): %(secret)s", secret=secret),
        ],
    )
