"""Is this paper real? Real signatures, made here by the demo authority that the house trusts."""

from __future__ import annotations

import io

import pytest

from app.queries import signing_keys
from app.seed.house import PIN, trust_folder
from signing import Intent, load_pkcs12, sign
from signing.authority import DemoAuthority
from tests.support.seeded import Desk
from tests.web.public.citizen import Citizen, pdf
from tests.web.public.released import release


@pytest.fixture
def signed(desk: Desk) -> bytes:
    """A page signed by somebody whom this house trusts."""
    return signed_by(desk, pdf())


def signed_by(desk: Desk, content: bytes) -> bytes:
    at = desk.clock.now()
    root = DemoAuthority.load((trust_folder(desk.house) / "demo-authority.p12").read_bytes(), PIN)
    key = root.person("Lê Thị Mẫu", unit="UBND xã Vĩnh An", title="Phó Chủ tịch", pin=PIN, valid_from=at)
    return sign(content, load_pkcs12(key, PIN), Intent(at))


def drop(citizen: Citizen, content: bytes, name: str = "giay.pdf"):
    citizen.open("/xac-minh")
    return citizen.send("/xac-minh", file=(io.BytesIO(content), name))


def test_a_real_paper_is_called_real(citizen: Citizen, signed: bytes):
    page = drop(citizen, signed)
    assert "Giấy thật và còn nguyên vẹn" in page.text
    assert "Lê Thị Mẫu" in page.text
    assert "Chứng thư thử nghiệm." in page.text  # a demo signature never passes for a legal one
    assert "TOTAL-PASSED" in page.text


def test_a_paper_changed_after_signing_is_called_changed(citizen: Citizen, signed: bytes):
    place = signed.index(b"/MediaBox")
    page = drop(citizen, signed[:place] + signed[place:].replace(b"0 0", b"0 9", 1))
    assert "Đừng dùng tệp này." in page.text
    assert "TOTAL-FAILED" in page.text
    assert "còn nguyên vẹn" not in page.text


def test_a_stranger_s_signature_is_not_called_forged(citizen: Citizen, desk: Desk):
    at = desk.clock.now()
    stranger = DemoAuthority.create(at).person("Người Lạ", unit="", title="", pin=PIN, valid_from=at)
    page = drop(citizen, sign(pdf(), load_pkcs12(stranger, PIN), Intent(at)))
    assert "Chưa kết luận được" in page.text
    assert "Không có nghĩa là giấy giả." in page.text


@pytest.mark.parametrize("content", [pdf(), b"<html>", b"%PDF-1.7\nhong", pdf()[:200]])
def test_what_carries_no_signature_is_undecided(citizen: Citizen, content: bytes):
    page = drop(citizen, content)
    assert page.status_code == 200
    assert "Tệp không có chữ ký số đọc được" in page.text
    assert "Giấy thật" not in page.text


def test_an_empty_file_and_no_file_are_told_apart(citizen: Citizen):
    assert "rỗng" in drop(citizen, b"").text
    citizen.open("/xac-minh")
    page = citizen.send("/xac-minh")
    assert page.status_code == 422
    assert "Chưa chọn tệp PDF nào." in page.text


def test_our_own_paper_says_for_whom_and_whether_it_still_counts(citizen: Citizen, desk: Desk, signed: bytes):
    received = desk.receive()
    release(desk, received.code, signed, version=1, symbol="214/2026")
    page = drop(citizen, signed)
    assert "214/2026" in page.text
    assert "•" in page.text
    assert desk.dossier(received.code).summary not in page.text
    release(desk, received.code, signed_by(desk, pdf()), version=2, symbol="219/2026", reason="Sửa lỗi của cơ quan")
    page = drop(citizen, signed)
    assert "Giấy thật, nhưng đã có bản mới" in page.text
    assert "219/2026" in page.text
    assert "Sửa lỗi của cơ quan" in page.text


def test_who_holds_the_wrong_print_learns_it_from_its_own_code(citizen: Citizen, desk: Desk, signed: bytes):
    received = desk.receive()
    old = release(desk, received.code, signed, version=1, symbol="214/2026", state="withdrawn")
    release(desk, received.code, signed_by(desk, pdf()), version=2, symbol="219/2026", replaces=old)
    citizen.open(f"/xac-minh/{received.code}")
    page = citizen.send("/xac-minh", code=received.code, secret=received.secret)
    assert "Giấy này thay thế số 214/2026" in page.text


def test_a_withdrawn_paper_says_so(citizen: Citizen, desk: Desk, signed: bytes):
    received = desk.receive()
    release(desk, received.code, signed, version=1, symbol="214/2026", state="withdrawn")
    assert "Giấy thật, nhưng đã bị thu hồi" in drop(citizen, signed).text
    page = citizen.send("/xac-minh", code=received.code, secret=received.secret)
    assert "Giấy thật, nhưng đã bị thu hồi" in page.text


def test_a_file_signed_with_our_key_but_never_issued(citizen: Citizen, desk: Desk):
    with desk.house.reading() as session:
        kept = signing_keys.by_name(session, desk.house.vault, "leader")
    leaked = sign(pdf(), load_pkcs12(kept.place.p12, PIN), Intent(desk.clock.now()))
    page = drop(citizen, leaked)
    assert "Chữ ký thật, nhưng giấy chưa được phát hành" in page.text
    assert "Giấy thật và còn nguyên vẹn" not in page.text


def test_the_detail_says_what_was_signed_and_by_whose_word(citizen: Citizen, desk: Desk, signed: bytes):
    page = drop(citizen, signed_by(desk, signed))
    assert "Sau đó thêm: chữ ký khác." in page.text
    assert "Sau đó không thêm gì." in page.text
    assert "Đường dẫn chứng thư" in page.text
    assert "Chứng thư không bị thu hồi khi ký." in page.text


def test_codes_on_paper_open_the_register(citizen: Citizen, desk: Desk, signed: bytes):
    received = desk.receive()
    release(desk, received.code, signed, version=1, symbol="214/2026")
    citizen.open(f"/xac-minh/{received.code}")
    assert "Giấy này có trong sổ" in citizen.send("/xac-minh", code=received.code, secret=received.secret).text
    page = citizen.send("/xac-minh", code=received.code, secret="AAAABBBB")
    assert page.status_code == 404
    assert "214/2026" not in page.text


def test_the_owner_takes_the_signed_copy_home(citizen: Citizen, desk: Desk, signed: bytes):
    received = desk.receive()
    result_id = release(desk, received.code, signed, version=1, symbol="214/2026")
    citizen.track(received.code, received.secret)
    answer = citizen.send(f"/ho-so/ket-qua/{result_id}")
    assert answer.data == signed
    assert answer.mimetype == "application/pdf"
    stranger = Citizen(citizen.app)
    assert stranger.send(f"/ho-so/ket-qua/{result_id}").status_code == 404
