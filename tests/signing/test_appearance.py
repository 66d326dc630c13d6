"""Where signature, seal and marks stand (NĐ 30/2020, Annex I), measured on the page and looked at as ink."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from app.adapters.stamp_drawings import over_circle, pen_stroke, under_circle
from signing import Appearance, Box, Intent, Place, SigningError, sign
from signing.appearance import POINTS_PER_MM, copy_mark_place, seal_place, signature_place
from signing.places import box_kept_free, first_page_size
from tests.signing.conftest import AGENCY, AT, LEADER

A4 = (595.28, 841.89)
RED, BLUE = (211, 18, 27), (23, 56, 166)


def mm(points: float) -> float:
    return round(points / POINTS_PER_MM, 1)


def test_the_form_says_where_to_sign(form):
    place = box_kept_free(form)
    assert (place.page, mm(place.box.width), mm(place.box.height)) == (0, 60.0, 24.0)


@pytest.mark.parametrize(
    ("room", "expected"),
    [((60, 30), (54.0, 22.0)), ((54, 22), (54.0, 22.0)), ((80, 11), (27.0, 11.0)), ((27, 30), (27.0, 11.0))],
)
def test_the_signature_stands_in_the_middle_as_large_as_fits(room, expected):
    width, height = (side * POINTS_PER_MM for side in room)
    box = signature_place(Place(0, Box(100, 100, 100 + width, 100 + height))).box
    assert (mm(box.width), mm(box.height)) == expected
    assert box.left - 100 == pytest.approx(100 + width - box.right)
    assert box.bottom - 100 == pytest.approx(100 + height - box.top)


def test_the_seal_covers_a_third_on_the_left_in_real_size():
    signature = Place(2, Box(300, 400, 300 + 54 * POINTS_PER_MM, 400 + 22 * POINTS_PER_MM))
    seal = seal_place(signature)
    assert (seal.page, mm(seal.box.width), mm(seal.box.height)) == (2, 36.0, 36.0)
    assert (seal.box.right - signature.box.left) / signature.box.width == pytest.approx(1 / 3)
    assert seal.box.left < signature.box.left


def test_the_mark_of_a_copy_stands_top_right_of_page_one(form):
    place = copy_mark_place(*first_page_size(form))
    assert place.page == 0
    assert place.box.right < A4[0] < place.box.right + 15 * POINTS_PER_MM
    assert place.box.top < A4[1] < place.box.top + 10 * POINTS_PER_MM


def test_a_box_that_is_not_there_is_named(form):
    with pytest.raises(SigningError, match="không có ô ký “o-dau”"):
        box_kept_free(form, "o-dau")


def test_ink_of_the_right_colour_stands_where_it_should(world, form, stamps):
    leader, seal = signature_place(box_kept_free(form)), seal_place(signature_place(box_kept_free(form)))
    once = sign(form, world.leader, Intent(AT, appearance=Appearance(stamps.signature(LEADER), leader)))
    both = sign(once, world.seal, Intent(AT, appearance=Appearance(stamps.seal(AGENCY), seal)))
    assert ink(form) == {}
    blue, red = ink(both)[BLUE], ink(both)[RED]
    assert inside(blue, leader.box)
    assert inside(red, seal.box)
    assert mm(red.width) == pytest.approx(36, abs=0.8)


def test_a_signature_is_read_out_by_its_label(world, form, stamps):
    place = signature_place(box_kept_free(form))
    look = Appearance(stamps.signature(LEADER), place, f"Chữ ký của {LEADER}")
    with pikepdf.open(BytesIO(sign(form, world.leader, Intent(AT, appearance=look)))) as pdf:
        assert str(pdf.Root.AcroForm.Fields[0].TU) == f"Chữ ký của {LEADER}"


@pytest.mark.parametrize(
    ("draw", "size"),
    [
        (lambda stamps: stamps.signature(LEADER), (54.0, 22.0)),
        (lambda stamps: stamps.seal(AGENCY), (36.0, 36.0)),
        (lambda stamps: stamps.copy_mark("SAO Y", AGENCY.upper(), at=AT), (72.0, 22.0)),
    ],
)
def test_a_stamp_is_one_page_of_its_size(stamps, draw, size):
    document = pypdfium2.PdfDocument(draw(stamps))
    assert len(document) == 1
    assert tuple(map(mm, document[0].get_size())) == size


def test_a_copy_mark_says_form_agency_and_time(stamps):
    page = pypdfium2.PdfDocument(stamps.copy_mark("SAO Y", AGENCY, at=AT))[0]
    assert page.get_textpage().get_text_range().split("\r\n") == ["SAO Y", AGENCY, "2026-03-09T08:30:00+07:00"]


def test_the_longest_agency_leaves_room_for_the_time(stamps):
    agency = "ỦY BAN NHÂN DÂN PHƯỜNG ĐÔNG HƯNG THUẬN TÂN THỚI NHẤT, THÀNH PHỐ HỒ CHÍ MINH"
    document = pypdfium2.PdfDocument(stamps.copy_mark("TRÍCH SAO", agency, at=AT))
    assert len(document) == 1
    assert document[0].get_textpage().get_text_range().split("\r\n")[-1] == "2026-03-09T08:30:00+07:00"


def test_every_name_has_its_own_hand_and_keeps_it():
    strokes = {pen_stroke(name) for name in (LEADER, "Trần Văn Thử", "Lê Thị Ví Dụ")}
    assert len(strokes) == 3
    assert pen_stroke(LEADER) in strokes


def test_letters_on_a_circle_read_from_left_to_right():
    for letters in (over_circle("ABC", radius=100, spread=60), under_circle("ABC", radius=100, spread=60)):
        assert [letter.text for letter in letters] == ["A", "B", "C"]
        assert [letter.x for letter in letters] == [-50.0, 0.0, 50.0]
    assert over_circle("A B", radius=100, spread=60)[0].turn == -30
    assert under_circle("A B", radius=100, spread=60)[0].turn == 30


def ink(pdf: bytes) -> dict[tuple[int, int, int], Box]:
    """The box of each signature colour on page one, in points; anything that is neither black nor white."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    image: Image.Image = document[0].render(scale=2, may_draw_forms=True).to_pil().convert("RGB")
    found = {}
    for colour in (RED, BLUE):
        away = ImageChops.difference(image, Image.new("RGB", image.size, colour)).convert("L")
        if box := away.point(lambda distance: 255 if distance < 20 else 0).getbbox():
            left, top, right, bottom = (side / 2 for side in box)
            found[colour] = Box(left, A4[1] - bottom, right, A4[1] - top)
    return found


def inside(inner: Box, outer: Box, *, slack: float = 2.0) -> bool:
    return (
        inner.left >= outer.left - slack
        and inner.right <= outer.right + slack
        and inner.bottom >= outer.bottom - slack
        and inner.top <= outer.top + slack
    )
