"""What of PDF/A-2 (ISO 19005-2) can be checked with pikepdf alone: a list of what a file breaks, by clause.

No validator of PDF/A is to be had here as a package of Python, Node or Debian; docs/paper.md says what stays unproven.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_FORBIDDEN_ACTS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans",
    "/GoTo3DView", "/JavaScript",
}  # fmt: skip
_FORBIDDEN_NOTES = {"/3D", "/Sound", "/Screen", "/Movie", "/FileAttachment"}
_BLENDS = {
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
    "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity",
}  # fmt: skip
_DEEPEST = 12
_INVISIBLE_HIDDEN_NOVIEW_TOGGLE, _PRINT = 1 | 2 | 32 | 256, 4
_XMP_OF = {
    "/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description", "/Keywords": "pdf:Keywords",
    "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer",
}  # fmt: skip
_DATES = {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}


def broken_clauses(pdf: bytes) -> list[str]:
    """Return what the file breaks, one line each with its clause; empty when nothing was found."""
    found = [*_of_bytes(pdf)]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for check in _CHECKS:
            found += check(document)
    return found


def part_and_level(pdf: bytes) -> tuple[str, str]:
    """Return the part and the conformance level that the file claims."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as xmp:
        return str(xmp.get("pdfaid:part", "")), str(xmp.get("pdfaid:conformance", ""))


def _of_bytes(pdf: bytes) -> Iterator[str]:
    head = re.match(rb"%PDF-1\.[4-7][\r\n]+%([^\r\n]*)", pdf)
    if head is None or sum(byte > 127 for byte in head[1][:4]) < 4:
        yield "6.1.2 header with four bytes above 127 in the second line"
    if not re.search(rb"%%EOF[\r\n]{0,2}$", pdf):
        yield "6.1.3 nothing but an end of line behind the last %%EOF"


def _file(document: pikepdf.Pdf) -> Iterator[str]:
    if len(document.trailer.get("/ID", Array())) != 2:
        yield "6.1.3 trailer ID"
    if document.is_encrypted or "/Encrypt" in document.trailer:
        yield "6.1.3 no encryption"
    yield from (f"6.1 {problem}" for problem in document.check_pdf_syntax())


def _metadata(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in document.Root:
        yield "6.6.2 metadata"
        return
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if str(xmp.get("pdfaid:part")) != "2" or xmp.get("pdfaid:conformance") not in {"A", "B", "U"}:
            yield "6.6.4 part 2, conformance A, B or U"
        info = document.trailer.get("/Info", Dictionary())
        for key, name in _XMP_OF.items():
            said = str(info[key]) if key in info else ""
            if said and said not in _texts(xmp.get(name)):
                yield f"6.6.3 {key} is not {name}"
        for key, name in _DATES.items():
            if key in info and _digits(str(info[key])) != _digits(str(xmp.get(name, ""))):
                yield f"6.6.3 {key} is not {name}"


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | set) else [str(value or "")]


def _digits(moment: str) -> str:
    return re.sub(r"\D", "", moment)[:14]


def _colour(document: pikepdf.Pdf) -> Iterator[str]:
    intents = [one for one in document.Root.get("/OutputIntents", Array()) if one.get("/S") == Name.GTS_PDFA1]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "6.2.3 one output intent with a profile"
        return
    profile = intents[0].DestOutputProfile
    if profile.read_bytes()[36:40] != b"acsp" or int(profile.N) not in {1, 3}:
        yield "6.2.3 an ICC profile of grey or RGB"
    for one in _dictionaries(document):
        if one.get("/ColorSpace") == Name.DeviceCMYK:
            yield "6.2.4.3 CMYK under a profile that is none"
        if one.get("/Interpolate") is True:
            yield "6.2.8 no interpolated pictures"
    if any(operator in {"k", "K"} for operator in _operators(document)):
        yield "6.2.4.3 CMYK drawn under a profile that is none"


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    _part, level = part_and_level_of(document)
    for font in (one for one in _dictionaries(document) if one.get("/Type") == Name.Font):
        name, kind = str(font.get("/BaseFont", "")), font.get("/Subtype")
        whole = font.DescendantFonts[0] if kind == Name.Type0 else font
        if kind in {Name.CIDFontType0, Name.CIDFontType2, Name.Type3}:
            continue
        described = whole.get("/FontDescriptor", Dictionary())
        if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"6.2.11.4 font {name} is not embedded"
        if level in {"U", "A"} and kind == Name.Type0 and "/ToUnicode" not in font:
            yield f"6.2.11.7 font {name} without ToUnicode"
        if kind == Name.Type0 and whole.get("/Subtype") == Name.CIDFontType2 and "/CIDToGIDMap" not in whole:
            yield f"6.2.11.3 font {name} without CIDToGIDMap"


