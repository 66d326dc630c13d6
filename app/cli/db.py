"""`motcua db`: upgrade, check, recount, backup and restore of the database and the files of a home."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli import backup as backups
from app.cli import common, home_folder
from app.cli.home import opened_house
from app.db import checking
from app.db.session import make_engine
from app.services.period_counts import touch_all


@click.group()
def db() -> None:
    """The database: upgrade, check, recount, backup, restore."""


@db.command()
@common.json_option
def upgrade() -> None:
    """Bring the database to the schema of this version; says what it was before."""
    before, after = home_folder.prepare(common.settings())
    said = "đã ở phiên bản mới nhất" if before == after else f"{before or 'trống'} → {after}"
    common.answer({"before": before, "after": after}, [f"Cơ sở dữ liệu: {said}."])


@db.command()
@common.json_option
def check() -> None:
    """Look for damage: the engine's own check, broken references, a schema that is not ours."""
    settings = common.settings()
    home_folder.prepare(settings)
    engine = make_engine(settings.database_url)
    problems = checking.problems(engine)
    engine.dispose()
    common.answer({"ok": not problems, "problems": problems}, problems or ["Cơ sở dữ liệu lành lặn."])
    if problems:
        common.negative()


@db.command()
@common.json_option
def recount() -> None:
    """Let the scheduler count anew all that it counted ahead: for when `motcua doctor` found a difference."""
    with opened_house() as house, house.unit_of_work() as uow:
        units = touch_all(uow)
    common.answer({"units": units}, [f"Bộ lập lịch sẽ đếm lại số liệu của {units} đơn vị."])


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@common.json_option
def backup(file: Path) -> None:
    """Write database and files to FILE while the house works. The keys are not in it: motcua keys export."""
    settings = common.settings()
    home_folder.prepare(settings)
    made = backups.write(settings, file)
    said = f"Đã sao lưu vào {file}: {made['files']} tệp, {made['bytes']} byte."
    common.answer(made, [said, "Khóa không nằm trong bản này; giữ khóa riêng bằng: motcua keys export"])


@db.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@common.json_option
def restore(file: Path) -> None:
    """Bring back a backup into an empty home; anything else there stays untouched and is named."""
    settings = common.settings()
    home_folder.make_folder(settings.home)
    with home_folder.only_one(settings.home):
        restored = backups.read(settings, file)
    home_folder.prepare(settings)
    common.answer(restored, [f"Đã phục hồi {restored['files']} tệp và cơ sở dữ liệu lúc {restored['made_at']}."])
