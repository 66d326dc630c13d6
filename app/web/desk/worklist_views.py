"""Doors of the work list (việc của tôi): tabs, search, the list as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.queries import inbox
from app.queries import search as searching
from app.queries.inbox import Horizon, ListQuery, Tab
from app.queries.today import today_numbers
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.presenters import today
from app.web.desk.presenters import worklist as shown
from app.web.desk.presenters.list_file import list_csv
from app.web.desk.presenters.worklist import Reader, WorklistPage
from app.web.numbers import whole
from app.web.responses import download, see_other
from workflows.calendar import VIETNAM, WorkingCalendar
from workflows.errors import CalendarYearMissing

LONGEST_FILE = 5_000  # rows


def worklist() -> Response:
    """Show one tab of the person's work."""
    tab, query = _tab(), _query()
    with house().reading() as db:
        reader = _reader(db)
        horizon = horizon_of(reader.calendar, reader.at)
        counts = inbox.tabs(db, staff(), horizon)
        whole = None if query.is_narrowed else counts[tab]
        found = inbox.worklist(db, staff(), tab, query, horizon, total=whole)
        page = WorklistPage(
            title=str(shown.TAB_WORDS[tab]),
            caption=_("%(tab)s, gấp nhất ở trên", tab=shown.TAB_WORDS[tab]),
            tab=tab.value,
            query="",
            may_receive=shown.may_receive(staff()),
            tabs=shown.tab_links(counts, tab),
            filters=shown.filters(query, *inbox.choices_at_work(db, staff())),
            mine_only=query.mine,
            count_words=_("%(n)s hồ sơ, gấp nhất trước", n=found.total),
            rows=shown.shown_rows(found.rows, reader),
            page=found.page,
            pages=found.pages,
            page_address=_page_address,
            download=url_for("desk.download_list", **_same()),
            today=_today(db, counts, reader),
            calendar_notes=today.days_off(reader.calendar, reader.at),
            empty_title=_("Không còn hồ sơ nào ở nhóm “%(tab)s”", tab=shown.TAB_WORDS[tab]),
            empty_sentence=_("Hồ sơ mới sẽ tự hiện ở đây, gấp nhất trước. Đổi nhóm hoặc bỏ bộ lọc để xem thêm."),
        )
    return desk_page("desk/worklist.html", list=page)


def search() -> Response:
    """Find by code, last digits, name, CCCD or phone; one hit opens at once. POST, so that no log keeps it."""
    text = (request.form.get("q") or "").strip()[:400]
    if not text:
        return see_other("desk.worklist")
    with house().reading() as db:
        found = searching.find(db, house().vault, staff(), text)
        if len(found.rows) == 1:
            return see_other("desk.dossier", ref=found.rows[0].number)
        return _found_page(db, text, found)


def download_list() -> Response:
    """Send the list as CSV: text stays text, the whole tab and not one page."""
    tab, query = _tab(), _query(size=LONGEST_FILE)
    with house().reading() as db:
        reader = _reader(db)
        found = inbox.worklist(db, staff(), tab, query, horizon_of(reader.calendar, reader.at))
    rows = shown.shown_rows(found.rows, reader)
    day = f"{reader.at.astimezone(VIETNAM):%Y%m%d-%H%M}"
    return download(list_csv(rows), f"danh-sach-{tab.value}-{day}.csv", media_type="text/csv; charset=utf-8")


def horizon_of(calendar: WorkingCalendar, at: datetime) -> Horizon:
    """Return now, the end of today, and the end of the next working day, up to which "soon" reaches."""
    day = at.astimezone(VIETNAM).date()
    try:
        soon = calendar.next_working_day(day)
    except CalendarYearMissing:
        soon = day + timedelta(days=1)
    return Horizon(at, _end_of(day), _end_of(soon))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM)


def _reader(db: Session) -> Reader:
    calendar, _version = house().calendars.of_unit(db, staff().root_unit_id)
    return Reader(staff(), calendar, now())


def _found_page(db: Session, text: str, found: searching.Found) -> Response:
    reader = _reader(db)
    counts = inbox.tabs(db, staff(), horizon_of(reader.calendar, reader.at))
    shown_count = _("%(n)s hồ sơ khớp", n=len(found.rows))
    more = _("hiện %(n)s hồ sơ mới nhất; gõ thêm để thu hẹp", n=len(found.rows))
    page = WorklistPage(
        title=_("Kết quả tìm"),
        caption=_("Hồ sơ khớp với từ tìm, mới nhất ở trên"),
        tab="",
        query=text if not any(letter.isdigit() for letter in text) else "",
        may_receive=shown.may_receive(staff()),
        tabs=shown.tab_links(counts, None),
        filters=(),
        mine_only=False,
        count_words=more if found.has_more else shown_count,
        rows=shown.shown_rows(found.rows, reader),
        page=1,
        pages=1,
        page_address=_page_address,
        download=None,
        today=_today(db, counts, reader),
        calendar_notes=today.days_off(reader.calendar, reader.at),
        empty_title=_("Không tìm thấy hồ sơ khớp"),
        empty_sentence=_(
            "Kiểm tra lại mã, tên hoặc số đã nhập. Hồ sơ của đơn vị khác không hiện ở đây; "
            "có thể tra ở trang tra cứu công khai."
        ),
    )
    return desk_page("desk/worklist.html", list=page)


def _today(db: Session, counts: Mapping[Tab, int], reader: Reader) -> tuple[today.Block, ...]:
    day = reader.at.astimezone(VIETNAM).date()
    since = datetime.combine(day, time(), VIETNAM)
    numbers = today_numbers(db, staff(), since, since + timedelta(days=1))
    return today.blocks(numbers, counts, staff())


def _tab() -> Tab:
    name = request.args.get("nhom", Tab.TODAY.value)
    return Tab(name) if name in {tab.value for tab in Tab} else Tab.TODAY


def _query(size: int = inbox.PAGE_SIZE) -> ListQuery:
    return ListQuery(
        procedure=request.args.get("thu_tuc", "")[:40],
        channel=request.args.get("kenh", type=whole),
        holder=request.args.get("nguoi_giu", type=whole),
        mine=request.args.get("cua_toi") == "1",
        page=1 if size != inbox.PAGE_SIZE else max(1, request.args.get("trang", 1, type=whole)),
        size=size,
    )


def _same() -> dict[str, str]:
    kept = ("nhom", "thu_tuc", "kenh", "nguoi_giu", "cua_toi")
    return {name: value for name in kept if (value := request.args.get(name))}


def _page_address(number: int) -> str:
    return url_for("desk.worklist", **_same(), trang=number)