def part_and_level_of(document: pikepdf.Pdf) -> tuple[str, str]:
    """Return the same as `part_and_level`, of an open document."""
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        return str(xmp.get("pdfaid:part", "")), str(xmp.get("pdfaid:conformance", ""))


def _acts(document: pikepdf.Pdf) -> Iterator[str]:
    names = document.Root.get("/Names", Dictionary())
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in names:
            yield f"6.6.1, 6.8 no {key}"
    form = document.Root.get("/AcroForm", Dictionary())
    if "/XFA" in form or form.get("/NeedAppearances") is True:
        yield "6.4.1, 6.4.2 no XFA, no appearances made by the reader"
    holders = [document.Root, *(page.obj for page in document.pages)]
    if any("/AA" in holder for holder in holders):
        yield "6.5.2 no additional actions"
    for one in _dictionaries(document):
        if str(one.get("/S")) in _FORBIDDEN_ACTS:
            yield f"6.5.1 no act {one.S}"
        if one.get("/FT") is not None and ("/AA" in one or "/A" in one):
            yield "6.4.1 no action of a field"


def _notes(document: pikepdf.Pdf) -> Iterator[str]:
    for page in document.pages:
        for note in page.obj.get("/Annots", Array()):
            kind, flags = str(note.get("/Subtype")), int(note.get("/F", 0))
            if kind in _FORBIDDEN_NOTES:
                yield f"6.3.1 no annotation {kind}"
            if kind != "/Popup" and (not flags & _PRINT or flags & _INVISIBLE_HIDDEN_NOVIEW_TOGGLE):
                yield f"6.3.2 annotation {kind} is printed and seen"
            left, bottom, right, top = (float(edge) for edge in note.Rect)
            drawn = "/N" in note.get("/AP", Dictionary())
            if kind not in {"/Popup", "/Link"} and (left != right or bottom != top) and not drawn:
                yield f"6.3.3 annotation {kind} without appearance"


def _streams(document: pikepdf.Pdf) -> Iterator[str]:
    for one in document.objects:
        if isinstance(one, Stream):
            filters = one.get("/Filter", Array())
            listed = list(filters) if isinstance(filters, Array) else [filters]
            if any(str(name) in {"/LZWDecode", "/Crypt"} for name in listed):
                yield "6.1.7.2 no LZW, no encrypted streams"
            if "/F" in one or "/FFilter" in one:
                yield "6.1.7.1 no stream outside the file"
            if one.get("/Type") == Name.XObject and one.get("/Subtype") == Name.PS:
                yield "6.2.9 no PostScript"


def _transparency(document: pikepdf.Pdf) -> Iterator[str]:
    for one in _dictionaries(document):
        blend = one.get("/BM")
        if isinstance(blend, Name) and str(blend) not in _BLENDS:
            yield f"6.2.10 blend mode {blend}"
        if "/TR" in one and one.get("/Type") == Name.ExtGState:
            yield "6.2.5 no transfer function"


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Object]:
    """Every dictionary of the file, those written inside others too."""
    for one in document.objects:
        yield from _inside(one, depth=0)


def _inside(one: object, *, depth: int) -> Iterator[Object]:
    if isinstance(one, Dictionary | Stream):
        yield one
        parts = [part for _key, part in one.items()]
    else:
        parts = list(one) if isinstance(one, Array) else []
    for part in parts if depth < _DEEPEST else ():
        if isinstance(part, Dictionary | Array) and not part.is_indirect:
            yield from _inside(part, depth=depth + 1)


def _operators(document: pikepdf.Pdf) -> Iterator[str]:
    for page in document.pages:
        for _operands, operator in pikepdf.parse_content_stream(page):
            yield str(operator)


_CHECKS: tuple[Callable[[pikepdf.Pdf], Iterator[str]], ...] = (
    _file, _metadata, _colour, _fonts, _acts, _notes, _streams, _transparency,
)  # fmt: skip
