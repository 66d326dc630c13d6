"""Forgeries, one family after the other: none of them is ever TOTAL-PASSED."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import cms
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from signing import Intent, Level, Verdict, sign, verify
from tests.signing.conftest import AT

Name = generic.NameObject
RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)( *)\]")


def gap(pdf: bytes) -> tuple[int, int]:
    """Where the hexadecimal value of the (last) signature stands."""
    _, first, second, _, _ = list(RANGE.finditer(pdf))[-1].groups()
    return int(first) + 1, int(second) - 1


def value_length(pdf: bytes) -> int:
    """How many hexadecimal characters of the gap hold the value; the rest is padding."""
    start, end = gap(pdf)
    return 2 * len(cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode())).dump())


def flipped(pdf: bytes, at: int) -> bytes:
    """One bit changed; inside the gap the nearest other hexadecimal digit."""
    digits = b"0123456789ABCDEF" if pdf[at : at + 1].isupper() else b"0123456789abcdef"
    start, end = gap(pdf)
    wanted = digits[digits.index(pdf[at]) ^ 1] if start <= at < end else pdf[at] ^ 1
    return pdf[:at] + bytes([wanted]) + pdf[at + 1 :]


@given(share=st.floats(0, 1, exclude_max=True))
@settings(max_examples=25)
def test_a_flipped_bit_anywhere(world, signed, share):
    assert refused(world, flipped(signed, int(share * len(signed))))


def test_a_flipped_digit_in_every_part_of_the_value(world, signed):
    start, _ = gap(signed)
    places = random.Random(7).sample(range(value_length(signed)), 40)
    passed = [place for place in places if not refused(world, flipped(signed, start + place))]
    assert passed == []


def test_a_flipped_digit_in_a_timestamped_value(world, by_level):
    stamped = by_level[Level.B_T]
    start, _ = gap(stamped)
    places = random.Random(8).sample(range(value_length(stamped)), 20)
    passed = [place for place in places if not refused(world, flipped(stamped, start + place))]
    assert passed == []


def test_a_timestamp_under_another_name(world, by_level):
    """The attribute's name is not signed: a damaged one would turn B-T into B-B without a word."""
    name = b"060B2A864886F70D010910020E"
    stamped = by_level[Level.B_T]
    start, end = gap(stamped)
    value = stamped[start:end].upper()
    assert value.count(name) == 1
    renamed = value.replace(name, name[:-1] + b"F")
    same_case = renamed if stamped[start:end].isupper() else renamed.lower()
    assert refused(world, stamped[:start] + same_case + stamped[end:])


def test_something_hidden_in_the_padding(world, signed):
    start, end = gap(signed)
    hidden = start + value_length(signed) + 10
    assert refused(world, signed[:hidden] + b"DEADBEEF" + signed[hidden + 8 :])
    assert refused(world, signed[: end - 2] + b" 0" + signed[end:])
    assert refused(world, signed[:start] + signed[start:end].swapcase() + signed[end:]) is False  # the same bytes


def appended(change: Callable[[IncrementalPdfFileWriter], object]) -> Callable[[bytes], bytes]:
    def forged(pdf: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        change(writer)
        out = BytesIO()
        writer.write(out)
        return out.getvalue()

    return forged


def another_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = {Name("/Type"): Name("/Page"), Name("/Parent"): writer.root.raw_get("/Pages"),
            Name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))}  # fmt: skip
    pages["/Kids"].append(writer.add_object(generic.DictionaryObject(page)))
    pages[Name("/Count")] = generic.NumberObject(2)
    writer.update_container(pages)


def other_words(writer: IncrementalPdfFileWriter) -> None:
    words = generic.StreamObject(stream_data=b"BT /F1 40 Tf 100 500 Td (THAY THE) Tj ET")
    writer.add_stream_to_page(0, writer.add_object(words))


def a_note(writer: IncrementalPdfFileWriter) -> None:
    page, _ = writer.find_page_for_modification(0)
    box = generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 300)))
    note = {Name("/Type"): Name("/Annot"), Name("/Subtype"): Name("/FreeText"), Name("/Rect"): box,
            Name("/Contents"): generic.TextStringObject("Đã duyệt")}  # fmt: skip
    page = page.get_object()
    notes = page.get("/Annots", generic.ArrayObject())
    notes.append(writer.add_object(generic.DictionaryObject(note)))
    page[Name("/Annots")] = notes
    writer.update_container(page)


def an_unsigned_picture(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Gia-mao", on_page=0, box=(50, 50, 300, 300)))
    field = writer.root["/AcroForm"]["/Fields"][-1]
    look = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 250 250 re f")
    look.update({Name("/Type"): Name("/XObject"), Name("/Subtype"): Name("/Form"),
                 Name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 250, 250)))})  # fmt: skip
    field[Name("/AP")] = generic.DictionaryObject({Name("/N"): writer.add_object(look)})
    writer.update_container(field)


