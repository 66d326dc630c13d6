"""The home (MOTCUA_HOME): made and migrated by the first command that needs it; demo kept from real.

Knows nothing of the house itself, so that `motcua up` starts its siblings without loading the printers.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from app.db import revisions
from app.db.session import make_engine
from app.settings import Settings
from workflows.errors import N_, RuleBroken

OWNER_ONLY: Final = 0o700
DEMO_MARK: Final = ".demo"
FILLED_MARK: Final = ".demo-filled"
SEED: Final = Path(__file__).parent.parent / "seed"


class HomeUnusable(RuleBroken):
    """The data folder cannot be made or written."""

    code = "home_unusable"
    sentence = N_(
        "Không ghi được vào thư mục dữ liệu {home}: {reason}. Hãy sửa quyền, hoặc đặt MOTCUA_HOME sang thư mục khác."
    )


class DatabaseIsNewer(RuleBroken):
    """The database was written by a newer version of this program; it is left as it is."""

    code = "database_is_newer"
    sentence = N_(
        "Cơ sở dữ liệu ({found}) mới hơn chương trình này ({newest}) nên không được mở. Hãy nâng cấp chương trình."
    )


class HomeInRealUse(RuleBroken):
    """Invented data was about to go into a home that holds real dossiers."""

    code = "home_in_real_use"
    sentence = N_(
        "Thư mục {home} đang dùng thật nên không nạp dữ liệu mẫu vào đây. "
        "Hãy đặt MOTCUA_HOME sang một thư mục trống, hoặc chạy không có --demo."
    )


class HomeIsDemo(RuleBroken):
    """A demo home, whose passwords everybody knows, was about to be opened as a real one."""

    code = "home_is_demo"
    sentence = N_(
        "Thư mục {home} chứa dữ liệu mẫu với mật khẩu ai cũng biết. "
        "Hãy chạy với --demo, hoặc đặt MOTCUA_HOME sang một thư mục trống để dùng thật."
    )


def prepare(settings: Settings) -> tuple[str | None, str | None]:
    """Make the home and bring its database up to date; return the revision before and after."""
    make_folder(settings.home)
    engine = make_engine(settings.database_url)
    try:
        with only_one(settings.home):
            return _migrated(engine)
    finally:
        engine.dispose()


def claim(settings: Settings) -> None:
    """Keep demo homes and real ones apart, by a mark in the home. Raises HomeInRealUse, HomeIsDemo."""
    make_folder(settings.home)
    mark = settings.home / DEMO_MARK
    if not settings.demo and mark.exists():
        raise HomeIsDemo(where="MOTCUA_HOME", home=settings.home)
    if settings.demo and not mark.exists():
        if _is_in_use(settings):
            raise HomeInRealUse(where="MOTCUA_HOME", home=settings.home)
        mark.touch()


def demo_is_ready(settings: Settings) -> bool:
    """Return whether this demo home was prepared by the seed as it is now."""
    return (settings.home / DEMO_MARK).read_text("utf-8") == _seed_fingerprint()


def note_demo_ready(settings: Settings) -> None:
    """Remember in the mark which seed the home was prepared by."""
    (settings.home / DEMO_MARK).write_text(_seed_fingerprint(), "utf-8")


def demo_is_filled(settings: Settings) -> bool:
    """Return whether a fill of this demo home came to its end: dossiers alone may be half of them."""
    return (settings.home / FILLED_MARK).exists()


def note_demo_filled(settings: Settings) -> None:
    """Remember that the demo's dossiers are all there."""
    (settings.home / FILLED_MARK).touch()


def _seed_fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(SEED.glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


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


def _is_in_use(settings: Settings) -> bool:
    engine = make_engine(settings.database_url)
    found = revisions.revision(engine)
    engine.dispose()
    return found is not None


def _migrated(engine: Engine) -> tuple[str | None, str | None]:
    before, newest = revisions.revision(engine), revisions.newest()
    if before is not None and not revisions.is_known(before):
        raise DatabaseIsNewer(where="MOTCUA_DATABASE_URL", found=before, newest=newest)
    if before != newest:
        import_module("app.db.migrating").upgrade(engine)  # Alembic is slow to load, and most starts need none of it
    return before, newest
