"""Files made to hurt whoever opens them: each is named with a reason, within bounds, and nothing is written."""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest

from app.adapters.scanning import run as scanning
from app.adapters.scanning.run import Source, digitize
from app.bench import scanned_pages as pages
from workflows.errors import RuleBroken


def png_of(width: int, height: int) -> bytes:
    """Return a small PNG of a huge picture, all of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + width // 8)) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf_of(pages_wanted: int = 1, **saving: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.new() as document:
        for _ in range(pages_wanted):
            document.add_blank_page()
        document.save(out, **saving)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(10_000_000))
    return out.getvalue()


def bomb_pdf() -> bytes:
    """Return a PDF whose one page draws a picture that unpacks to 900 million pixels."""
    with pikepdf.Pdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        image = pikepdf.Stream(document, zlib.compress(bytes(30_000), 9))
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent = 30_000, 30_000, 8
        image.ColorSpace, image.Filter = pikepdf.Name.DeviceGray, pikepdf.Name.FlateDecode
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
        page.Contents = pikepdf.Stream(document, b"q 595 0 0 842 0 0 cm /Im Do Q")
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


@cache
def photo() -> bytes:
    return pages.jpeg(pages.page(dpi=100), dpi=100)


# Made when their test begins: whoever only collects tests does not wait for them.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "encrypted.pdf": (lambda: pdf_of(encryption=pikepdf.Encryption(owner="a", user="b")), "file_locked"),
    "truncated.pdf": (lambda: pdf_of(3)[:200], "file_broken"),
    "truncated.jpg": (lambda: photo()[: len(photo()) // 2], "file_broken"),
    "pages.pdf": (lambda: pdf_of(400), "file_too_big"),
    "bomb.pdf": (bomb_pdf, "file_too_big"),
    "bomb.png": (lambda: png_of(30_000, 30_000), "file_too_big"),
    "page.pdf": (lambda: b"<html>%PDF-1.4 <script>alert(1)</script>", "file_kind"),
    "archive.pdf": (zipped, "file_kind"),
    "two.jpg": (lambda: photo() + zipped(), "file_two_kinds"),
    "two.pdf": (lambda: b"%PDF-1.4\n<html><script>x</script></html>\n" + pdf_of(), "file_two_kinds"),
    "empty.pdf": (lambda: b"", "file_kind"),
    "program.png": (lambda: b"MZ" + bytes(400), "file_kind"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_named_with_its_reason_and_nothing_is_written(name, tmp_path):
    made, code = HOSTILE[name]
    with pytest.raises(RuleBroken) as refused:
        digitize([Source("good.jpg", photo()), Source(name, made())][-1:], tmp_path / "out.pdf")
    assert (refused.value.code, refused.value.where) == (code, name)
    assert name in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_dies_at_a_file_takes_nobody_with_it(tmp_path, monkeypatch):
    class Killed(subprocess.Popen):
        def __init__(self, _command, **how):
            super().__init__([sys.executable, "-c", "import os; os.kill(os.getpid(), 11)"], **how)

    monkeypatch.setattr(scanning.subprocess, "Popen", Killed)
    with pytest.raises(RuleBroken) as refused:
        digitize([Source("a.jpg", photo())], tmp_path / "out.pdf")
    assert refused.value.code == "file_too_hard"


def test_a_file_that_never_comes_to_an_end_is_given_up(tmp_path, monkeypatch):
    begun = []

    class Asleep(subprocess.Popen):
        def __init__(self, _command, **how):
            super().__init__(["sleep", "60"], **how)
            begun.append(self.pid)

    monkeypatch.setattr(scanning.subprocess, "Popen", Asleep)
    monkeypatch.setattr(scanning, "SILENCE", 0.3)
    with pytest.raises(RuleBroken) as refused:
        digitize([Source("a.jpg", photo())], tmp_path / "out.pdf")
    assert refused.value.code == "file_too_hard"
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], signal.SIG_DFL)


def test_the_process_that_opens_files_knows_no_secret(tmp_path, monkeypatch):
    seen = {}

    class Watched(subprocess.Popen):
        def __init__(self, _command, **how):
            seen.update(how["env"])
            super().__init__(["true"], **how)

    monkeypatch.setenv("MOTCUA_KEYS", "/secret")
    monkeypatch.setattr(scanning.subprocess, "Popen", Watched)
    with pytest.raises(RuleBroken):
        digitize([Source("a.jpg", photo())], tmp_path / "out.pdf")
    assert not [name for name in seen if name.startswith("MOTCUA_")]
