"""Backup and restore (sao lưu, phục hồi): one tar of a database snapshot, the encrypted files, a manifest.

The database comes first and the files after it: whatever a row of the snapshot points to was on disk
before. Keys are never in it; the manifest carries a fingerprint that tells at once when they do not fit.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pysqlite3
from sqlalchemy.engine import make_url

from app.db import revisions
from app.db.session import make_engine
from app.settings import Settings
from app.vault import load_vault
from app.wiring import key_file
from workflows.errors import N_, RuleBroken

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
FILES: Final = "files"


class BackupRefused(RuleBroken):
    """The backup cannot be written or brought back; the target is as it was."""

    code = "backup_refused"
    sentence = N_("Không thực hiện được: {reason}. Thư mục dữ liệu vẫn nguyên như trước.")


def write(settings: Settings, target: Path) -> dict[str, Any]:
    """Write the backup of a home to `target` and return its manifest with the size in bytes.

    Raises BackupRefused. `target` appears only when it is complete.
    """
    if target.exists():
        raise BackupRefused(where=str(target), reason=f"{target} đã có; hãy chọn tên khác")
    partial = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder:
        snapshot = _dump(settings, Path(folder) / DATABASE)
        manifest = _manifest(settings, snapshot)
        with partial.open("wb") as out:
            _pack(out, manifest, snapshot, settings.home / FILES)
            os.fsync(out.fileno())
    partial.replace(target)
    return manifest | {"bytes": target.stat().st_size}


def read(settings: Settings, source: Path) -> dict[str, Any]:
    """Bring a backup into an empty home and return its manifest. Raises BackupRefused, changing nothing."""
    try:
        with tarfile.open(source) as archive:
            manifest = json.loads(_member(archive, MANIFEST).decode())
            _refuse_misfits(settings, manifest)
            with tempfile.TemporaryDirectory(dir=settings.home) as folder:
                archive.extractall(folder, filter="data")
                _put_in_place(settings, manifest, Path(folder))
    except (tarfile.TarError, KeyError, ValueError) as wrong:
        raise BackupRefused(where=str(source), reason=f"{source} không phải bản sao lưu đọc được") from wrong
    return dict(manifest)


def _dump(settings: Settings, target: Path) -> Path:
    """Write a consistent snapshot of the database; writers may go on meanwhile."""
    if settings.is_sqlite:
        with (
            pysqlite3.connect(make_url(settings.database_url).database) as live,
            pysqlite3.connect(target) as copy,
        ):
            live.backup(copy)
        copy.close()
        live.close()
    else:
        _postgres("pg_dump", settings, "--format=custom", "--no-owner", f"--file={target}")
    return target


def _manifest(settings: Settings, snapshot: Path) -> dict[str, Any]:
    engine = make_engine(settings.database_url)
    revision = revisions.revision(engine)
    engine.dispose()
    with snapshot.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": "sqlite" if settings.is_sqlite else "postgresql",
        "revision": revision,
        "database_sha256": digest,
        "keys": key_fingerprint(settings),
        "files": sum(1 for path in (settings.home / FILES).rglob("*") if path.is_file()),
    }


def key_fingerprint(settings: Settings) -> str:
    """Return a mark of the keys of this home, from which nothing of them can be learnt."""
    return load_vault(key_file(settings)).mac("fingerprint", "backup")[:16]


def _pack(out: Any, manifest: dict[str, Any], snapshot: Path, files: Path) -> None:
    with tarfile.open(fileobj=out, mode="w") as archive:
        text = json.dumps(manifest, ensure_ascii=False, indent=2).encode()
        header = tarfile.TarInfo(MANIFEST)
        header.size = len(text)
        archive.addfile(header, io.BytesIO(text))
        archive.add(snapshot, DATABASE)
        if files.exists():
            archive.add(files, FILES, filter=lambda entry: None if entry.name.endswith(".part") else entry)


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    if member is None:
        raise KeyError(name)
    return member.read()


def _refuse_misfits(settings: Settings, manifest: dict[str, Any]) -> None:
    """Refuse before anything is written: other format, engine, keys; newer schema; a home in use."""
    engine = "sqlite" if settings.is_sqlite else "postgresql"
    reasons = {
        "bản sao lưu thuộc một phiên bản khác của chương trình": manifest["format"] != FORMAT,
        f"bản sao lưu là của {manifest['engine']}, còn MOTCUA_DATABASE_URL là {engine}": manifest["engine"] != engine,
        "lược đồ dữ liệu mới hơn chương trình; hãy nâng cấp trước": not revisions.is_known(manifest["revision"]),
        "khóa ở đây không mở được bản này; chạy motcua keys restore trước": manifest["keys"]
        != key_fingerprint(settings),
        "nơi phục hồi không trống; hãy chọn MOTCUA_HOME khác": not _is_empty(settings),
    }
    for reason, holds in reasons.items():
        if holds:
            raise BackupRefused(where="MOTCUA_HOME", reason=reason)


def _is_empty(settings: Settings) -> bool:
    if (settings.home / FILES).exists() and any((settings.home / FILES).rglob("*")):
        return False
    if settings.is_sqlite:
        return not Path(make_url(settings.database_url).database or "").exists()
    engine = make_engine(settings.database_url)
    found = revisions.revision(engine)
    engine.dispose()
    return found is None


def _put_in_place(settings: Settings, manifest: dict[str, Any], folder: Path) -> None:
    snapshot = folder / DATABASE
    with snapshot.open("rb") as content:
        if hashlib.file_digest(content, "sha256").hexdigest() != manifest["database_sha256"]:
            raise BackupRefused(where=DATABASE, reason="bản sao lưu bị hỏng: mã băm của cơ sở dữ liệu không khớp")
    if (folder / FILES).exists():
        (folder / FILES).replace(settings.home / FILES)
    if settings.is_sqlite:
        snapshot.replace(make_url(settings.database_url).database or "")
    else:
        _postgres("pg_restore", settings, "--no-owner", "--exit-on-error", "--single-transaction", str(snapshot))


def _postgres(program: str, settings: Settings, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password stays off the command line."""
    url = make_url(settings.database_url)
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    done = subprocess.run(
        [program, *arguments, f"--dbname={plain}"],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupRefused(where="MOTCUA_DATABASE_URL", reason=f"{program}: {done.stderr.strip()[:400]}")
