"""`motcua keys`: keep the keys apart from the data, bring them back, seal with a new one from now on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from app import key_bundle
from app.cli import common, home_folder
from app.vault import load_vault, rotated, write_keys
from app.wiring import key_file

passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File whose first line is the passphrase; without it you are asked.",
)


@click.group()
def keys() -> None:
    """The keys of the house: export, restore, rotate."""


@keys.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@passphrase_option
@common.json_option
def export(file: Path, passphrase_file: Path | None) -> None:
    """Write all keys, sealed with a passphrase, to FILE. Keep it where the backups are not."""
    path = key_file(common.settings())
    load_vault(path)
    bundle = key_bundle.seal(path.parent, _passphrase(passphrase_file, confirm="Nhập lại"))
    _write_new(file, bundle)
    common.answer({"file": str(file)}, [f"Đã ghi khóa vào {file}. Mất cả tệp này và khóa gốc là mất dữ liệu."])


@keys.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@passphrase_option
@common.json_option
def restore(file: Path, passphrase_file: Path | None) -> None:
    """Bring the keys of FILE back into a key folder that holds none."""
    folder = key_file(common.settings()).parent
    home_folder.make_folder(folder)
    names = key_bundle.open_into(folder, file.read_bytes(), _passphrase(passphrase_file))
    common.answer({"keys": names}, [f"Đã phục hồi {len(names)} tệp khóa vào {folder}."])


@keys.command()
@common.json_option
def rotate() -> None:
    """Seal new data with a new key from the next start on; the old keys stay, to open what they sealed."""
    path = key_file(common.settings())
    load_vault(path)
    material = rotated(json.loads(path.read_text("utf-8")))
    write_keys(path, material)
    said = f"Khóa số {material['current']} dùng cho dữ liệu mới, từ lần khởi động motcua sau."
    document = {"current": material["current"], "keys": len(material["keys"])}
    common.answer(document, [said, "Bản giữ khóa cũ không còn đủ; hãy chạy lại: motcua keys export"])


def _passphrase(file: Path | None, confirm: str | None = None) -> str:
    if file is not None:
        return next(iter(file.read_text("utf-8").splitlines()), "")
    return str(click.prompt("Mật khẩu giữ khóa", hide_input=True, confirmation_prompt=confirm or False, err=True))


def _write_new(file: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            os.fsync(out.fileno())
    except FileExistsError as wrong:
        raise key_bundle.KeysRefused(where=str(file), reason=f"{file} đã có; hãy chọn tên khác") from wrong