def a_script(writer: IncrementalPdfFileWriter) -> None:
    action = {Name("/S"): Name("/JavaScript"), Name("/JS"): generic.TextStringObject("app.alert(1)")}
    writer.root[Name("/OpenAction")] = generic.DictionaryObject(action)
    writer.update_root()


def a_layer_taken_off(writer: IncrementalPdfFileWriter) -> None:
    """Shadow content, hide: what was drawn on top is drawn no more."""
    page, _ = writer.find_page_for_modification(0)
    page = page.get_object()
    page[Name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def another_object_under_the_same_number(writer: IncrementalPdfFileWriter) -> None:
    """Shadow content, replace: the number that the page points to means something else now."""
    page, _ = writer.find_page_for_modification(0)
    drawn = page.get_object().raw_get("/Contents")
    reference = drawn[0].reference if isinstance(drawn, generic.ArrayObject) else drawn.reference
    words = generic.StreamObject(stream_data=b"BT /F1 40 Tf 100 500 Td (THAY THE) Tj ET")
    writer.objects[(reference.generation, reference.idnum)] = words


def another_page_tree(writer: IncrementalPdfFileWriter) -> None:
    """Shadow content, hide and replace: the catalogue leads to pages that waited in the file."""
    edges = generic.ArrayObject(map(generic.NumberObject, (0, 0, 9, 9)))
    page = {Name("/Type"): Name("/Page"), Name("/MediaBox"): edges}
    kid = writer.add_object(generic.DictionaryObject(page))
    tree = {Name("/Type"): Name("/Pages"), Name("/Count"): generic.NumberObject(1),
            Name("/Kids"): generic.ArrayObject([kid])}  # fmt: skip
    writer.root[Name("/Pages")] = writer.add_object(generic.DictionaryObject(tree))
    writer.update_root()


def another_font(writer: IncrementalPdfFileWriter) -> None:
    """The letters stay, what they look like does not."""
    page, _ = writer.find_page_for_modification(0)
    fonts = page.get_object()["/Resources"]["/Font"]
    plain = {Name("/Type"): Name("/Font"), Name("/Subtype"): Name("/Type1"), Name("/BaseFont"): Name("/Symbol")}
    fonts[Name(next(iter(fonts)))] = writer.add_object(generic.DictionaryObject(plain))
    writer.update_container(fonts)


def a_packed_file(writer: IncrementalPdfFileWriter) -> None:
    names = generic.ArrayObject([generic.TextStringObject("a.exe"), generic.DictionaryObject({Name("/F"): Name("/a")})])
    packed = generic.DictionaryObject({Name("/Names"): names})
    writer.root[Name("/Names")] = generic.DictionaryObject({Name("/EmbeddedFiles"): writer.add_object(packed)})
    writer.update_root()


def another_look_of_the_signature(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    look = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 250 250 re f")
    look.update({Name("/Type"): Name("/XObject"), Name("/Subtype"): Name("/Form"),
                 Name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 250, 250)))})  # fmt: skip
    field[Name("/AP")] = generic.DictionaryObject({Name("/N"): writer.add_object(look)})
    writer.update_container(field)


UPDATES = {f.__name__: appended(f) for f in (
    another_page, other_words, a_note, an_unsigned_picture, a_script, a_layer_taken_off,
    another_object_under_the_same_number, another_page_tree, another_font, a_packed_file,
    another_look_of_the_signature,
)}  # fmt: skip


def nothing_but_an_end(pdf: bytes) -> bytes:
    return pdf + b"\n% more\n%%EOF\n"


def rewritten(pdf: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out)
    return out.getvalue()


def range_over_less(pdf: bytes) -> bytes:
    return _range(pdf, lambda a, b, c, d: (a, b, c, d - 40))


def range_from_later(pdf: bytes) -> bytes:
    return _range(pdf, lambda a, b, c, d: (a + 10, b - 10, c, d))


def range_with_a_wider_gap(pdf: bytes) -> bytes:
    return _range(pdf, lambda a, b, c, d: (a, b, c + 20, d - 20))


def range_beyond_the_end(pdf: bytes) -> bytes:
    return _range(pdf, lambda a, b, c, d: (a, b, c + 100, d))


def range_backwards(pdf: bytes) -> bytes:
    return _range(pdf, lambda a, b, c, d: (a, b, c, -d))


def range_that_wraps_the_old_file(pdf: bytes) -> bytes:
    """Signature wrapping: the signed bytes stand aside, other bytes in front of the reader."""
    return pdf.replace(b"%PDF-1.7", b"%PDF-1.7\n%" + b"x" * 500, 1)


