"""Binding pages into one PDF/A-2b (gộp trang thành PDF/A-2): the picture, and the words invisible above it.

Everything the format asks for is here: no encryption, an output intent for the device colours, XMP that names
the part, embedded fonts (Tesseract's glyphless one), no scripts, no attachments, no interpolation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageCms


@dataclass(frozen=True, slots=True)
class BoundPage:
    """One page on disk: a JPEG with its resolution, and the PDF with its text where it could be read."""

    jpeg: Path
    layer: Path | None


def bind(pages: Sequence[BoundPage], output: Path, *, title: str) -> None:
    """Write the pages to `output` as PDF/A-2b."""
    with Pdf.new() as document:
        document.Root.Lang = pikepdf.String("vi-VN")
        document.Root.OutputIntents = Array([_intent(document)])
        font: pikepdf.Object | None = None
        for page in pages:
            font = _add(document, page, font)
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            meta["pdfaid:part"], meta["pdfaid:conformance"] = "2", "B"
            meta["dc:title"] = title
        document.save(
            output, min_version="1.7", deterministic_id=True, compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )  # fmt: skip


def _intent(document: Pdf) -> pikepdf.Object:
    profile = Stream(document, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N, profile.Alternate = 3, Name.DeviceRGB
    names = {"OutputConditionIdentifier": pikepdf.String("sRGB"), "Info": pikepdf.String("sRGB IEC61966-2.1")}
    return document.make_indirect(
        Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=profile, **names)
    )


def _add(document: Pdf, page: BoundPage, font: pikepdf.Object | None) -> pikepdf.Object | None:
    content = page.jpeg.read_bytes()
    with Image.open(page.jpeg, formats=["JPEG"]) as picture:
        (across, down), dpi, is_grey = picture.size, round(picture.info["dpi"][0]), picture.mode == "L"
    width, height = across * 72 / dpi, down * 72 / dpi
    image = Stream(
        document, content, Type=Name.XObject, Subtype=Name.Image, Width=across, Height=down, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if is_grey else Name.DeviceRGB, Filter=Name.DCTDecode,
    )  # fmt: skip
    drawing = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Page Do Q\n".encode()
    resources = Dictionary(XObject=Dictionary(Page=image))
    words, font = _words(document, page.layer, (width, height), font)
    if words and font is not None:
        resources.Font = font
        drawing += words
    box = Array([0, 0, round(width, 4), round(height, 4)])
    document.pages.append(
        pikepdf.Page(
            document.make_indirect(
                Dictionary(Type=Name.Page, MediaBox=box, Resources=resources, Contents=Stream(document, drawing))
            )
        )
    )
    return font


def _words(
    document: Pdf, layer: Path | None, size: tuple[float, float], font: pikepdf.Object | None
) -> tuple[bytes, pikepdf.Object | None]:
    """Return the drawing of the invisible words; the font is the same in every layer and is taken over once."""
    if layer is None or not layer.exists():
        return b"", font
    with Pdf.open(layer) as text:
        page = text.pages[0]
        if "/Font" not in page.obj.get("/Resources", Dictionary()):
            return b"", font
        font = font if font is not None else document.copy_foreign(text.make_indirect(page.obj.Resources.Font))
        box = [float(edge) for edge in page.obj.MediaBox]  # type: ignore[union-attr]  # an array of numbers here
        across, down = size[0] / (box[2] - box[0]), size[1] / (box[3] - box[1])
        return f"q {across:.6f} 0 0 {down:.6f} 0 0 cm\n".encode() + _content(page) + b"\nQ\n", font


def _content(page: pikepdf.Page) -> bytes:
    contents = page.obj.Contents
    parts = contents if isinstance(contents, Array) else [contents]
    return b"\n".join(part.read_bytes() for part in parts)  # type: ignore[attr-defined]  # streams, all of them
