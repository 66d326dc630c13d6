"""The certified electronic copy: compared, then signed, with its mark top right on page 1; nothing half-done."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from sqlalchemy import select

from app.adapters.trust import trust_of
from app.db.models import FileLink, ScanCopy, StoredFile
from app.domain.scans import Digitized, ScannedPage
from app.seed.demo_cast import scan
from app.seed.house import PIN
from app.services import scanning
from app.services.copy_signing import CopyNotCompared, certify_copy
from app.services.errors import NoSigningKey
from app.services.scanning import PageToBind
from signing import Revocation, SigningError, verify
from tests.support.seeded import Desk

FOUND = Digitized(1, 0, 200, True, "PDF/A-2b", (), ("",), (ScannedPage("a.pdf", 1, 200),))


@pytest.fixture
def compared(desk: Desk) -> tuple[str, int]:
    """A dossier with a compared copy: its code and the copy's link."""
    code, clerk, at = desk.receive().code, desk.staff("clerk"), desk.clock.now()
    with desk.house.unit_of_work() as uow:
        scan_id = scanning.want_scan(uow, clerk, code, 1, [PageToBind(scan(desk.house, "Giấy", 1))], at)
    with desk.house.unit_of_work() as uow:
        copy_id = scanning.bound(uow, clerk, scan_id, scan(desk.house, "Giấy", 1), FOUND, at)
        link_id = uow.session.get_one(ScanCopy, copy_id).link_id
    with desk.house.unit_of_work() as uow:
        scanning.compare(uow, clerk, code, link_id, {"number": "7"}, at)
    return code, link_id


def copy(desk: Desk) -> ScanCopy:
    with desk.house.reading() as db:
        row = db.scalars(select(ScanCopy)).one()
        db.expunge(row)
    return row


def content(desk: Desk, link_id: int) -> bytes:
    with desk.house.reading() as db:
        stored = db.get_one(StoredFile, db.get_one(FileLink, link_id).file_id)
    return desk.house.files.get(stored.storage_id, stored.key_sealed)


@pytest.mark.parametrize("login", ["clerk", "records"])
def test_a_compared_copy_is_signed_with_its_mark_top_right_on_page_one(desk: Desk, compared, login: str):
    code, link_id = compared
    plain = content(desk, link_id)
    certify_copy(desk.house, desk.staff(login), code, link_id, PIN, desk.clock.now())
    row = copy(desk)
    assert (row.state, row.certified_by) == ("certified", desk.staff(login).name)
    signed = content(desk, row.link_id)
    assert signed.startswith(plain)
    trust = trust_of(desk.house.settings.home)
    verdict = verify(signed, trust, at=desk.clock.now(), revocation=Revocation.SOFT)
    assert len(verdict.signatures) == 1
    assert verdict.signatures[0].modified_after is False
    page = pypdfium2.PdfDocument(io.BytesIO(signed))
    page.init_forms()
    first = page[0]
    box = next(annotation for annotation in _widgets(signed))
    assert box[2] > first.get_width() * 0.9
    assert box[3] > first.get_height() * 0.9
    assert box[0] > first.get_width() / 2


def test_a_wrong_pin_and_a_second_signature_change_nothing(desk: Desk, compared):
    code, link_id = compared
    with pytest.raises(SigningError):
        certify_copy(desk.house, desk.staff("clerk"), code, link_id, "sai", desk.clock.now())
    assert copy(desk).state == "compared"
    with pytest.raises(NoSigningKey):
        certify_copy(desk.house, desk.staff("clerk2"), code, link_id, PIN, desk.clock.now())
    certify_copy(desk.house, desk.staff("clerk"), code, link_id, PIN, desk.clock.now())
    with pytest.raises(CopyNotCompared, match="đã được ký"):
        certify_copy(desk.house, desk.staff("clerk"), code, copy(desk).link_id, PIN, desk.clock.now())


def test_what_nobody_compared_is_not_signed(desk: Desk):
    code, clerk, at = desk.receive().code, desk.staff("clerk"), desk.clock.now()
    with desk.house.unit_of_work() as uow:
        scan_id = scanning.want_scan(uow, clerk, code, 1, [PageToBind(scan(desk.house, "Giấy", 1))], at)
    with desk.house.unit_of_work() as uow:
        scanning.bound(uow, clerk, scan_id, scan(desk.house, "Giấy", 1), FOUND, at)
    with pytest.raises(CopyNotCompared, match="chưa đối chiếu"):
        certify_copy(desk.house, clerk, code, copy(desk).link_id, PIN, at)


def _widgets(pdf: bytes) -> list[list[float]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [[float(edge) for edge in widget.Rect] for widget in document.pages[0].Annots]
