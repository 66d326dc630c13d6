"""Forms of a procedure's parts: rows that are added, moved and taken out on the page, then published at once."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField

from app.domain.channels import Channel
from app.domain.people import ACTOR_OF_ROLE
from app.i18n import lazy_gettext as _
from app.web.forms import Form, PostedForm
from app.web.labels import ROLES

MOST_ROWS = 60
MOST_CASES = 12


class StepForm(Form):  # type: ignore[misc]  # WTForms carries no types
    """One step of the internal process."""

    name = StringField(_("Tên bước"), render_kw={"autocomplete": "off"})
    role = SelectField(_("Vai trò"), validate_choice=False)
    unit = SelectField(_("Đơn vị làm"), validate_choice=False)
    hours = StringField(_("Giờ làm việc"), render_kw={"inputmode": "decimal", "autocomplete": "off"})


class FeeForm(Form):  # type: ignore[misc]  # WTForms carries no types
    """One fee line."""

    name = StringField(_("Khoản thu"), render_kw={"autocomplete": "off"})
    channel = SelectField(_("Kênh"), validate_choice=False)
    amount = StringField(_("Mức thu (đồng)"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    per = SelectField(_("Tính theo"), validate_choice=False)
    condition = StringField(_("Chỉ thu khi"), render_kw={"autocomplete": "off"})
    exemptions = StringField(_("Được miễn (cách nhau bằng dấu ;)"), render_kw={"autocomplete": "off"})
    basis = StringField(_("Căn cứ"), render_kw={"autocomplete": "off"})


class PaperForm(Form):  # type: ignore[misc]  # WTForms carries no types
    """One component of the dossier."""

    name = StringField(_("Tên giấy tờ"), render_kw={"autocomplete": "off"})
    originals = StringField(_("Bản chính"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    copies = StringField(_("Bản sao"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    exemption = SelectField(_("Cách nộp"), validate_choice=False)
    case = SelectField(_("Trường hợp"), validate_choice=False)
    paper_code = StringField(_("Mã giấy tờ"), render_kw={"autocomplete": "off"})
    note = StringField(_("Ghi chú"), render_kw={"autocomplete": "off"})
    required = BooleanField(_("Bắt buộc"))


class LimitForm(Form):  # type: ignore[misc]  # WTForms carries no types
    """The limits of one channel; no statutory limit means that the channel is not offered."""

    statutory_amount = StringField(_("Theo quy định"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    statutory_unit = SelectField(_("Đơn vị tính"), validate_choice=False)
    committed_amount = StringField(_("Rút ngắn còn"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    committed_unit = SelectField(_("Đơn vị tính"), validate_choice=False)
    cutoff = StringField(_("Giờ chốt nhận (trong ngày)"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    decision_number = StringField(_("Số quyết định rút ngắn"), render_kw={"autocomplete": "off"})
    decision_date = StringField(_("Ngày quyết định"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    shortened_from = StringField(_("Có hiệu lực từ"), render_kw={"inputmode": "numeric", "autocomplete": "off"})


class CaseForm(LimitForm):
    """The limits of one case, in every channel."""

    name = StringField(_("Tên trường hợp"), render_kw={"autocomplete": "off"})


class PartForm(PostedForm):
    """What every part has: the version the page showed, the day the new one begins, and rows in order."""

    based_on = HiddenField()
    since = StringField(
        _("Áp dụng từ ngày"),
        description=_("Hồ sơ tiếp nhận trước ngày này giữ nội dung cũ."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    rows: FieldList

    def choose(self, **choices: list[tuple[str, Any]]) -> None:
        """Give the lists of the rows their choices, by field."""
        for entry in self.entries():
            for name, listed in choices.items():
                entry.form[name].choices = listed

    def entries(self) -> list[Any]:
        """Return every row of every list, in the order of the page."""
        return [entry for listed in self.lists.values() for entry in listed]

    @property
    def lists(self) -> dict[str, FieldList]:
        """The lists of rows by the name that a broken rule calls them (`rows.3.name`)."""
        return {"rows": self.rows}


class StepsForm(PartForm):
    """The internal process."""

    rows = FieldList(FormField(StepForm), max_entries=MOST_ROWS)


class FeesForm(PartForm):
    """The fee lines."""

    rows = FieldList(FormField(FeeForm), max_entries=MOST_ROWS)


class PapersForm(PartForm):
    """The components."""

    rows = FieldList(FormField(PaperForm), max_entries=MOST_ROWS)


class LimitsForm(PartForm):
    """The limits, one row for each channel in the order of its national code, and cases that have their own."""

    rows = FieldList(FormField(LimitForm), min_entries=len(Channel), max_entries=len(Channel))
    cases = FieldList(FormField(CaseForm), max_entries=MOST_CASES)

    @property
    def lists(self) -> dict[str, FieldList]:
        """The channels and the cases."""
        return {"rows": self.rows, "cases": self.cases}


def role_choices() -> list[tuple[str, Any]]:
    """Return the roles that do steps, with their words."""
    return [(str(role), ROLES[role].text) for role in ACTOR_OF_ROLE]
