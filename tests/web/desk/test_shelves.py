"""The pages of results that wait: age, shelf, a later scan."""

from __future__ import annotations

from tests.services.test_shelving import released
from tests.support.seeded import Desk
from tests.web.desk.test_every_page import problems_of
from tests.web.desk.worker import Worker, scanned_pdf


def test_an_old_result_shows_its_age_and_place_and_takes_its_scan(clerk: Worker, desk: Desk):
    code = released(desk)
    clerk.open(f"/mot-cua/tra-ket-qua/{code}/cho-de")
    clerk.send(f"/mot-cua/tra-ket-qua/{code}/cho-de", place="Tủ 2, ngăn C")
    page = clerk.open("/mot-cua/tra-ket-qua")
    assert "Tủ 2, ngăn C" in page.text
    assert "hôm nay" in page.text
    assert problems_of(page.text) == []
    address = f"/mot-cua/ho-so/{code}/quet-ket-qua"
    assert address in clerk.open(f"/mot-cua/ho-so/{code}").text
    assert problems_of(clerk.open(address).text) == []
    assert clerk.send(address).status_code == 422
    clerk.open(address)
    done = clerk.send(address, scan=scanned_pdf())
    assert done.status_code == 200
    assert address not in done.text
