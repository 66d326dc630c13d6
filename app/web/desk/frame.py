"""The frame around every desk page (khung trang): who works where, the ways to go, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, request
from werkzeug.wrappers import Response

from app.domain.people import Staff
from app.i18n import LazyText
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.queries.notices import unread
from app.web.access import access_of
from app.web.context import house, now, staff
from app.web.responses import page


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the top bar."""

    endpoint: str
    text: LazyText
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the top bar shows."""

    authority: str
    division: str
    person: str
    title: str
    initials: str
    now: datetime
    nav: tuple[Way, ...]
    more: tuple[Way, ...]  # ways that the bar has no room for, behind one word
    account: tuple[Way, ...]
    unread: int = 0  # notices that nobody has looked at yet
    sign_in: str = "account.sign_in"
    sign_out: str = "account.sign_out"


IN_THE_BAR = 8  # as many as stand beside the person's name at 1366 px
WAYS = (
    ("desk.worklist", _l("Việc của tôi")),
    ("desk.receive", _l("Tiếp nhận")),
    ("desk.certify", _l("Chứng thực")),
    ("desk.sign_queue", _l("Trình ký")),
    ("desk.issue_queue", _l("Phát hành")),
    ("desk.handovers", _l("Bàn giao")),
    ("desk.return_queue", _l("Trả kết quả")),
    ("desk.cash_desk", _l("Thu tiền")),
    ("desk.register", _l("Sổ theo dõi")),
    ("desk.overview_desk", _l("Tổng quan")),
    ("desk.overview_province", _l("Toàn tỉnh")),
    ("desk.reports", _l("Báo cáo")),
    ("desk.report_day", _l("Ngày báo cáo")),
    ("desk.flags", _l("Giải trình")),
    ("desk.process", _l("Quy trình")),
    ("desk.whatif", _l("Thử thời hạn")),
    ("admin.audit", _l("Nhật ký")),
)
# The page of one act belongs to the way that leads to it.
PART_OF = {
    "desk.hand_over": "desk.return_queue",
    "desk.issue": "desk.issue_queue",
    "desk.handover": "desk.handovers",
    "desk.shelf": "desk.return_queue",
    "desk.group_intake": "desk.receive",
    "desk.group": "desk.receive",
    "desk.movement": "desk.cash_desk",
    "desk.sheets": "desk.cash_desk",
    "desk.sheet": "desk.cash_desk",
    "desk.sign": "desk.sign_queue",
    "desk.search": "desk.worklist",
    "desk.figure_list": "desk.reports",
    "desk.own_files": "desk.reports",
    "desk.flag": "desk.flags",
    "desk.say_on_flag": "desk.flags",
    "desk.overview_unit": "desk.overview_desk",
    "desk.overview_list": "desk.overview_desk",
    "desk.index_766": "desk.reports",
    "desk.rate_table": "desk.reports",
    "desk.table_report": "desk.reports",
    "desk.restatement": "desk.reports",
    "desk.signed_reports": "desk.reports",
    "desk.put_to_sign": "desk.reports",
    "desk.signed_report": "desk.reports",
    "desk.portal": "desk.report_day",
    "desk.enter_portal": "desk.report_day",
    "desk.evaluation": "desk.reports",
    "desk.enter_evaluation": "desk.reports",
    "desk.officers": "desk.reports",
    "desk.officer": "desk.reports",
    "desk.officer_list": "desk.reports",
    "desk.close_report": "desk.reports",
    "desk.enter_index": "desk.reports",
    "desk.certification_book": "desk.certify",
    "desk.certified_papers": "desk.certify",
    "desk.certification_signers": "desk.certify",
    "desk.attestation_words": "desk.certify",
}
ACCOUNT = (
    Way("desk.notices", _l("Nhắc việc")),
    Way("desk.second_person", _l("Nhập bù, đính chính")),
    Way("desk.elsewhere", _l("Hồ sơ trên hệ thống khác")),
    Way("desk.own_files", _l("Tệp lập ở nền")),
    Way("account.overview", _l("Tài khoản của tôi")),
)


def frame(person: Staff, at: datetime, *, unread_notices: int = 0) -> Frame:
    """Return the frame for `person`: only the ways that their roles open."""
    here = PART_OF.get(request.endpoint or "", request.endpoint)
    words = person.name.split()
    ways = tuple(Way(endpoint, text, endpoint == here) for endpoint, text in WAYS if _opens(endpoint, person))
    room = len(ways) if len(ways) <= IN_THE_BAR else IN_THE_BAR - 1
    return Frame(
        authority=person.root_unit_name,
        division=person.unit_name if person.unit_id != person.root_unit_id else person.title,
        person=person.name,
        title=_title(person),
        initials="".join(word[0] for word in words[-2:]).upper(),
        now=at,
        nav=ways[:room],
        more=ways[room:],
        account=tuple(way for way in ACCOUNT if _opens(way.endpoint, person)),
        unread=unread_notices,
    )


def _title(person: Staff) -> str:
    """Return the person's title, and for whom they stand in now."""
    away = ", ".join(absent.name for absent in person.replaces)
    return f"{person.title} · {_('đang thay %(names)s', names=away)}" if away else person.title


def _opens(endpoint: str, person: Staff) -> bool:
    return endpoint in current_app.view_functions and access_of(current_app, endpoint).admits(person)


def desk_page(template: str, *, status: int = 200, **data: Any) -> Response:
    """Return a desk page with its frame."""
    with house().reading() as db:
        waiting = unread(db, staff().user_id)
    person = staff()
    shown = frame(person, now(), unread_notices=waiting)
    return page(template, status=status, frame=shown, opens=lambda endpoint: _opens(endpoint, person), **data)
