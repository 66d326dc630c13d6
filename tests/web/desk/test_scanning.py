"""Scanning at the desk: handed in, watched, compared, found by words; a wrong file changes nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf

from app.bench import scanned_pages as pages
from app.scheduler.table import WORKSHOP
from app.services import signers
from signing import Intent, sign
from tests.services.test_reusing import held, typed_paper
from tests.support.seeded import Desk
from tests.web.desk.worker import PAGE_PIN, Worker
from tests.web.public.test_every_page import problems_of


def test_a_scan_goes_from_the_page_through_the_workshop_back_to_the_page(clerk: Worker, desk: Desk):
    code = desk.receive().code
    papers = f"/mot-cua/ho-so/{code}/so-hoa"
    clerk.open(papers)
    page = clerk.send(f"{papers}/1/quet", files=[(io.BytesIO(pages.jpeg(pages.page(dpi=110), dpi=110)), "a.jpg")])
    assert "Chờ số hóa" in page.text
    assert clerk.client.get(f"{papers}/tien-do").json["scans"][0]["state"] == "waiting"
    try:
        assert WORKSHOP.run(desk.house, desk.clock.now()) >= 1
    finally:
        WORKSHOP.close()
    page = clerk.open(papers)
    assert "Chưa đối chiếu" in page.text
    assert "125/QĐ-UBND" in clerk.shown("proposals")
    compare = re.search(r'action="([^"]+/doi-chieu)"', page.text)
    assert compare
    assert clerk.send(compare[1], number="125/QĐ-UBND", issued_on="32/13/2026").status_code == 422
    page = clerk.send(compare[1], number="125/QĐ-UBND", issued_on="12/10/2026")
    assert "Đã đối chiếu" in page.text
    assert "số 125/QĐ-UBND" in page.text
    clerk.open("/mot-cua/tim-giay")
    assert code in clerk.send("/mot-cua/tim-giay", q="cong nhan thửa đất").text
    assert "Không có giấy tờ nào" in clerk.send("/mot-cua/tim-giay", q="lâm nghiệp").text


def test_a_wrong_file_is_refused_by_name_at_once(clerk: Worker, desk: Desk):
    code = desk.receive().code
    clerk.open(f"/mot-cua/ho-so/{code}/so-hoa")
    page = clerk.send(f"/mot-cua/ho-so/{code}/so-hoa/1/quet", files=[(io.BytesIO(b"<html>%PDF-1.4"), "gia.pdf")])
    assert (page.status_code, "gia.pdf" in page.text) == (422, True)
    assert "Chờ số hóa" not in page.text


def test_a_file_with_a_bad_signature_is_said_at_once_at_every_intake_of_the_desk(clerk: Worker, desk: Desk):
    code = desk.receive().code
    bad = signed_by_the_seal(desk).replace(b"SO 1", b"SO 9")
    for page, address, field in (
        ("/mot-cua/tram-quet", "/mot-cua/tram-quet", "files"),
        (f"/mot-cua/ho-so/{code}/so-hoa", f"/mot-cua/ho-so/{code}/so-hoa/1/quet", "files"),
        (f"/mot-cua/ho-so/{code}/so-hoa", f"/mot-cua/ho-so/{code}/so-hoa/1/tep", "files"),
    ):
        clerk.open(page)
        said = clerk.send(address, **{field: [(io.BytesIO(bad), "ky.pdf")]})
        assert (said.status_code, "Chữ ký số trong tệp “ky.pdf” không hợp lệ" in said.text) == (422, True), address
    clerk.open("/mot-cua/tram-quet")
    good = clerk.send("/mot-cua/tram-quet", files=[(io.BytesIO(signed_by_the_seal(desk)), "ky.pdf")])
    assert good.status_code == 200


def signed_by_the_seal(desk: Desk) -> bytes:
    """A PDF whose words stand in clear, signed by the agency."""
    with pikepdf.new() as document:
        document.add_blank_page().Contents = pikepdf.Stream(document, b"% SO 1\n")
        out = io.BytesIO()
        document.save(out, compress_streams=False)
    signer, _agency = signers.seal_signer(desk.house, desk.staff("records"), PAGE_PIN)
    return sign(out.getvalue(), signer, Intent(desk.clock.now()))


def test_a_copy_s_state_stands_wherever_the_paper_does_and_a_stored_paper_is_taken_back(
    clerk: Worker, desk: Desk, sit_down: Callable[[str], Worker]
):
    holder = replace(desk.person(), id_number="001190012345")
    first, second = (desk.receive(applicant=holder).code for _ in range(2))
    paper_id = held(desk, first)
    with desk.house.unit_of_work() as uow:
        typed_paper(uow, desk, second)
    for address in (f"/mot-cua/ho-so/{first}", f"/mot-cua/ho-so/{second}/so-hoa"):
        assert "Đã đối chiếu" in clerk.open(address).text, address
    clerk.open(f"/mot-cua/ho-so/{first}")
    opened = re.search(rf'href="(/mot-cua/ho-so/{first}/tep/\d+)"', clerk.page.text)
    assert "Đã đối chiếu" in clerk.open(opened[1]).text
    clerk.open("/mot-cua/kho-giay-to")
    seen = clerk.send("/mot-cua/kho-giay-to", id_number="001190012345")
    assert ("7/XN-UBND" in seen.text, "Thu hồi giấy này" in seen.text) == (True, False)
    assert problems_of(seen.text) == []
    records = sit_down("records")
    records.open("/mot-cua/kho-giay-to")
    path = f"/mot-cua/kho-giay-to/{paper_id}/thu-hoi"
    assert records.send(path, id_number="001190012345", reason="").status_code == 422
    assert "Đã thu hồi" in records.send(path, id_number="001190012345", reason="Cấp nhầm người").text
    assert records.send(path, id_number="001190012345", reason="lần nữa").status_code == 404
    clerk.open(f"/mot-cua/ho-so/{second}/so-hoa")
    assert "held-" not in clerk.page.text


def batch_of(clerk: Worker, desk: Desk, *files: tuple[io.BytesIO, str]) -> str:
    """Drop files at the station, let the workshop cut them, and return the batch's address."""
    clerk.open("/mot-cua/tram-quet")
    clerk.send("/mot-cua/tram-quet", files=list(files))
    here = clerk.where()
    try:
        WORKSHOP.run(desk.house, desk.clock.now())
    finally:
        WORKSHOP.close()
    clerk.open(here)
    return here


