"""What the doctor looks at: one function for each part, each returning a finding with its next step."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import magic
import pysqlite3
from sqlalchemy.exc import SQLAlchemyError

from app.adapters.fonts import FontsMissing, Tinos
from app.adapters.scanning.reading import has_reader
from app.db import revisions
from app.db.session import make_engine, sessions, wal_is_safe
from app.domain.periods import Period
from app.queries.month_counts import differences
from app.settings import Settings
from app.wiring import key_file

GIGABYTE: Final = 1024**3
LEAST_FREE_GB: Final = 2
NETWORK_SYSTEMS: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"})


class Mark(StrEnum):
    """How a finding is: fine, worth knowing, or to be mended."""

    FINE = "ok"
    NOTICE = "notice"
    BROKEN = "broken"


SIGNS: Final = {Mark.FINE: "✓", Mark.NOTICE: "!", Mark.BROKEN: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the house: its name, how it is, what was seen, what to do about it."""

    name: str
    mark: Mark
    seen: str
    next_step: str = ""

    def document(self) -> dict[str, str]:
        """Return the finding as it stands in the JSON answer."""
        return {"name": self.name, "status": self.mark.value, "seen": self.seen, "next_step": self.next_step}

    def __str__(self) -> str:
        line = f"{SIGNS[self.mark]} {self.name}: {self.seen}"
        return f"{line} — {self.next_step}" if self.next_step else line


def findings(settings: Settings) -> list[Finding]:
    """Return every finding, in the order in which one would mend them."""
    return [look(settings) for look in LOOKS]


def _python(_settings: Settings) -> Finding:
    return Finding("Python", Mark.FINE, f"{platform.python_version()} ({sys.executable})")


def _engine(settings: Settings) -> Finding:
    version = pysqlite3.dbapi2.sqlite_version
    if not settings.is_sqlite:
        return Finding("SQLite", Mark.FINE, "không dùng (PostgreSQL)")
    if wal_is_safe(pysqlite3.dbapi2.sqlite_version_info):
        return Finding("SQLite", Mark.FINE, f"{version}, WAL, synchronous=FULL")
    return Finding(
        "SQLite",
        Mark.NOTICE,
        f"{version} có lỗi WAL-reset nên chạy DELETE + EXTRA (chậm hơn, vẫn an toàn)",
        "cài lại thư viện theo requirements.txt",
    )


def _home(settings: Settings) -> Finding:
    if not settings.home.exists():
        return Finding("Thư mục dữ liệu", Mark.NOTICE, f"{settings.home} chưa có", "lệnh đầu tiên sẽ tạo")
    if not os.access(settings.home, os.W_OK):
        return Finding("Thư mục dữ liệu", Mark.BROKEN, f"{settings.home} không ghi được", "sửa quyền thư mục")
    system = _file_system(settings.home)
    if settings.is_sqlite and system in NETWORK_SYSTEMS:
        seen = f"{settings.home} nằm trên ổ mạng ({system})"
        return Finding("Thư mục dữ liệu", Mark.BROKEN, seen, "chuyển sang ổ đĩa trong máy, hoặc dùng PostgreSQL")
    return Finding("Thư mục dữ liệu", Mark.FINE, f"{settings.home} ({system})")


def _space(settings: Settings) -> Finding:
    place = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(place).free / GIGABYTE
    if free < LEAST_FREE_GB:
        return Finding("Dung lượng", Mark.BROKEN, f"còn {free:.1f} GB", f"cần ít nhất {LEAST_FREE_GB} GB")
    return Finding("Dung lượng", Mark.FINE, f"còn {free:.1f} GB")


def _keys(settings: Settings) -> Finding:
    path = key_file(settings)
    if not path.exists():
        return Finding("Khóa", Mark.NOTICE, "chưa có", "lệnh đầu tiên sẽ tạo")
    if path.stat().st_mode & 0o077:
        return Finding("Khóa", Mark.BROKEN, f"{path} cho người khác đọc", f"chmod 600 {path}")
    return Finding("Khóa", Mark.FINE, str(path), "giữ một bản ở nơi khác: motcua keys export")


