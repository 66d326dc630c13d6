"""Looking at a page as a picture (xử lý ảnh trang): is it blank, does it lie on its side, how far is it skewed.

Only Pillow: a page is shrunk to its ink, and the rows of a page that lies straight differ most from each other.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from PIL import Image, ImageChops, ImageFilter

A4_SHORT_INCHES = 210 / 25.4
_ROUGH, _FINE = 420, 840  # pixels across
_MARK = 45  # how much darker than its surroundings ink is, of 255
_MOST_SKEW = 8.0
_LEAST_SKEW = 0.25
_LEAST_INK = 0.00004  # of the page: half a printed line stays, dust does not
_SIDEWAYS = 1.25
_EDGE = 0.04  # shadows of the lid and of the page's own border
_HASH = 16


def is_blank(page: Image.Image) -> bool:
    """Tell whether nothing is written on the page; specks of dust and shadows at the edge are nothing."""
    marks = ink(page, _FINE).filter(ImageFilter.MedianFilter(3))
    across, down = round(marks.width * _EDGE), round(marks.height * _EDGE)
    inner = marks.crop((across, down, marks.width - across, marks.height - down))
    return inner.histogram()[255] < _LEAST_INK * inner.width * inner.height


def lies_sideways(page: Image.Image) -> bool:
    """Tell whether lines of text run up and down instead of across."""
    marks = ink(page, _ROUGH)
    across = max(_ripple(marks, angle) for angle in _steps(0, 4, 1))
    turned = marks.transpose(Image.Transpose.ROTATE_90)
    return max(_ripple(turned, angle) for angle in _steps(0, 4, 1)) > _SIDEWAYS * across


def skew_of(page: Image.Image) -> float:
    """Return by how many degrees the page must be turned (counter-clockwise) to lie straight; 0 when it does."""
    rough, fine = ink(page, _ROUGH), ink(page, _FINE)
    best = _best(lambda angle: _ripple(rough, angle), _steps(0, _MOST_SKEW, 0.5))
    best = _best(lambda angle: _ripple(fine, angle), _steps(best, 0.5, 0.1))
    return best if abs(best) >= _LEAST_SKEW else 0.0


def straightened(page: Image.Image, angle: float) -> Image.Image:
    """Return the page turned by `angle` degrees on white."""
    if not angle:
        return page
    white = 255 if page.mode == "L" else (255, 255, 255)
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=white)


def flattened(page: Image.Image) -> Image.Image:
    """Return the page in grey with shadows and yellowed paper taken out, for reading only."""
    grey = page.convert("L")
    around = grey.resize((max(1, grey.width // 8), max(1, grey.height // 8)), Image.Resampling.BOX)
    paper = around.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(8)).resize(grey.size)
    return ImageChops.subtract(grey, paper, offset=255)


def fingerprint(page: Image.Image) -> int:
    """Return 256 bits that stay nearly the same when the same page is scanned again."""
    small = page.convert("L").resize((_HASH + 1, _HASH), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(_HASH):
        line = small[row * (_HASH + 1) : (row + 1) * (_HASH + 1)]
        for left, right in itertools.pairwise(line):
            bits = bits << 1 | (left > right + 2)
    return bits


def ink(page: Image.Image, across: int) -> Image.Image:
    """Return the marks of the page, white on black, `across` pixels wide; even shading is not a mark."""
    grey = page.convert("L")
    small = grey.resize((across, max(1, round(grey.height * across / grey.width))), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.BoxBlur(across // 28))
    return ImageChops.subtract(paper, small).point([0] * _MARK + [255] * (256 - _MARK))


def _ripple(marks: Image.Image, angle: float) -> int:
    turned = marks.rotate(angle) if angle else marks
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((above - below) ** 2 for above, below in itertools.pairwise(rows))


def _best(score: Callable[[float], int], angles: Iterable[float]) -> float:
    return max(angles, key=lambda angle: (score(angle), -abs(angle)))


def _steps(middle: float, reach: float, step: float) -> list[float]:
    count = round(reach / step)
    return [middle + step * place for place in range(-count, count + 1)]
