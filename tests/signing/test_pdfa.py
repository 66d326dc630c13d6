"""PDF/A-2 before and after signing, as far as structure can be checked here: form, signatures, stamps, seal, copies."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from app.adapters.scanning.run import Source, digitize
from app.bench import scanned_pages as pages
from signing import Appearance, Intent, Level, Verdict, sign, verify
from signing.appearance import copy_mark_place, seal_place, signature_place
from signing.places import box_kept_free, first_page_size
from tests.signing.conftest import AGENCY, AT, LEADER
from tests.support.pdfa import broken_clauses, part_and_level


@pytest.fixture(scope="module")
def released(world, form, stamps) -> bytes:
    """The form with the leader's image and the agency's seal."""
    place = signature_place(box_kept_free(form))
    look = Appearance(stamps.signature(LEADER), place, LEADER)
    led = sign(form, world.leader, Intent(AT, appearance=look))
    seal = Appearance(stamps.seal(AGENCY), seal_place(place), AGENCY)
    return sign(led, world.seal, Intent(AT, appearance=seal))


@pytest.fixture(scope="module")
def scanned(tmp_path_factory) -> bytes:
    output = tmp_path_factory.mktemp("scan") / "a.pdf"
    digitize([Source("a.jpg", pages.jpeg(pages.page(dpi=110), dpi=110))], output)
    return output.read_bytes()


def test_a_form_keeps_its_structure_at_every_level(form, by_level):
    assert part_and_level(form) == ("2", "U")
    assert broken_clauses(form) == []
    for level in Level:
        assert (part_and_level(by_level[level]), broken_clauses(by_level[level])) == (("2", "U"), []), level


def test_a_released_result_keeps_it_with_image_and_seal(world, released):
    assert broken_clauses(released) == []
    assert verify(released, world.trust, at=AT).verdict is Verdict.PASSED


def test_a_scan_has_it_before_and_after_its_copy_is_certified(world, scanned, stamps):
    assert (part_and_level(scanned), broken_clauses(scanned)) == (("2", "B"), [])
    mark, place = stamps.copy_mark("SAO Y", AGENCY, at=AT), copy_mark_place(*first_page_size(scanned))
    certified = sign(scanned, world.seal, Intent(AT, appearance=Appearance(mark, place, "SAO Y")))
    assert broken_clauses(certified) == []


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(out, deterministic_id=True)
    return out.getvalue()


def no_profile(document: pikepdf.Pdf) -> None:
    del document.Root.OutputIntents


def no_metadata(document: pikepdf.Pdf) -> None:
    del document.Root.Metadata


def another_title(document: pikepdf.Pdf) -> None:
    document.trailer.Info.Title = "Khác"


def a_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="1")


def an_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.txt"] = b"a"


def a_font_outside(document: pikepdf.Pdf) -> None:
    for font in (one for one in document.objects if isinstance(one, Dictionary) and "/FontFile2" in one):
        del font.FontFile2


def no_unicode(document: pikepdf.Pdf) -> None:
    for font in (one for one in document.objects if isinstance(one, Dictionary) and "/ToUnicode" in one):
        del font.ToUnicode


def a_note_unseen(document: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), F=2)
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def cmyk(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"0 0 0 1 k", prepend=True)


def a_strange_blend(document: pikepdf.Pdf) -> None:
    document.Root.Odd = document.make_indirect(Dictionary(Type=Name.ExtGState, BM=Name.Sparkle))


BREAKS = {
    no_profile: "6.2.3", no_metadata: "6.6.2", another_title: "6.6.3", a_script: "6.5.1", an_attachment: "6.8",
    a_font_outside: "6.2.11.4", no_unicode: "6.2.11.7", a_note_unseen: "6.3.2", cmyk: "6.2.4.3",
    a_strange_blend: "6.2.10",
}  # fmt: skip


@pytest.mark.parametrize("change", BREAKS, ids=lambda change: change.__name__)
def test_the_check_sees_what_is_broken(form, change):
    assert any(BREAKS[change] in line for line in broken_clauses(changed(form, change)))


def test_the_check_sees_a_locked_file_a_wrong_head_and_a_tail(form):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    for broken, clause in ((out.getvalue(), "6.1.3"), (b"\n" + form, "6.1.2"), (form + b"tail", "6.1.3")):
        assert any(clause in line for line in broken_clauses(broken))
