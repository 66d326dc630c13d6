"""Reading a page (nhận dạng chữ) with Tesseract and its Vietnamese model, as a program of its own.

`vie` alone: together with `eng` it reads Vietnamese worse and slower. One thread, so that a core is a core.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

LANGUAGE = "vie"
_LONGEST = 90  # seconds for one page
_SURE = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the text, how sure the reader was (0–100), and the invisible layer as a PDF."""

    text: str
    confidence: float
    sure_letters: int
    layer: Path | None


@cache
def has_reader() -> bool:
    """Tell whether Tesseract and its Vietnamese model are on this machine."""
    if shutil.which("tesseract") is None:
        return False
    known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    return LANGUAGE in known.stdout.split()


def read(page: Image.Image, stem: Path, dpi: int) -> Reading:
    """Read a grey picture; the layer is written beside `stem`. A page that cannot be read reads as nothing."""
    picture = stem.with_suffix(".pgm")
    page.save(picture)
    command = ["tesseract", str(picture), str(stem), "-l", LANGUAGE, "--dpi", str(dpi), "-c", "textonly_pdf=1"]
    surroundings = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        subprocess.run(
            [*command, "pdf", "txt", "tsv"], env=surroundings, capture_output=True, check=True, timeout=_LONGEST
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return Reading("", 0, 0, None)
    finally:
        picture.unlink(missing_ok=True)
    return _collected(stem)


def _collected(stem: Path) -> Reading:
    rows = [line.split("\t") for line in stem.with_suffix(".tsv").read_text("utf-8").splitlines()[1:]]
    words = [(float(row[10]), row[11].strip()) for row in rows if len(row) == 12 and float(row[10]) >= 0]
    letters = sum(len(word) for _, word in words)
    confidence = sum(sure * len(word) for sure, word in words) / letters if letters else 0.0
    sure_letters = sum(len(word) for sure, word in words if sure >= _SURE)
    text = stem.with_suffix(".txt").read_text("utf-8").strip()
    return Reading(text, confidence, sure_letters, stem.with_suffix(".pdf"))
