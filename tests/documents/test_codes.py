"""QR and bar codes are read back from a 200-dpi picture, as a desk scanner or a phone would."""

from __future__ import annotations

import gc
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from app.adapters.code_images import CodeImages, code128_image, qr_image
from app.adapters.codes import qr_svg
from tests.documents.gallery import FORMS
from tests.support.pdf_pages import page_count, to_png

_RECEIPT_URL = "https://motcua.example.vn/tra-cuu/H44.105-261120-0123#7KQM4TXR"
_CODE = "H44.105-261120-0123"

READ = {
    "mau-01": {_RECEIPT_URL, _CODE},
    "mau-01-hai-lien": {_RECEIPT_URL, _CODE},
    "mau-02": {"https://motcua.example.vn/tra-cuu/H44.105-261120-0131#9DFX2MRP", "H44.105-261120-0131"},
    "mau-03": {"https://motcua.example.vn/xac-minh/PTC-0004-2026#K4ZQ8T2W"},
    "mau-05": {"https://motcua.example.vn/xac-minh/TBD-0002-2026#W7RM3HXD"},
    "mau-06": {_CODE},
    "ket-qua-xac-nhan": {"https://motcua.example.vn/xac-minh/KQ-214-2026#M3VX6QTN"},
    "ket-qua-quyet-dinh": {"https://motcua.example.vn/xac-minh/KQ-0087-2026#ZX4NP7RD"},
    "to-khai-dien-tu": {"N7F3-9184QD"},
    "phieu-ban-giao": {"BG-261120-0007"},
    "the-xep-hang": {"https://motcua.example.vn/stt/B042-261120"},
    "phan-cach-quet": {f"{_CODE}/01", f"{_CODE}/02"},
}


def read_codes(pdf: bytes, *, turned: float = 0) -> list[str]:
    """All codes on all pages, from a 200-dpi picture turned by some degrees."""
    pages = (Image.open(BytesIO(to_png(pdf, page, dpi=200))).convert("L") for page in range(page_count(pdf)))
    sheets = (page.rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC) for page in pages)
    return [code.text for sheet in sheets for code in zxingcpp.read_barcodes(sheet)]


@pytest.mark.parametrize("name", READ)
def test_codes_read_back(name, drawn):
    assert set(read_codes(drawn(name))) == READ[name]


def test_a_crooked_scan_still_reads(drawn):
    assert set(read_codes(drawn("mau-01"), turned=1.2)) == READ["mau-01"]


def test_the_kept_copy_scans_as_the_bare_code(drawn):
    found = read_codes(drawn("mau-01-hai-lien"))
    assert sorted(found) == sorted([_CODE, _CODE, _CODE, _RECEIPT_URL])


def test_a_separator_fed_upside_down_reads_the_same(drawn):
    assert set(read_codes(drawn("phan-cach-quet"), turned=180)) == READ["phan-cach-quet"]


def test_the_bar_code_is_as_wide_as_its_bars_say():
    width, height, _ratio = CodeImages()[f"code:128/9.0/0.254/{_CODE}"].get_intrinsic_size(1, 16)
    assert (round(width * 25.4 / 96, 2), round(height * 25.4 / 96, 2)) == (61.47, 9.0)


def test_titles_of_codes_are_escaped():
    assert "<script>" not in qr_svg("x", "<script>")
    assert "<script>" not in qr_image("x", "<script>")
    assert "<b>" not in code128_image("A<b>1", 9.0)


def test_only_codes_are_drawn_without_asking_the_fetcher():
    assert "code:qr/M/x" in CodeImages()
    assert "bundled:Tinos-Regular.ttf" not in CodeImages()


def test_a_text_too_long_for_a_code_is_refused():
    with pytest.raises(ValueError, match="too long"):
        qr_svg("x" * 5_000, "")


def test_garbage_is_looked_for_again_after_a_form(printer):
    printer.render(FORMS["loi-chung"])
    assert gc.isenabled()
