"""Scans made up for measures and tests: Vietnamese text set in Tinos, then turned, skewed, shaded and noised."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from app.adapters.fonts import Tinos

TEXT = """ỦY BAN NHÂN DÂN XÃ TÂN HIỆP
Số: 125/QĐ-UBND
Tân Hiệp, ngày 12 tháng 10 năm 2026
QUYẾT ĐỊNH
Về việc công nhận kết quả giải quyết thủ tục hành chính
Căn cứ Luật Tổ chức chính quyền địa phương năm 2025;
Theo đề nghị của Trưởng phòng Kinh tế, Hạ tầng và Đô thị,
Điều 1. Công nhận ông Nguyễn Văn Thử, sinh năm 1985, thường trú
tại thôn Đông Hòa, là chủ sở hữu ngôi nhà cấp bốn xây dựng trên
thửa đất số 318, tờ bản đồ số 24, diện tích một trăm hai mươi
mét vuông, mục đích sử dụng đất ở tại nông thôn, thời hạn lâu dài.
Điều 2. Người được công nhận có trách nhiệm nộp đủ lệ phí trước
bạ, giữ gìn mốc giới và không được lấn chiếm hành lang đường bộ.
Điều 3. Văn phòng, các phòng chuyên môn và ông Nguyễn Văn Thử
chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./."""
OTHER_TEXT = """GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH
Tên hộ kinh doanh: Cửa hàng tạp hóa Phương Thảo
Địa điểm: số 17 đường Trần Quý Cáp, phường Quảng Phú
Ngành nghề: bán lẻ lương thực, thực phẩm, đồ uống, thuốc lá
Vốn kinh doanh: hai trăm triệu đồng chẵn
Họ và tên chủ hộ: Lê Thị Mẫu, giới tính nữ, quốc tịch Việt Nam
Giấy này có hiệu lực kể từ ngày cấp và thay cho giấy đã cấp trước
đây. Khi thay đổi nội dung đăng ký, chủ hộ phải thông báo bằng văn
bản với cơ quan đăng ký kinh doanh trong mười ngày làm việc."""


def page(text: str = TEXT, *, dpi: int = 200) -> Image.Image:
    """Return an A4 page of 13-point text at `dpi`."""
    sheet = Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), "white")
    font = ImageFont.truetype(str(Tinos.open().files()["Tinos-Regular.ttf"]), round(13 * dpi / 72))
    pen = ImageDraw.Draw(sheet)
    for row, line in enumerate(text.splitlines()):
        pen.text((round(1.2 * dpi), round((1.0 + 0.33 * row) * dpi)), line, font=font, fill=(25, 25, 35))
    return sheet


def noisy(sheet: Image.Image, *, angle: float = 1.8, seed: int = 5) -> Image.Image:
    """Return the page as a poor machine scans it: skewed, blurred, grainy and darker towards one corner."""
    paper = (243, 240, 232)
    skewed = sheet.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(0.7))
    shade = Image.linear_gradient("L").resize(sheet.size).point(lambda value: 205 + value // 6)
    grain = Image.effect_noise(sheet.size, 26).convert("RGB")
    shaded = Image.composite(skewed, Image.new("RGB", sheet.size, (150, 150, 150)), shade)
    dust = ImageDraw.Draw(shaded)
    place = random.Random(seed)
    for _ in range(60):
        x, y = place.randrange(sheet.width), place.randrange(sheet.height)
        dust.ellipse((x, y, x + sheet.width // 820, y + sheet.width // 820), fill=(90, 90, 90))
    return Image.blend(Image.blend(shaded, Image.new("RGB", sheet.size, paper), 0.08), grain, 0.12)


def blank(*, dpi: int = 200) -> Image.Image:
    """Return the empty back of a page, with dust and a shadow at its edge."""
    empty = noisy(Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), "white"), angle=0)
    ImageDraw.Draw(empty).rectangle((0, 0, round(dpi * 0.1), empty.height), fill=(70, 70, 70))
    return empty


def jpeg(sheet: Image.Image, *, dpi: int = 200, quality: int = 75) -> bytes:
    """Return the page as a scanner writes it."""
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


def character_errors(said: str, meant: str) -> float:
    """Return the character error rate: edits to make `said` into `meant`, spaces folded, as a share of `meant`."""
    said, meant = " ".join(said.split()), " ".join(meant.split())
    row = list(range(len(said) + 1))
    for place, letter in enumerate(meant, start=1):
        before, row[0] = row[0], place
        for column, other in enumerate(said, start=1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != other))
    return row[-1] / len(meant)
