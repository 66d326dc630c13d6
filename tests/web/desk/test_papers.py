"""Papers at the desk (số hóa): attached, looked at as images, exempt with a reason; wrong files change nothing."""

from __future__ import annotations

import io
import re

from tests.support.seeded import Desk
from tests.web.desk.worker import Worker, photograph, scanned_pdf


def attach(clerk: Worker, code: str, *files: tuple[io.BytesIO, str]) -> str:
    """Attach files to the first paper, and return what the page says."""
    clerk.open(f"/mot-cua/ho-so/{code}/so-hoa")
    return clerk.send(f"/mot-cua/ho-so/{code}/so-hoa/1/tep", files=list(files)).text


def test_files_are_attached_and_shown_as_images(clerk: Worker, desk: Desk):
    code = desk.receive().code
    page = attach(clerk, code, photograph(), scanned_pdf())
    assert "Đã đính kèm 2 tệp" in page
    images = re.findall(r'<img src="([^"]+)"', page)
    assert len(images) == 2
    for image in images:
        assert clerk.client.get(image).mimetype == "image/jpeg"
    assert clerk.client.get(images[0].replace("/1.jpg", "/9.jpg")).status_code == 404


def test_a_file_is_downloaded_only_as_an_attachment(clerk: Worker, desk: Desk):
    code = desk.receive().code
    attach(clerk, code, scanned_pdf())
    link = re.search(r'href="(/mot-cua/ho-so/[^"]+/tep/\d+)"', clerk.page.text)
    assert link
    assert 'class="mc-page-image"' in clerk.open(link[1]).text
    sent = clerk.client.get(f"{link[1]}/tai")
    assert sent.headers["Content-Disposition"].startswith("attachment")


def test_a_wrong_file_is_refused_by_name_and_nothing_is_kept(clerk: Worker, desk: Desk):
    code = desk.receive().code
    for content, name, said in (
        (b"", "rong.pdf", "rỗng hoặc tải chưa trọn"),
        (b"<html><body>khong phai</body></html>", "gia.pdf", "không phải PDF"),
        (b"%PDF-1.7\nbroken", "hong.pdf", "bị hỏng"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "anh.jpg", "không phải PDF"),
    ):
        page = attach(clerk, code, (io.BytesIO(content), name))
        assert said in page, name
        assert clerk.page.status_code == 422, name
    clerk.open(f"/mot-cua/ho-so/{code}/so-hoa")
    assert "<img" not in clerk.page.text


def test_a_paper_is_exempt_with_its_reason(clerk: Worker, desk: Desk):
    code = desk.receive().code
    clerk.open(f"/mot-cua/ho-so/{code}/so-hoa")
    page = clerk.send(f"/mot-cua/ho-so/{code}/so-hoa/1/mien", reason="shown_only")
    assert "Miễn: chỉ xuất trình" in page.text
    wrong = clerk.send(f"/mot-cua/ho-so/{code}/so-hoa/1/mien", reason="lười")
    assert wrong.status_code == 422


def test_a_file_taken_off_leaves_the_paper_to_be_scanned(clerk: Worker, desk: Desk):
    code = desk.receive().code
    attach(clerk, code, photograph())
    remove = re.search(r'action="([^"]+/bo)"', clerk.page.text)
    assert remove
    page = clerk.send(remove[1])
    assert "Đã bỏ tệp" in page.text
    assert "Giấy, chưa quét" in page.text
