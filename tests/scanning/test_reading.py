"""Pages come out upright, straight and readable: character errors, blanks, twins, resolution, the archive format."""

from __future__ import annotations

import io
import subprocess

import pikepdf
import pytest
from PIL import Image

from app.adapters.scanning import run as scanning
from app.adapters.scanning.picture import is_blank, lies_sideways, skew_of
from app.adapters.scanning.run import Source, digitize
from app.bench import scanned_pages as pages
from app.domain.scans import Doubt


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """One batch: a clean page, a noisy one upside down, an empty back, the first page scanned again, a poor photo."""
    clean, poor = pages.page(), pages.noisy(pages.page(pages.OTHER_TEXT))
    low = pages.page(pages.OTHER_TEXT).resize((830, 1174))
    sheets = {
        "01.jpg": pages.jpeg(clean),
        "02.jpg": pages.jpeg(poor.rotate(180)),
        "03.jpg": pages.jpeg(pages.blank()),
        "04.jpg": pages.jpeg(pages.noisy(clean, angle=-0.9)),
        "05.jpg": pages.jpeg(low, dpi=100),
    }
    output = tmp_path_factory.mktemp("scan") / "batch.pdf"
    steps: list[int] = []
    found = digitize([Source(name, content) for name, content in sheets.items()], output, progress=steps.append)
    return found, output, steps


def test_a_clean_page_is_read_with_at_most_two_errors_in_a_hundred_letters(batch):
    found, _, _ = batch
    assert pages.character_errors(found.texts[0], pages.TEXT) <= 0.02


def test_a_skewed_noisy_page_on_its_head_is_read_with_at_most_five(batch):
    found, _, _ = batch
    assert pages.character_errors(found.texts[1], pages.OTHER_TEXT) <= 0.05
    assert found.sources[1].turned == 180
    assert abs(found.sources[1].skew) == pytest.approx(1.8, abs=0.3)


def test_blank_backs_are_dropped_and_doubts_named_with_their_page(batch):
    found, _, _ = batch
    doubts = {(doubt.code, doubt.file) for doubt in found.warnings}
    assert (found.pages, found.blank, found.dpi) == (4, 1, 100)
    assert {(Doubt.DUPLICATE, "04.jpg"), (Doubt.LOW_RESOLUTION, "05.jpg")} <= doubts
    assert (Doubt.DUPLICATE, "02.jpg") not in doubts


def test_progress_only_grows(batch):
    _, _, steps = batch
    assert steps == sorted(steps)
    assert len(steps) == 5


def test_the_file_is_what_pdf_a_asks_for(batch):
    _, output, _ = batch
    with pikepdf.open(output) as document:
        with document.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        intent = document.Root.OutputIntents[0]
        assert (intent.S, int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        assert not document.is_encrypted
        assert {"/Names", "/OpenAction", "/AcroForm"}.isdisjoint(document.Root.keys())
        for page in document.pages:
            (font,) = page.Resources.Font.values()
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
    assert subprocess.run(["qpdf", "--check", str(output)], capture_output=True, check=False).returncode == 0


def test_other_readers_find_the_words_where_they_stand(batch):
    _, output, _ = batch
    command = ["pdftotext", "-f", "1", "-l", "1", "-bbox", str(output), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    line = next(line for line in said.stdout.splitlines() if ">QUYẾT<" in line)
    top = float(line.split('yMin="')[1].split('"')[0])
    assert top == pytest.approx((1.0 + 0.33 * 3) * 72, abs=8)  # where the page was set, in points


@pytest.mark.parametrize("angle", [-5.0, -0.6, 0.0, 3.3])
def test_the_skew_of_a_page_is_found_to_a_fifth_of_a_degree(angle):
    assert skew_of(pages.page(dpi=110).rotate(angle, fillcolor="white")) == pytest.approx(-angle, abs=0.2)


def test_a_line_at_the_foot_keeps_a_page_and_dust_does_not():
    short = pages.page("Trang 2/2", dpi=110)
    assert (is_blank(short), is_blank(pages.blank(dpi=110))) == (False, True)


def test_a_page_on_its_side_is_seen():
    sheet = pages.page(dpi=110)
    assert (lies_sideways(sheet), lies_sideways(sheet.rotate(90, expand=True))) == (False, True)


def test_tiff_png_heic_and_pdf_are_taken_page_by_page(tmp_path, monkeypatch):
    heif = pytest.importorskip("pillow_heif")
    first, second = pages.page("Trang thứ nhất", dpi=120), pages.page("Trang thứ hai", dpi=120)
    tiff, png, photo, paper = io.BytesIO(), io.BytesIO(), io.BytesIO(), io.BytesIO()
    first.save(tiff, "TIFF", save_all=True, append_images=[second], dpi=(120, 120), compression="tiff_lzw")
    first.convert("1").save(png, "PNG", dpi=(120, 120))
    heif.from_pillow(second).save(photo)
    first.save(paper, "PDF", save_all=True, append_images=[second], resolution=120)
    files = {"a.tif": tiff, "b.png": png, "c.heic": photo, "d.pdf": paper}
    monkeypatch.setenv("PATH", "/nowhere")  # the pages are what is asked here: no reading
    found = digitize([Source(name, file.getvalue()) for name, file in files.items()], tmp_path / "all.pdf")
    assert [(page.file, page.page) for page in found.sources] == [
        ("a.tif", 1), ("a.tif", 2), ("b.png", 1), ("c.heic", 1), ("d.pdf", 1), ("d.pdf", 2),
    ]  # fmt: skip
    assert {page.dpi for page in found.sources if page.file != "c.heic"} <= {119, 120, 121}


def test_without_the_reader_there_is_a_pdf_and_a_plain_word_about_it(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "has_reader", lambda: False)
    monkeypatch.setenv("PATH", "/nowhere")
    found = digitize([Source("a.jpg", pages.jpeg(pages.page(dpi=110), dpi=110))], tmp_path / "a.pdf")
    assert not found.text_layer
    assert "tesseract" in next(doubt.reason for doubt in found.warnings if doubt.code is Doubt.NO_TEXT_LAYER)


def test_a_camera_that_was_held_sideways_says_so_and_is_believed(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    pages.page(dpi=110).rotate(90, expand=True).save(out, "JPEG", exif=exif, dpi=(110, 110))
    digitize([Source("a.jpg", out.getvalue())], tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as document:
        box = document.pages[0].MediaBox
        assert float(box[3]) > float(box[2])
