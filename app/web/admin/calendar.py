"""Doors of the working calendar (lịch làm việc): a year at a glance, hours, days in and out."""

from __future__ import annotations

import calendar as stdlib_calendar
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, request

from app.adapters.lunar import lunar_days
from app.adapters.spreadsheet import Column, Sheet, csv_file
from app.domain import checks
from app.domain.calendar_csv import read_calendar
from app.domain.catalogue_table import table_from_csv
from app.domain.proposed_year import proposed
from app.i18n import gettext as _
from app.queries import calendar_admin as rows
from app.queries.calendar_admin import YearOf
from app.queries.calendar_preview import Preview, preview
from app.services import working_days as service
from app.services.accounts import administering
from app.services.importing_calendar import import_calendar
from app.services.working_days import NewDay
from app.web.admin.forms import DayForm, HoursForm, RemoveDayForm
from app.web.context import house, now, staff
from app.web.forms import blame, sentence_of
from app.web.responses import download, found, page, see_other
from app.web.uploads import uploaded
from workflows.calendar import VIETNAM, DayEntry, DayKind
from workflows.errors import RuleBroken

UNPROCESSABLE = 422
FIRST_YEAR, LAST_YEAR = 2020, 2100


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month's grid; `css` says what kind of day it is, `words` says it aloud."""

    day: int
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of cells, None outside the month."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


def calendar() -> Response:
    """Show the year asked for, this year by default."""
    return _page(_year_asked(), DayForm(formdata=None))


def add_day() -> Response:
    """Put a special day into the calendar."""
    form = DayForm()
    year = _today().year
    if not form.validate():
        return _page(year, form, status=UNPROCESSABLE)
    try:
        day = checks.day(form.day.data or "", where="day")
        new = NewDay(day, DayKind(form.kind.data), form.name.data or "", form.source.data or "")
        if "preview" in request.form:
            return _page(day.year, form, preview=_preview(new))
        with house().unit_of_work() as uow:
            service.add_day(uow, staff(), new, now())
    except RuleBroken as error:
        blame(form, error, otherwise="day")
        return _page(year, form, status=UNPROCESSABLE)
    flash(_("Đã ghi ngày %(day)s. Hạn của hồ sơ đang chạy sẽ được tính lại.", day=f"{day:%d/%m/%Y}"), "success")
    return see_other("admin.calendar", nam=day.year)


def remove_day() -> Response:
    """Take a special day out, with the reason."""
    form = RemoveDayForm()
    day = checks.day(form.day.data or "", where="day")
    if not form.validate():
        flash(_("Chưa nhập lý do bỏ ngày %(day)s.", day=f"{day:%d/%m/%Y}"), "error")
        return see_other("admin.calendar", nam=day.year)
    with house().unit_of_work() as uow:
        service.remove_day(uow, staff(), day, form.reason.data or "", at=now())
    flash(_("Đã bỏ ngày %(day)s. Hạn của hồ sơ đang chạy sẽ được tính lại.", day=f"{day:%d/%m/%Y}"), "success")
    return see_other("admin.calendar", nam=day.year)


def propose_year() -> Response:
    """Enter the days off that a year lets us expect, each marked as expected."""
    year = _whole(request.form.get("year", ""))
    try:
        new_year, ancestors = lunar_days(year)
        with house().unit_of_work() as uow:
            days = proposed(year, new_year=new_year, ancestors=ancestors)
            count = service.propose_year(uow, staff(), year, days, at=now())
    except RuleBroken as error:
        flash(sentence_of(error), "error")
        return see_other("admin.calendar", nam=year)
    flash(_("Đã ghi %(n)s ngày nghỉ dự kiến của năm %(year)s.", n=count, year=year), "success")
    return see_other("admin.calendar", nam=year)


