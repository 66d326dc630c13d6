"""The seeded procedures: complete enough that a desk opens them as they are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from app.domain.catalogue import CODE
from app.domain.catalogue_complete import CompleteProcedure
from app.domain.catalogue_minutes import working_minutes
from app.domain.people import Role
from app.seed import loader
from app.seed.planting import demo_units
from workflows.limits import LimitUnit, check_committed

PROCEDURES = loader.procedures()
LEVELS = ("commune", "department")
BANNED = re.compile(r"sổ hộ khẩu|hộ khẩu|sổ tạm trú|chứng minh nhân dân", re.IGNORECASE)
each = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.code)


def test_about_120_procedures_are_there() -> None:
    levels = Counter(procedure.level for procedure in PROCEDURES)
    assert len(PROCEDURES) >= 110
    assert levels["commune"] >= 95
    assert levels["department"] >= 25


def test_codes_stand_once() -> None:
    assert [code for code, times in Counter(p.code for p in PROCEDURES).items() if times > 1] == []


@pytest.mark.parametrize("level", LEVELS)
def test_what_a_clerk_types_means_one_procedure(level: str) -> None:
    aliases = Counter(alias for p in PROCEDURES if p.level == level for alias in p.aliases)
    assert [alias for alias, times in aliases.items() if times > 1] == []


@pytest.mark.parametrize(
    ("alias", "short_name"),
    [
        ("ks", "Đăng ký khai sinh"),
        ("kt", "Đăng ký khai tử"),
        ("kh", "Đăng ký kết hôn"),
        ("tthn", "Cấp Giấy xác nhận tình trạng hôn nhân"),
        ("tl", "Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh"),
        ("sy", "Chứng thực bản sao từ bản chính"),
        ("ck", "Chứng thực chữ ký"),
        ("hkd", "Đăng ký thành lập hộ kinh doanh"),
        ("dd", "Đăng ký đất đai, cấp Giấy chứng nhận lần đầu (hộ gia đình, cá nhân)"),
        ("mt", "Tham vấn trong đánh giá tác động môi trường"),
    ],
)
def test_the_usual_short_forms_work_at_the_commune(alias: str, short_name: str) -> None:
    found = [p.short_name for p in PROCEDURES if p.level == "commune" and alias in p.aliases]
    assert found == [short_name]


@each
def test_it_is_complete(procedure: CompleteProcedure) -> None:
    assert CODE.fullmatch(procedure.code)
    assert procedure.limits, "at least one channel"
    assert procedure.components
    assert procedure.steps
    assert procedure.own_fields
    assert procedure.result_name
    assert procedure.result_form in {"electronic", "paper_numbered", "paper_external"}
    assert all(re.fullmatch(r"[a-z0-9]{2,}", alias) for alias in procedure.aliases)
    assert len(procedure.short_name) <= 80
    assert procedure.name == unicodedata.normalize("NFC", procedure.name)


@each
def test_its_commitment_is_shorter_than_the_law_by_a_third_to_three_fifths(procedure: CompleteProcedure) -> None:
    for limit in procedure.limits:
        check_committed(limit.committed, limit.statutory)
        if limit.statutory.unit is LimitUnit.SAME_DAY:
            assert limit.committed == limit.statutory
        else:
            assert 30 <= limit.percent <= 60


@each
def test_its_longer_cases_are_longer_and_keep_their_own_order(procedure: CompleteProcedure) -> None:
    for case in procedure.cases:
        check_committed(case.committed, case.statutory)


@each
def test_its_steps_fit_the_shortest_committed_limit(procedure: CompleteProcedure) -> None:
    room = min(working_minutes(limit.committed) for limit in procedure.limits)
    assert sum(step.minutes for step in procedure.steps) <= room
    assert all(step.minutes > 0 for step in procedure.steps)


@each
def test_its_steps_begin_at_the_desk_and_are_signed(procedure: CompleteProcedure) -> None:
    roles = [Role(step.role) for step in procedure.steps]
    assert roles[0] is Role.CLERK
    assert Role.LEADER in roles
    assert Role.OFFICER in roles


@each
def test_nobody_is_asked_for_what_the_state_has(procedure: CompleteProcedure) -> None:
    for asked in procedure.components:
        assert not BANNED.search(asked.paper.name)
        if asked.paper.exemption == "database":
            assert not asked.required
            assert asked.paper.originals + asked.paper.copies == 0


@each
def test_every_paper_to_hand_in_says_how_many(procedure: CompleteProcedure) -> None:
    for asked in procedure.components:
        if not asked.paper.exemption:
            assert asked.paper.originals + asked.paper.copies >= 1


@each
def test_its_steps_are_done_by_divisions_that_exist(procedure: CompleteProcedure) -> None:
    authority = next(a for a in demo_units().authorities if a["procedures"] == procedure.level)
    divisions = {division["short_name"] for division in authority["divisions"]}
    assert {step.unit for step in procedure.steps if step.unit} <= divisions


@each
def test_its_fees_are_whole_dong_of_its_channels(procedure: CompleteProcedure) -> None:
    channels = {limit.channel for limit in procedure.limits}
    for fee in procedure.fees:
        assert fee.amount_vnd >= 1_000
        assert fee.per in {"dossier", "copy", "page"}
        assert fee.basis
        assert fee.channel is None or fee.channel in {1, 2, 3}
    assert not procedure.fees or any(fee.channel is None or fee.channel in channels for fee in procedure.fees)


def test_nothing_in_the_libraries_lies_idle() -> None:
    papers = {asked.paper.key for procedure in PROCEDURES for asked in procedure.components}
    assert set(loader.papers()) - papers == set()
    fees = {fee.name for procedure in PROCEDURES for fee in procedure.fees}
    assert {fee.name for lines in loader.fees().values() for fee in lines} - fees == set()


def test_shares_of_a_process_stay_within_the_limit() -> None:
    for name, steps in loader.processes().items():
        assert sum(step["share"] for step in steps) <= 100, name


def test_keys_of_own_fields_are_unique_in_their_set() -> None:
    for name, fields in loader.own_fields().items():
        assert len({field["key"] for field in fields}) == len(fields), name
        assert {field["kind"] for field in fields} <= {"text", "long", "date", "birth", "number", "choice"}, name


def test_certified_copies_are_not_scanned() -> None:
    copies = next(procedure for procedure in PROCEDURES if procedure.code == "2.000815")
    birth = next(procedure for procedure in PROCEDURES if procedure.code == "1.001193")
    assert not copies.needs_digitizing
    assert birth.needs_digitizing
