"""Files in old Vietnamese encodings are named and refused; UTF-8 in any dress is read (bad input 34)."""

from __future__ import annotations

import io
import unicodedata

import pytest

from app.adapters.tables import text_lines
from app.domain.catalogue_encoding import _TCVN3, _VNI_LETTERS, _VNI_MARKS
from app.domain.catalogue_rows import ImportRefused

TEXT = "code,name\n1.001193,Thủ tục đăng ký khai sinh tại Ủy ban nhân dân cấp xã, phường\n"


def decode(data: bytes) -> str:
    return "".join(text_lines(io.BytesIO(data), data))


def in_tcvn3(text: str) -> bytes:
    back = {letter: chr(byte) for byte, letter in _TCVN3.items()}
    return "".join(back.get(letter, back.get(letter.lower(), letter)) for letter in text).encode("latin-1")


def in_vni(text: str) -> bytes:
    letters = {chr(after) if isinstance(after, int) else after: chr(before) for before, after in _VNI_LETTERS.items()}
    marks = {mark: byte for byte, mark in _VNI_MARKS.items()}
    return "".join(_vni_letter(letter, letters, marks) for letter in text.lower()).encode("latin-1")


def _vni_letter(letter: str, letters: dict[str, str], marks: dict[str, str]) -> str:
    if letter in letters:
        return letters[letter]
    base, *combined = unicodedata.normalize("NFD", letter)
    horn = "\u031b" in combined
    rest = "".join(mark for mark in combined if mark != "\u031b")
    carrier = letters[unicodedata.normalize("NFC", base + "\u031b")] if horn else base
    ordered = "".join(sorted(rest, key=lambda mark: mark not in "\u0302\u0306"))
    return carrier + (marks[ordered] if ordered else "")


def in_windows_1258(text: str) -> bytes:
    """Letters of the code page stand alone, the tone follows as its own byte."""
    return "".join(_windows_1258_letter(letter) for letter in text).encode("cp1258")


def _windows_1258_letter(letter: str) -> str:
    try:
        letter.encode("cp1258")
        return letter
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tones


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "utf-8 with BOM", "utf-16 with BOM", "NFD"],
)
def test_unicode_is_read(data: bytes) -> None:
    assert unicodedata.normalize("NFC", decode(data)) == TEXT


@pytest.mark.parametrize(
    ("name", "data"),
    [("TCVN3", in_tcvn3(TEXT)), ("VNI", in_vni(TEXT)), ("Windows-1258", in_windows_1258(TEXT))],
)
def test_an_old_encoding_is_named_with_its_line(name: str, data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        decode(data)
    (fault,) = refused.value.faults
    assert fault.line == 2
    assert "không phải UTF-8" in fault.reason
    assert f"đoán: {name}" in fault.reason


def test_an_old_font_saved_as_utf8_is_seen_through() -> None:
    with pytest.raises(ImportRefused, match="TCVN3"):
        decode(in_tcvn3(TEXT).decode("latin-1").encode("utf-8"))


def test_unknown_bytes_are_refused_without_a_guess() -> None:
    with pytest.raises(ImportRefused) as refused:
        decode(b"code,name\nabc,\xff\xfe\x81\n")
    assert "đoán" not in refused.value.faults[0].reason


@pytest.mark.parametrize("text", ["café crème, déjà vu, naïve façade, über Größe\n", "abc\n", "Hà Nội, Đà Nẵng\n"])
def test_text_of_other_languages_is_no_disguise(text: str) -> None:
    assert decode(text.encode()) == text
