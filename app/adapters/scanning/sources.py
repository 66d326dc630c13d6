"""Pages of a file as pictures (tách trang): photographs, TIFF with many pages, HEIC, PDF. Bounds before decoding."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from pillow_heif import register_heif_opener

from app.adapters.scanning.kinds import PDF, PICTURES, kind_of
from app.adapters.scanning.picture import A4_SHORT_INCHES
from app.adapters.scanning.refusals import FileBroken, FileLocked, FileTooBig

MOST_PAGES = 300
MOST_PIXELS = 80_000_000  # an A3 sheet at 600 dpi
WORKING_DPI, DRAWN_DPI = 300, 200
_LEAST_INCHES, _MOST_INCHES = 2.0, 17.0  # a stated dpi that makes a page smaller or larger than this is not meant
_MOST_SHEET = 60 * 72  # points: a drawing, not a paper of a dossier


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as a picture of at most 300 dpi; `dpi` is the picture's, `sent_dpi` what was sent."""

    number: int
    of: int
    picture: Image.Image
    dpi: int
    sent_dpi: int
    signed: bool = False


def sheets(content: bytes, name: str) -> Iterator[Sheet]:
    """Yield the pages of a file. Raises a refusal of `refusals` that names it."""
    kind = kind_of(content, name)
    if kind == PDF:
        yield from _of_pdf(content, name)
    else:
        yield from _of_picture(content, name, PICTURES[kind])


def _of_picture(content: bytes, name: str, formats: tuple[str, ...]) -> Iterator[Sheet]:
    if formats == ("HEIF",):
        register_heif_opener()
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own bound is below
    try:
        with Image.open(io.BytesIO(content), formats=list(formats)) as picture:
            frames = getattr(picture, "n_frames", 1) if formats == ("TIFF",) else 1
            if frames > MOST_PAGES:
                raise FileTooBig(where=name, name=name, limit=f"{MOST_PAGES} trang")
            for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if number > frames:
                    return
                yield _sheet(frame, name, number, frames)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as broken:
        raise FileBroken(where=name, name=name) from broken
    except Image.DecompressionBombError as bomb:
        raise FileTooBig(where=name, name=name, limit=_PIXELS_WORDS) from bomb


def _sheet(frame: Image.Image, name: str, number: int, of: int) -> Sheet:
    if frame.width * frame.height > MOST_PIXELS:
        raise FileTooBig(where=name, name=name, limit=_PIXELS_WORDS)
    sent = _dpi_of(frame)
    upright = _plain(ImageOps.exif_transpose(frame))
    return Sheet(number, of, _shrunk(upright, sent), min(sent, WORKING_DPI), sent)


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode in {"1", "L", "I;16", "I"}:
        return picture.convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _dpi_of(picture: Image.Image) -> int:
    """Return the stated resolution, or the one an A4 page would have where none is stated or it cannot be meant."""
    stated = float(picture.info.get("dpi", (0, 0))[0] or 0)
    short = min(picture.size)
    if stated and _LEAST_INCHES <= short / stated <= _MOST_INCHES and max(picture.size) / stated <= _MOST_INCHES * 1.5:
        return max(1, round(stated))
    return max(1, round(short / A4_SHORT_INCHES))


def _shrunk(picture: Image.Image, dpi: int) -> Image.Image:
    if dpi <= WORKING_DPI:
        return picture
    scale = WORKING_DPI / dpi
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _of_pdf(content: bytes, name: str) -> Iterator[Sheet]:
    signed = _looked_into(content, name)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as broken:
        raise FileBroken(where=name, name=name) from broken
    try:
        for index in range(len(document)):
            yield _drawn(document[index], name, index + 1, len(document), signed=signed)
    except pypdfium2.PdfiumError as broken:
        raise FileBroken(where=name, name=name) from broken
    finally:
        document.close()


def _looked_into(content: bytes, name: str) -> bool:
    """Return whether the PDF is signed. Raises FileLocked, FileBroken or FileTooBig."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            count = len(document.pages)
            form = document.Root.get("/AcroForm", pikepdf.Dictionary())
            signed = bool(int(form.get("/SigFlags", 0)) & 1)
    except pikepdf.PasswordError as locked:
        raise FileLocked(where=name, name=name) from locked
    except (pikepdf.PdfError, ValueError, TypeError) as broken:
        raise FileBroken(where=name, name=name) from broken
    if count > MOST_PAGES:
        raise FileTooBig(where=name, name=name, limit=f"{MOST_PAGES} trang")
    if not count:
        raise FileBroken(where=name, name=name)
    return signed


def _drawn(page: pypdfium2.PdfPage, name: str, number: int, of: int, *, signed: bool) -> Sheet:
    width, height = page.get_size()
    if not 0 < max(width, height) <= _MOST_SHEET:
        raise FileTooBig(where=name, name=name, limit="khổ giấy 1,5 m")
    sent = _dpi_of_page(page, name)
    dpi = max(DRAWN_DPI, min(sent or DRAWN_DPI, WORKING_DPI))
    if width * height * (dpi / 72) ** 2 > MOST_PIXELS:
        raise FileTooBig(where=name, name=name, limit=_PIXELS_WORDS)
    picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
    return Sheet(number, of, picture, dpi, sent or WORKING_DPI, signed=signed)


def _dpi_of_page(page: pypdfium2.PdfPage, name: str) -> int:
    """Return the resolution of the largest picture on the page, 0 for a page that is drawn (text, lines)."""
    largest, dpi, area = 0.0, 0, page.get_width() * page.get_height()
    for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        covered = max(0.0, right - left) * max(0.0, top - bottom)
        across, down = thing.get_px_size()
        if across * down > MOST_PIXELS:
            raise FileTooBig(where=name, name=name, limit=_PIXELS_WORDS)
        if covered > max(largest, area * 0.3) and right > left:
            upright = (across > down) == (right - left > top - bottom)
            largest, dpi = covered, round((across if upright else down) * 72 / (right - left))
    return dpi


_PIXELS_WORDS = f"{MOST_PIXELS // 1_000_000} triệu điểm ảnh"
