"""The quicker reader of hexadecimal strings says what the library's own says."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfError

from signing.hex_repair import _original, read_hex_string


@given(
    st.one_of(
        st.text("0123456789abcdefABCDEF", max_size=600),
        st.text("0123456789abcdef \n%x<", max_size=40),
    ),
    st.sampled_from([">", "> trailing", "", ">>"]),
)
def test_it_reads_what_the_library_reads(digits, end):
    assert _told(read_hex_string, digits + end) == _told(_original, digits + end)


def test_a_string_of_many_megabytes_costs_no_patience():
    begun = time.process_time()
    read_hex_string(BytesIO(b"<" + b"00" * 5_000_000 + b">"))
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("broken", ["<12", "<1g>", "<"])
def test_a_mistake_stays_the_librarys_to_name(broken):
    with pytest.raises(PdfError):
        read_hex_string(BytesIO(broken.encode()))


def _told(reader, text: str) -> object:
    stream = BytesIO(b"  <" + text.encode())
    stream.seek(2)
    try:
        return type(value := reader(stream)), bytes(value.original_bytes), stream.tell()
    except PdfError as error:
        return type(error)