def signature_of_another_file(pdf: bytes) -> bytes:
    start, end = gap(pdf)
    body = bytearray(pdf)
    body[start : start + 200] = body[end - 200 : end]
    return bytes(body)


def range_that_starts_within(pdf: bytes) -> bytes:
    return _range(pdf, lambda _a, b, c, d: (b // 2, b - b // 2, c, d))


def range_over_the_gap(pdf: bytes) -> bytes:
    return _range(pdf, lambda a, _b, c, d: (a, c, c, d))


def range_twice_the_same(pdf: bytes) -> bytes:
    return _range(pdf, lambda a, b, _c, _d: (a, b, a, b))


def range_of_nothing(pdf: bytes) -> bytes:
    return _range(pdf, lambda *_all: (0, 0, 0, 0))


def range_renamed(pdf: bytes) -> bytes:
    """A signature without a byte range at all."""
    return pdf.replace(b"/ByteRange", b"/ByteRangX")


def value_renamed(pdf: bytes) -> bytes:
    """A signature without a value at all."""
    start = gap(pdf)[0]
    name = pdf.rindex(b"/Contents", 0, start)
    return pdf[:name] + b"/ContentX" + pdf[name + 9 :]


def range_moved_behind_what_was_put_in(pdf: bytes) -> bytes:
    """Signature wrapping: the second signed part is pushed back, foreign bytes stand between value and it."""
    _start, end = gap(pdf)
    foreign = b"\n9 0 obj\n<</Type/Catalog>>\nendobj\n".ljust(400)
    torn = pdf[: end + 1] + foreign + pdf[end + 1 :]
    return _range(torn, lambda a, b, c, d: (a, b, c + len(foreign), d))


def value_left_out(pdf: bytes) -> bytes:
    start, end = gap(pdf)
    return pdf[:start] + b"0" * (end - start) + pdf[end:]


WHOLE_FILE = {
    f.__name__: f
    for f in (
        nothing_but_an_end, rewritten, range_over_less, range_from_later, range_with_a_wider_gap, range_beyond_the_end,
        range_backwards, range_that_wraps_the_old_file, signature_of_another_file, value_left_out,
        range_that_starts_within, range_over_the_gap, range_twice_the_same, range_of_nothing, range_renamed,
        value_renamed, range_moved_behind_what_was_put_in,
    )
}  # fmt: skip


@pytest.mark.parametrize("forgery", [*UPDATES, *WHOLE_FILE])
def test_a_forgery_of_one_signature(world, signed, forgery):
    assert refused(world, (UPDATES | WHOLE_FILE)[forgery](signed))


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_is_told_as_a_change(world, signed, update):
    only = verify(UPDATES[update](signed), world.trust, at=AT).signatures[0]
    assert (only.verdict, only.modified_after, only.covers_whole_file) == (Verdict.FAILED, True, False)
    assert "thay đổi sau khi ký" in only.reason


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_between_two_signatures(world, signed, update):
    """The second signer signs the forged file in good faith; the first signature still tells."""
    sealed = sign(UPDATES[update](signed), world.seal, Intent(AT))
    leader, seal = verify(sealed, world.trust, at=AT).signatures
    assert (leader.verdict, seal.verdict) == (Verdict.FAILED, Verdict.PASSED)
    assert verify(sealed, world.trust, at=AT).verdict is Verdict.FAILED


@pytest.mark.parametrize("forgery", [*UPDATES, *WHOLE_FILE])
def test_a_forgery_under_an_archive_timestamp(world, by_level, forgery):
    assert refused(world, (UPDATES | WHOLE_FILE)[forgery](by_level[Level.B_LTA]))


def refused(world, pdf: bytes) -> bool:
    return verify(pdf, world.trust, at=AT).verdict is not Verdict.PASSED


def _range(pdf: bytes, change: Callable[[int, int, int, int], tuple[int, ...]]) -> bytes:
    found = list(RANGE.finditer(pdf))[-1]
    numbers = " ".join(map(str, change(*map(int, found.groups()[:4]))))
    room = len(found.group()) - len("/ByteRange []")
    return pdf[: found.start()] + f"/ByteRange [{numbers:<{room}}]".encode() + pdf[found.end() :]


@pytest.mark.parametrize("tail", [b"PK\x03\x04 a whole archive", b"\n% a remark\n", b"x", b"x\nstartxref\n12\n%%EOF\n"])
def test_loose_bytes_behind_the_end_are_told(world, signed, by_level, tail):
    """Readers skip them and nobody signed them: the file is not the one that was signed."""
    for file in (signed, by_level[Level.B_LTA]):
        assert refused(world, file + tail)