def test_separator_sheets_lay_pages_on_their_papers_and_the_clerk_binds_them(
    clerk: Worker, desk: Desk, sit_down: Callable[[str], Worker]
):
    code = desk.receive().code
    sheets = clerk.client.get(f"/mot-cua/to-phan-cach.pdf?ho_so={code}").data
    assert sheets.startswith(b"%PDF")
    assert clerk.client.get("/mot-cua/to-phan-cach.pdf?ho_so=H99.105-261123-9999").status_code == 404
    paper = pages.page(dpi=110)
    scans = [
        (io.BytesIO(sheets), "phan-cach.pdf"),
        (io.BytesIO(pages.jpeg(paper, dpi=110)), "a.jpg"),
        (io.BytesIO(pages.jpeg(pages.blank(dpi=110), dpi=110)), "b.jpg"),
        (io.BytesIO(b"%PDF-1.7 broken"), "hong.pdf"),
    ]
    here = batch_of(clerk, desk, *scans)
    page = clerk.page
    assert page
    assert "Tờ phân cách" in page.text
    assert "Trang trắng" in page.text
    assert "hong.pdf" in page.text
    assert problems_of(page.text) == []
    cards = re.findall(r'name="page-(\d+)"', page.text)
    places = re.findall(r'<option value="([^"]+/\d\d)" selected', page.text)
    assert len(set(places)) >= 1
    assert clerk.client.get(f"{here}/trang/{cards[0]}.jpg").mimetype == "image/jpeg"
    other = sit_down("officer")
    assert other.open(here).status_code == 404
    keep = {f"page-{card}": "1" for card in cards} | {f"drop-{card}": "1" for card in cards[:-2] + cards[-1:]}
    refused = clerk.send(here, **keep)
    assert refused.status_code == 422
    assert "thuộc giấy tờ nào" in refused.text
    bound = clerk.send(here, **keep, **{f"place-{cards[-2]}": places[-1], f"turned-{cards[-2]}": "180"})
    assert "Chờ số hóa" in bound.text
    assert clerk.where().endswith(f"{code}/so-hoa")
    assert "đã ghép xong" in clerk.open(here).text


def test_somebody_else_s_dossier_is_no_place_for_a_page(clerk: Worker, desk: Desk):
    here = batch_of(clerk, desk, (io.BytesIO(pages.jpeg(pages.page(dpi=60), dpi=60)), "a.jpg"))
    assert clerk.page
    card = re.findall(r'name="page-(\d+)"', clerk.page.text)[0]
    laid = {f"page-{card}": "1", f"place-{card}": "H99.106-261123-0001/01"}
    assert clerk.send(here, **laid).status_code in {404, 422}