def export_days() -> Response:
    """Send every special day of the calendar as CSV, as the import reads it."""
    with house().reading() as db:
        days = rows.days_of(db, rows.calendar_name_of(db, staff()))
    heads = ("date", "kind", "name", "source", "confirmed", "entered_by")
    lines = [
        (f"{day.day}", day.kind.value, day.name, day.source, "yes" if day.confirmed else "no", day.entered_by)
        for day in days
    ]
    sheet = Sheet("Lich", (), tuple(Column(head) for head in heads), lines)
    return download(csv_file(sheet), "lich-lam-viec.csv", media_type="text/csv; charset=utf-8")


def import_days() -> Response:
    """Bring the days of the calendar to the state of a CSV file; a file that cannot be read changes nothing."""
    try:
        sent = uploaded("file")
        if sent is None:
            raise checks.Missing(where="file", what=_("tệp CSV"))
        entries, findings = read_calendar(table_from_csv(sent.content.decode("utf-8-sig", errors="replace")))
        with house().unit_of_work() as uow:
            name = rows.calendar_name_of(uow.session, staff())
            done = import_calendar(uow, entries, findings, administering(staff()), at=now(), name=name)
    except RuleBroken as error:
        flash(sentence_of(error), "error")
        return see_other("admin.calendar")
    flash(_("Đã nhập lịch: thêm %(new)s ngày, cập nhật %(old)s ngày.", new=done.imported, old=done.updated), "success")
    return see_other("admin.calendar")


def confirm_year() -> Response:
    """Declare a year's days official and complete."""
    year = _whole(request.form.get("year", ""))
    with house().unit_of_work() as uow:
        service.confirm_year(uow, staff(), year, now())
    flash(_("Đã xác nhận lịch năm %(year)s.", year=year), "success")
    return see_other("admin.calendar", nam=year)


def hours() -> Response:
    """Show the weekly opening hours."""
    year = _read(_today().year)
    typed = {f"day_{number}": text for number, text in enumerate(year.hours)}
    return page("admin/hours.html", form=HoursForm(data=typed | {"counted": sorted(year.counted)}), year=year)


def save_hours() -> Response:
    """Set the weekly opening hours."""
    form = HoursForm()
    try:
        with house().unit_of_work() as uow:
            service.change_hours(uow, staff(), form.texts(), form.counted.data or (), at=now())
    except RuleBroken as error:
        blame(form, error, otherwise="counted" if error.where == "counted" else "day_0")
        return page("admin/hours.html", status=UNPROCESSABLE, form=form, year=_read(_today().year))
    flash(_("Đã lưu giờ làm việc. Hạn của hồ sơ đang chạy sẽ được tính lại."), "success")
    return see_other("admin.calendar")


def _preview(new: NewDay) -> Preview:
    with house().reading() as db:
        entry = DayEntry(new.day, new.kind, new.name, new.source)
        return preview(
            db, house().calendars, added=[entry], calendar_id=rows.calendar_id_of(db, staff()), at=now()
        )


def _page(year: int, form: DayForm, status: int = 200, preview: Preview | None = None) -> Response:
    shown = _read(year)
    return page(
        "admin/calendar.html",
        status=status,
        form=form,
        remove=RemoveDayForm(formdata=None),
        preview=preview,
        year=shown,
        months=tuple(_month(shown, number) for number in range(1, 13)),
    )


def _read(year: int) -> YearOf:
    with house().reading() as db:
        return found(rows.year_of(db, staff(), year))


def _month(year: YearOf, number: int) -> Month:
    weeks = stdlib_calendar.Calendar().monthdatescalendar(year.year, number)
    return Month(
        number, tuple(tuple(_cell(year, day) if day.month == number else None for day in week) for week in weeks)
    )


def _cell(year: YearOf, day: date) -> Cell:
    special = year.special(day)
    today = " is-today" if day == _today() else ""
    if special is not None:
        return Cell(day.day, f"is-{special.kind.value}{today}", special.name)
    rests = day.weekday() not in year.counted
    return Cell(day.day, ("is-rest" if rests else "") + today, "")


def _year_asked() -> int:
    asked = request.args.get("nam", "")
    return _whole(asked) if asked else _today().year


def _whole(text: str) -> int:
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return found(year if FIRST_YEAR <= year <= LAST_YEAR else None)


def _today() -> date:
    return now().astimezone(VIETNAM).date()
