"""Files made to harm whoever looks at them: loops, bombs, towers, and masks."""

from __future__ import annotations

import zlib
from collections.abc import Callable

MB = 1024 * 1024


def pdf_of(objects: list[bytes], *, trailer: bytes = b"/Root 1 0 R", header: bytes = b"%PDF-1.7\n") -> bytes:
    """Return a file of these objects, numbered from 1, with a right cross-reference table."""
    body, places = bytearray(header), []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(body) + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)


CATALOG = b"<</Type/Catalog /Pages 2 0 R /AcroForm <</Fields [3 0 R] /SigFlags 3>>>>"
PAGES = b"<</Type/Pages /Kids [] /Count 0>>"


def fields_that_loop() -> bytes:
    return pdf_of([CATALOG, PAGES, b"<</T (a) /Kids [3 0 R]>>"])


def fields_that_loop_over_two() -> bytes:
    return pdf_of([CATALOG, PAGES, b"<</T (a) /Kids [4 0 R 4 0 R]>>", b"<</T (b) /Parent 3 0 R /Kids [3 0 R 3 0 R]>>"])


def pages_that_loop() -> bytes:
    return pdf_of([CATALOG, b"<</Type/Pages /Kids [2 0 R] /Parent 2 0 R /Count 9>>", b"<</T (a)>>"])


def a_root_that_is_itself() -> bytes:
    return pdf_of([b"1 0 R"])


def tables_that_loop() -> bytes:
    plain = pdf_of([CATALOG, PAGES, b"<</T (a)>>"])
    start = plain.rindex(b"xref\n0")
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def a_tower_of_brackets() -> bytes:
    return pdf_of([CATALOG, PAGES, b"[" * 200_000 + b"]" * 200_000])


def a_signature_of_many_fields() -> bytes:
    """Thousands of fields with one and the same broken signature."""
    count = 4_000
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + count))
    value = b"<</Type/Sig /Filter/Adobe.PPKLite /SubFilter/ETSI.CAdES.detached /ByteRange [0 9 9 9] /Contents <3080>>>"
    field = b"<</FT/Sig /T (f%d) /V 3 0 R>>"
    catalog = CATALOG.replace(b"3 0 R", kids)
    return pdf_of([catalog, PAGES, value, *(field % number for number in range(count))])


def a_bomb_in_the_table() -> bytes:
    """A cross-reference stream of a few kilobytes that unpacks to two gigabytes."""
    return _with_stream_table(_bomb(2_000))


def a_bomb_in_a_bomb() -> bytes:
    return _with_stream_table(zlib.compress(_bomb(4_000), 9), filters=b"[/FlateDecode /FlateDecode]")


def a_bomb_of_objects() -> bytes:
    packed = _bomb(1_000)
    stream = b"<</Type/ObjStm /N 9 /First 9 /Filter/FlateDecode /Length %d>>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    return pdf_of([CATALOG, PAGES, stream])


def a_desert_of_digits() -> bytes:
    value = b"<</Type/Sig /SubFilter/ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <%s>>>" % (b"30" * 6 * MB)
    return pdf_of([CATALOG, PAGES, b"<</FT/Sig /T (a) /V 4 0 R>>", value])


def a_tower_of_asn1() -> bytes:
    value = b"<</Type/Sig /SubFilter/ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <%s>>>" % (b"3080" * 100_000)
    return pdf_of([CATALOG, PAGES, b"<</FT/Sig /T (a) /V 4 0 R>>", value])


def a_staircase_of_revisions() -> bytes:
    plain = pdf_of([CATALOG, PAGES, b"<</T (a)>>"])
    for _ in range(3_000):
        start = plain[plain.rindex(b"startxref\n") + 10 :].split(b"\n")[0]
        table = len(plain)
        plain += b"xref\n0 0\ntrailer\n<</Size 4 /Root 1 0 R /Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (start, table)
    return plain


def a_web_page() -> bytes:
    return b"<!doctype html><script>alert(1)</script>" + pdf_of([CATALOG, PAGES, b"<</T (a)>>"])


def an_archive_that_is_also_a_document() -> bytes:
    return b"PK\x03\x04" + pdf_of([CATALOG, PAGES, b"<</T (a)>>"])


def a_locked_file() -> bytes:
    lock = b"/Root 1 0 R /Encrypt <</Filter/Standard /V 1 /R 2 /O <00> /U <00> /P -4>> /ID [<00> <00>]"
    return pdf_of([CATALOG, PAGES, b"<</T (a)>>"], trailer=lock)


def _bomb(megabytes: int) -> bytes:
    """Return packed zeros; the same block over and over, so that making it costs nothing."""
    packer = zlib.compressobj(9)
    first = packer.compress(bytes(10 * MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(10 * MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes // 10)


def _with_stream_table(packed: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    head = b"%PDF-1.7\n"
    table = (
        b"1 0 obj\n<</Type/XRef /Size 9999999 /W [1 4 2] /Root 1 0 R /Filter %s /Length %d>>\nstream\n%s\nendstream\n"
    )
    return head + table % (filters, len(packed), packed) + b"endobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


FILES: tuple[Callable[[], bytes], ...] = (
    fields_that_loop, fields_that_loop_over_two, pages_that_loop, a_root_that_is_itself, tables_that_loop,
    a_tower_of_brackets, a_signature_of_many_fields, a_bomb_in_the_table, a_bomb_in_a_bomb, a_bomb_of_objects,
    a_desert_of_digits, a_tower_of_asn1, a_staircase_of_revisions, a_web_page, an_archive_that_is_also_a_document,
    a_locked_file,
)  # fmt: skip