def _database(settings: Settings) -> Finding:
    if settings.is_sqlite and not settings.home.exists():
        return Finding("Cơ sở dữ liệu", Mark.NOTICE, "chưa có", "lệnh đầu tiên sẽ tạo")
    engine = make_engine(settings.database_url)
    try:
        found, newest = revisions.revision(engine), revisions.newest()
    except (SQLAlchemyError, OSError) as wrong:
        seen = str(wrong).splitlines()[0]
        return Finding("Cơ sở dữ liệu", Mark.BROKEN, seen, "kiểm tra MOTCUA_DATABASE_URL và máy chủ dữ liệu")
    finally:
        engine.dispose()
    if found != newest:
        return Finding("Cơ sở dữ liệu", Mark.NOTICE, f"phiên bản {found or 'trống'}", "motcua db upgrade")
    return Finding("Cơ sở dữ liệu", Mark.FINE, f"phiên bản {found}")


def _counts(settings: Settings) -> Finding:
    name, engine = "Số liệu đếm sẵn", make_engine(settings.database_url)
    try:
        is_there = settings.home.exists() or not settings.is_sqlite
        if not is_there or revisions.revision(engine) != revisions.newest():
            return Finding(name, Mark.NOTICE, "chưa có", "motcua db upgrade")
        with sessions(engine)() as session:
            wrong = list(differences(session))
    except (SQLAlchemyError, OSError) as unreadable:
        return Finding(name, Mark.BROKEN, str(unreadable).splitlines()[0], "xem mục Cơ sở dữ liệu")
    finally:
        engine.dispose()
    if not wrong:
        return Finding(name, Mark.FINE, "đếm lại từ dữ kiện hồ sơ, không lệch")
    first = wrong[0]
    whose = f"{first.figure} của {first.unit}, {Period(first.first_day, first.end_day).title}"
    seen = f"{len(wrong)} số lệch, ví dụ {whose}: đang giữ {first.kept}, đếm lại {first.counted}"
    return Finding(name, Mark.BROKEN, seen, "motcua db recount")


def _fonts(_settings: Settings) -> Finding:
    try:
        Tinos.open()
    except FontsMissing as missing:
        return Finding("Phông chữ biểu mẫu", Mark.BROKEN, str(missing), "apt-get install fonts-croscore")
    return Finding("Phông chữ biểu mẫu", Mark.FINE, "Tinos")


def _file_types(_settings: Settings) -> Finding:
    return Finding("Nhận dạng tệp", Mark.FINE, f"libmagic {magic.version()}")


def _reader(_settings: Settings) -> Finding:
    if not has_reader():
        seen = "không có tesseract hoặc mô hình vie; bản số hóa sẽ không có lớp chữ để tìm"
        return Finding("Nhận dạng chữ", Mark.NOTICE, seen, "apt-get install tesseract-ocr tesseract-ocr-vie")
    return Finding("Nhận dạng chữ", Mark.FINE, "tesseract, vie")


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_host:
        return Finding("Thư điện tử", Mark.NOTICE, "chưa đặt máy chủ; thư nằm chờ", "đặt MOTCUA_SMTP_HOST khi cần")
    return Finding("Thư điện tử", Mark.FINE, f"{settings.smtp_host}:{settings.smtp_port}")


def _scanner(settings: Settings) -> Finding:
    where = settings.clamd_socket
    if not where:
        said = "không quét; tệp chỉ được mở thử và vẽ lại thành ảnh"
        return Finding("Quét mã độc", Mark.NOTICE, said, "apt-get install clamav-daemon, đặt MOTCUA_CLAMD_SOCKET")
    if not Path(where).is_socket():
        said = f"không có {where}; tệp gửi lên đang bị từ chối"
        return Finding("Quét mã độc", Mark.BROKEN, said, "systemctl start clamav-daemon")
    return Finding("Quét mã độc", Mark.FINE, f"clamd tại {where}")


LOOKS: Final[tuple[Callable[[Settings], Finding], ...]] = (
    _python,
    _engine,
    _home,
    _space,
    _keys,
    _database,
    _counts,
    _fonts,
    _file_types,
    _reader,
    _mail,
    _scanner,
)


def _file_system(path: Path) -> str:
    """Return the type of the file system that holds `path`, as the kernel names it."""
    mounts: dict[str, Any] = {}
    for line in Path("/proc/mounts").read_text("utf-8").splitlines():
        _, mount, system, *_ = line.split(" ")
        mounts[mount] = system
    holder = max((m for m in mounts if path.resolve().is_relative_to(m)), key=len, default="/")
    return str(mounts.get(holder, "?"))
