"""The home (MOTCUA_HOME): made and migrated by the first command that needs it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from app.cli import common
from app.db import migrating
from app.db.session import make_engine
from app.settings import Settings
from app.wiring import House, build_house
from workflows.errors import N_, RuleBroken

OWNER_ONLY: Final = 0o700


class HomeUnusable(RuleBroken):
    """The data folder cannot be made or written."""

    code = "home_unusable"
    sentence = N_(
        "Không ghi được vào thư mục dữ liệu {home}: {reason}. "
        "Hãy sửa quyền, hoặc đặt MOTCUA_HOME sang thư mục khác."
    )


class DatabaseIsNewer(RuleBroken):
    """The database was written by a newer version of this program; it is left as it is."""

    code = "database_is_newer"
    sentence = N_(
        "Cơ sở dữ liệu ({found}) mới hơn chương trình này ({newest}) nên không được mở. "
        "Hãy nâng cấp chương trình."
    )


def open_house(**overrides: Any) -> House:
    """Return the house of this process over a home that is made and migrated.

    Raises SettingsInvalid, HomeUnusable, DatabaseIsNewer, VaultError.
    """
    settings = common.settings(**overrides)
    prepare(settings)
    return build_house(settings)


def prepare(settings: Settings) -> tuple[str | None, str | None]:
    """Make the home and bring its database up to date; return the revision before and after."""
    make_folder(settings.home)
    engine = make_engine(settings.database_url)
    try:
        with only_one(settings.home):
            return _migrated(engine)
    finally:
        engine.dispose()


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may read. Raises HomeUnusable."""
    try:
        folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        probe = folder / ".write-test"
        probe.touch()
        probe.unlink()
    except OSError as wrong:
        raise HomeUnusable(where="MOTCUA_HOME", home=folder, reason=wrong.strerror) from wrong


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the lock of the home: two commands at once do not both migrate or restore it."""
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrated(engine: Engine) -> tuple[str | None, str | None]:
    before, newest = migrating.revision(engine), migrating.newest()
    if before is not None and not migrating.is_known(before):
        raise DatabaseIsNewer(where="MOTCUA_DATABASE_URL", found=before, newest=newest)
    if before != newest:
        migrating.upgrade(engine)
    return before, newest
