"""What an administrator changes takes effect, is in the log, and stays within the own authority."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.db.models import Event, Offering, Procedure, ProcedureLimit, ProcedureVersion, UserAccount
from app.queries.audit_log import chain_state
from app.web.admin.log_words import CELLS, FACTS, told
from app.web.labels import ROLES
from tests.support.people import PASSWORD, add_account, add_authority, post, sign_in

USERS, UNITS, PROCEDURES, CALENDAR = (f"/quan-tri/{page}" for page in ("tai-khoan", "don-vi", "thu-tuc", "lich"))
BIRTH = "1.001193"


# ── Accounts ─────────────────────────────────────────────────────────────────────────────────────


def test_a_new_colleague_begins_with_a_password_shown_once(client, authority, admin):
    made = post(
        client,
        f"{USERS}/moi",
        form_on=f"{USERS}/moi",
        name="Ngô Thu Hằng",
        login="Hang.NT",
        unit_id=authority,
        roles=["clerk", "cashier"],
    )
    assert made.status_code == 200
    password = re.search(r'data-testid="password">([^<]+)<', made.text).group(1)
    assert password not in client.get(USERS).text
    colleague = client.application.test_client()
    assert sign_in(colleague, "hang.nt", password).status_code == 303
    assert colleague.get("/mot-cua/").location == "/tai-khoan/mat-khau"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"login": "quan.tri"}, "đã có người dùng"),
        ({"login": "Hằng"}, "chữ không dấu"),
        ({"roles": []}, "Chưa chọn vai trò"),
        ({"roles": ["admin", "clerk"]}, "không được giao cho cùng một tài khoản"),
        ({"phone": "12"}, "Số điện thoại chưa đúng"),
        ({"name": "A" * 5000}, "tối đa 200"),
    ],
)
def test_a_wrong_account_is_refused_with_its_reason(client, house, authority, admin, changed, said):
    form = {"name": "Ngô Thu Hằng", "login": "hang.nt", "unit_id": authority, "roles": ["clerk"]}
    answer = post(client, f"{USERS}/moi", form_on=f"{USERS}/moi", **(form | changed))
    assert answer.status_code == 422
    assert said in answer.text
    with house.reading() as db:
        assert db.scalar(select(func.count()).select_from(UserAccount)) == 1


def test_extra_fields_give_no_rights(client, house, authority, admin):
    post(
        client,
        f"{USERS}/moi",
        form_on=f"{USERS}/moi",
        name="Ngô Thu Hằng",
        login="hang.nt",
        unit_id=authority,
        roles=["clerk"],
        must_change_password="",
        is_active="1",
        rights_version="9",
        password_hash="x",
    )
    with house.reading() as db:
        made = db.scalars(select(UserAccount).where(UserAccount.login == "hang.nt")).one()
    assert (made.must_change_password, made.rights_version) == (True, 1)
    assert made.password_hash.startswith("$argon2id$")


def test_roles_change_only_after_the_administrator_s_own_password(client, house, authority, admin):
    clerk = add_account(house, "hang.nt", "Ngô Thu Hằng", authority, "clerk")
    page = f"{USERS}/{clerk}"
    assert post(client, f"{page}/vai-tro", form_on=page, roles=["leader"], current="sai").status_code == 422
    assert post(client, f"{page}/vai-tro", form_on=page, roles=["leader"], current=PASSWORD).status_code == 303
    log = client.get("/quan-tri/nhat-ky?loai=user:").text
    assert "giao: Lãnh đạo" in log
    assert "rút: Cán bộ một cửa" in log


def test_the_last_administrator_stays(client, admin):
    page = f"{USERS}/{admin}"
    answer = post(client, f"{page}/trang-thai", form_on=page, active="0")
    assert answer.status_code == 422
    assert "quản trị viên cuối cùng" in answer.text
    assert client.get("/quan-tri/").status_code == 200


def test_another_authority_s_accounts_and_units_are_not_there(client, house, admin):
    other = add_authority(house, "H44.106", "UBND xã Khác")
    stranger = add_account(house, "nguoi.la", "Lạ Văn Người", other, "clerk")
    assert client.get(f"{USERS}/{stranger}").status_code == 404
    assert client.get(f"{UNITS}/{other}").status_code == 404
    assert "Lạ Văn Người" not in client.get(USERS).text
    for act in ("mat-khau", "trang-thai"):
        assert post(client, f"{USERS}/{stranger}/{act}", form_on=USERS + "/moi").status_code == 404


# ── Units ────────────────────────────────────────────────────────────────────────────────────────


def test_a_division_is_added_changed_and_taken_away_while_unused(client, house, authority, admin):
    form = {"name": "Phòng Kinh tế", "code": "H44.105.5", "short_name": "Kinh tế", "kind": "division"}
    assert post(client, UNITS, form_on=UNITS, **form, parent_id=authority).status_code == 303
    again = post(client, UNITS, form_on=UNITS, **form, parent_id=authority)
    assert (again.status_code, "đã thuộc về “Phòng Kinh tế”" in again.text) == (422, True)
    unit = re.search(rf"{UNITS}/(\d+)\">Phòng Kinh tế", client.get(UNITS).text).group(1)
    page = f"{UNITS}/{unit}"
    assert post(client, page, form_on=page, name="Phòng Kinh tế – Hạ tầng").status_code == 303
    add_account(house, "trang.bm", "Bế Minh Trang", int(unit), "officer")
    assert post(client, f"{page}/bo", form_on=page).status_code == 409


# ── Procedures ───────────────────────────────────────────────────────────────────────────────────


def test_procedures_are_found_without_diacritics_and_opened_together(client, house, admin):
    page = client.get(f"{PROCEDURES}?q=khai+sinh")
    codes = re.findall(r'name="code" value="([^"]+)"', page.text)
    assert BIRTH in codes
    assert post(client, PROCEDURES, form_on=PROCEDURES, code=codes, act="open").status_code == 303
    with house.reading() as db:
        assert db.scalar(select(func.count()).where(Offering.is_open)) == len(codes)
    post(client, PROCEDURES, form_on=PROCEDURES, code=BIRTH, act="close")
    assert f'value="{BIRTH}"' not in client.get(f"{PROCEDURES}?hien=open").text


def test_a_procedure_without_a_limit_opens_only_once_it_is_stated(client, house, admin):
    _leave_open(house, BIRTH)
    page = f"{PROCEDURES}/{BIRTH}"
    refused = post(client, PROCEDURES, form_on=PROCEDURES, code=BIRTH, act="open", back=page)
    assert refused.status_code == 303
    assert "chưa xác định" in client.get(page).text
    limits = f"{page}/thoi-han"
    version = re.search(r'name="based_on"[^>]* value="(\d+)"', client.get(limits).text)[1]
    typed = {
        "based_on": version, "since": "23/11/2026", "rows-1-statutory_unit": "same_day",
        "rows-0-statutory_amount": "3", "rows-0-statutory_unit": "working_days",
        "rows-0-committed_amount": "1", "rows-0-committed_unit": "working_days",
    }  # fmt: skip
    without = post(client, limits, form_on=limits, **typed, act="save")
    assert (without.status_code, "cần đủ số quyết định" in without.text) == (422, True)
    decision = {"rows-0-decision_number": "125/QĐ-UBND", "rows-0-decision_date": "15/07/2026",
                "rows-0-shortened_from": "01/08/2026"}  # fmt: skip
    assert post(client, limits, form_on=limits, **typed, **decision, act="save").status_code == 303
    assert post(client, PROCEDURES, form_on=PROCEDURES, code=BIRTH, act="open").status_code == 303
    with house.reading() as db:
        version = db.scalars(_version(BIRTH)).one()
        limits = db.scalars(select(ProcedureLimit).where(ProcedureLimit.version_id == version.id)).all()
        stated = {limit.channel: (limit.statutory, limit.committed, limit.percent) for limit in limits}
    assert version.status == "ready"
    assert stated == {
        1: ("3 working days", "1 working day", 67),
        2: ("same day", None, None),
    }


# ── Calendar ─────────────────────────────────────────────────────────────────────────────────────


def test_a_day_off_goes_in_with_its_document_and_out_with_a_reason(client, admin):
    day = {"day": "07/12/2026", "kind": "closure", "name": "Mất điện cả xã", "source": "TB 12/TB-UBND"}
    assert post(client, f"{CALENDAR}/ngay", form_on=CALENDAR, **day).status_code == 303
    assert "Mất điện cả xã" in client.get(f"{CALENDAR}?nam=2026").text
    twice = post(client, f"{CALENDAR}/ngay", form_on=CALENDAR, **day)
    assert (twice.status_code, "đã có trong lịch" in twice.text) == (422, True)
    post(client, f"{CALENDAR}/ngay/bo", form_on=CALENDAR, day="07/12/2026", reason="")
    assert "Mất điện cả xã" in client.get(f"{CALENDAR}?nam=2026").text
    post(client, f"{CALENDAR}/ngay/bo", form_on=CALENDAR, day="07/12/2026", reason="Có điện lại")
    assert "Mất điện cả xã" not in client.get(f"{CALENDAR}?nam=2026").text
    assert "lý do: Có điện lại" in client.get("/quan-tri/nhat-ky?loai=calendar:").text


@pytest.mark.parametrize("day", ["31/02/2026", "02-30-26", "hôm qua"])
def test_an_impossible_day_is_refused_and_what_was_typed_stays(client, admin, day):
    form = {"day": day, "kind": "holiday", "name": "Ngày lạ", "source": "không"}
    answer = post(client, f"{CALENDAR}/ngay", form_on=CALENDAR, **form)
    assert answer.status_code == 422
    assert 'value="Ngày lạ"' in answer.text


# ── Log ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_kind_of_house_event_reads_in_vietnamese(client, house, admin):
    with house.reading() as db:
        kinds = set(db.scalars(select(Event.kind).distinct()))
    page = client.get("/quan-tri/nhat-ky").text
    assert kinds
    for kind in kinds:
        assert f"<td>{kind}</td>" not in page


def test_what_an_event_tells_reads_in_vietnamese():
    facts = [("counted_vnd", "1056000"), ("received_total", "125"), ("granted", "clerk"), ("since", "2026-10-01")]
    assert told(facts) == (
        ("tiền đếm được", "1.056.000\N{NO-BREAK SPACE}đ"),
        ("Nhận giải quyết, tổng số", "125"),
        ("giao", str(ROLES["clerk"].text)),
        ("từ ngày", "01/10/2026"),
    )


def test_every_fact_that_the_house_notes_has_its_words():
    services = Path(__file__).resolve().parents[3] / "app" / "services"
    calls = [node for path in services.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "note"]
    named = {keyword.arg for call in calls for keyword in call.keywords if keyword.arg}
    assert named >= {"told_on", "address"}
    assert sorted(named - set(FACTS) - set(CELLS)) == []


def test_a_page_below_an_entry_of_the_menu_shows_where_one_is(client, admin):
    page = client.get(f"{PROCEDURES}/{BIRTH}").text
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', page) == [PROCEDURES]


def test_an_altered_event_breaks_the_chain_in_sight(client, house, admin):
    assert "Khớp" in client.get("/quan-tri/nhat-ky").text
    with house.engine.begin() as connection:
        for trigger in _triggers(connection):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        altered = connection.execute(text("SELECT min(id) FROM events WHERE kind = 'session:opened'")).scalar()
        connection.execute(text("UPDATE events SET actor_name = 'Người khác' WHERE id = :id"), {"id": altered})
    with house.reading() as db:
        assert altered in chain_state(db).broken
    assert "Chuỗi bị đứt" in client.get("/quan-tri/nhat-ky").text


def _triggers(connection):
    if connection.dialect.name == "sqlite":
        return connection.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'")
        ).all()
    found = connection.scalars(
        text("SELECT tgname FROM pg_trigger WHERE tgrelid = 'events'::regclass AND NOT tgisinternal")
    ).all()
    return [f"{name} ON events" for name in found]


def _version(code):
    return (
        select(ProcedureVersion)
        .join(Procedure, Procedure.current_version_id == ProcedureVersion.id)
        .where(Procedure.code == code)
    )


def _leave_open(house, code):
    """Make a procedure as an import leaves it whose source gives no limit."""
    with house.unit_of_work() as uow:
        version = uow.session.scalars(_version(code)).one()
        version.status, version.missing = "draft", ["Thời hạn: thiếu đơn vị tính"]
        for limit in uow.session.scalars(select(ProcedureLimit).where(ProcedureLimit.version_id == version.id)):
            limit.statutory = limit.committed = None
