"""Doors of the reminders (nhắc hạn): the rungs of the warn ladder and the stuck radar of one authority."""

from __future__ import annotations

from typing import Any

from flask import Response, flash
from wtforms import FieldList, FormField, SelectField, StringField

from app.domain.ladder import Audience, Rung, RungKind
from app.i18n import gettext as _
from app.i18n import lazy_gettext
from app.queries.reminders import Reminders, reminders_of
from app.services.reminders import MOST_STUCK_HOURS, set_reminders
from app.web.context import house, now, staff
from app.web.forms import Form, PostedForm, sentence_of
from app.web.responses import page, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422
MOST_RUNGS, SPARE = 10, 2
KINDS = (
    ("", lazy_gettext("Không dùng")),
    (RungKind.SHARE, lazy_gettext("Còn lại … % thời hạn")),
    (RungKind.HOURS, lazy_gettext("Còn lại … giờ làm việc")),
    (RungKind.DUE, lazy_gettext("Đúng lúc đến hạn")),
    (RungKind.LATE, lazy_gettext("Mỗi ngày làm việc quá hạn, trong … ngày")),
)
AUDIENCES = (
    (Audience.HOLDER, lazy_gettext("Người đang giữ hồ sơ")),
    (Audience.OFFICER, lazy_gettext("Thêm cán bộ xử lý")),
    (Audience.LEADER, lazy_gettext("Thêm lãnh đạo")),
)


class RungForm(Form):  # type: ignore[misc]  # WTForms carries no types
    """One rung; without a kind it is not used."""

    kind = SelectField(lazy_gettext("Khi nào"), validate_choice=False)
    amount = StringField(lazy_gettext("Mức"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    to = SelectField(lazy_gettext("Báo cho"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(str(kind), str(words)) for kind, words in KINDS]
        self.to.choices = [(str(audience), str(words)) for audience, words in AUDIENCES]


class RemindersForm(PostedForm):
    """The ladder and the quiet hours."""

    rows = FieldList(FormField(RungForm), max_entries=MOST_RUNGS)
    stuck_hours = StringField(
        lazy_gettext("Số giờ làm việc không ai xử lý thì báo hồ sơ đứng yên"),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


def reminders() -> Response:
    """Show the reminders of the administrator's authority."""
    with house().reading() as db:
        stand = reminders_of(db, staff().root_unit_id)
    return _page(RemindersForm(formdata=None, data=_typed(stand)), stand)


def save_reminders() -> Response:
    """Set them; what cannot be read keeps what was typed and changes nothing."""
    form = RemindersForm()
    try:
        with house().unit_of_work() as uow:
            set_reminders(uow, staff(), _rungs(form), _number(form.stuck_hours.data, MOST_STUCK_HOURS + 1), now())
    except RuleBroken as error:
        with house().reading() as db:
            stand = reminders_of(db, staff().root_unit_id)
        return _page(form, stand, wrong=_beside(form, error), status=UNPROCESSABLE)
    flash(_("Đã lưu cách nhắc hạn; áp dụng từ lượt rà kế tiếp."), "success")
    return see_other("admin.reminders")


def _page(
    form: RemindersForm, stand: Reminders, *, wrong: tuple[tuple[str, str], ...] = (), status: int = 200
) -> Response:
    return page("admin/reminders.html", status=status, form=form, stand=stand, wrong=wrong)


def _typed(stand: Reminders) -> dict[str, Any]:
    rungs = [{"kind": rung.kind, "amount": str(rung.amount), "to": rung.to} for rung in stand.ladder]
    spare = [{"kind": "", "amount": "", "to": Audience.HOLDER}] * min(SPARE, MOST_RUNGS - len(rungs))
    return {"rows": [*rungs, *spare], "stuck_hours": str(stand.stuck_hours)}


def _rungs(form: RemindersForm) -> list[Rung]:
    """Return the rungs in use. Rows left out close up: a sentence counts rungs as the page will show them."""
    return [
        Rung(kind, 1 if kind is RungKind.DUE else _number(row["amount"], 0), Audience(row["to"]))
        for row in (entry.data for entry in form.rows)
        if row["kind"] in list(RungKind) and row["to"] in list(Audience)
        for kind in (RungKind(row["kind"]),)
    ]


def _number(text: str | None, otherwise: int) -> int:
    """Return a whole number; what is none becomes one that is refused by its range."""
    typed = (text or "").strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else otherwise


def _beside(form: RemindersForm, error: RuleBroken) -> tuple[tuple[str, str], ...]:
    """Put the sentence beside its field, and return it with the field's name for the summary."""
    used = [entry.form for entry in form.rows if entry.form.kind.data in list(RungKind)]
    where = error.where.split("-")
    field = form.stuck_hours if error.where == "stuck_hours" else form.rows[0].form.kind
    if len(where) == 3 and where[1].isdecimal() and int(where[1]) < len(used):
        field = used[int(where[1])][where[2]]
    field.errors = [*field.errors, sentence_of(error)]
    return ((field.id, sentence_of(error)),)
