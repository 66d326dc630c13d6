"""The values behind the forms: secrets after #, copies, lines of entries, sums of the report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents import Copy, Entry, Lookup, Row06a
from app.domain.documents_letters import entry_lines
from app.domain.documents_parts import name_lines
from tests.documents.samples import RECEIPT
from tests.documents.samples_a4 import REPORT_06A

secrets = st.text("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=1, max_size=20)


@given(secrets)
def test_a_secret_stands_after_the_hash_only(secret):
    lookup = Lookup("https://motcua.example.vn/tra-cuu", "H44.105-261120-0123", secret)
    sent, _, kept = lookup.url.partition("#")
    assert kept == secret
    assert sent == "https://motcua.example.vn/tra-cuu/H44.105-261120-0123"


@given(secrets)
def test_a_printed_secret_is_the_secret_in_groups_of_four(secret):
    shown = Lookup("https://x", "k", secret).shown_secret
    assert shown.replace("-", "") == secret
    assert all(len(group) <= 4 for group in shown.split("-"))


def test_without_a_secret_there_is_no_hash():
    assert Lookup("https://motcua.example.vn/stt", "B042").url == "https://motcua.example.vn/stt/B042"


def test_the_kept_copy_loses_the_secret_for_good():
    kept = RECEIPT.as_copy(Copy.KEPT)
    assert kept.tracking.secret == ""
    assert kept.as_copy(Copy.APPLICANT).tracking.secret == ""


def test_neighbours_of_one_row_share_a_line():
    a, b, c, d = (Entry(label, "", row) for label, row in zip("abcd", ("", "r", "r", ""), strict=True))
    assert entry_lines((a, b, c, d)) == ((a,), (b, c), (d,))


@given(st.lists(st.builds(Entry, st.text(max_size=3), st.text(max_size=3), st.sampled_from(["", "r", "s"]))))
def test_no_entry_is_lost_or_moved(entries):
    assert [entry for line in entry_lines(tuple(entries)) for entry in line] == entries


def test_a_report_balances_or_says_it_does_not():
    assert REPORT_06A.balances
    assert not REPORT_06A.is_draft
    assert Row06a("x", *[0] * 11, resolved_unknown=2, pending_unknown=1).unknown == 3


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("", ()),
        ("UBND xã An Mẫu", ("UBND XÃ AN MẪU",)),
        ("Trung tâm Phục vụ hành chính công", ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG")),
        ("Ủy ban nhân dân xã An Mẫu", ("ỦY BAN NHÂN DÂN", "XÃ AN MẪU")),
        ("Ủy ban nhân dân tỉnh Phú Thọ", ("ỦY BAN NHÂN DÂN", "TỈNH PHÚ THỌ")),
        ("PHÒNG VĂN HÓA\nXÃ HỘI", ("PHÒNG VĂN HÓA", "XÃ HỘI")),
        ("Sở Nông nghiệp và Môi trường", ("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG")),
    ],
)
def test_names_of_bodies_are_cut_as_a_person_would(name, lines):
    assert name_lines(name) == lines
