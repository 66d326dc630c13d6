"""Forms of the hand-over: scanned codes, one per line, with those ticked in the table."""

from __future__ import annotations

from wtforms import BooleanField, StringField, TextAreaField

from app.i18n import lazy_gettext as _l
from app.queries.search import scanned_number
from app.web.forms import Form


class PileForm(Form):
    """A pile to give."""

    codes = TextAreaField(_l("Quét hoặc gõ mã, mỗi dòng một hồ sơ"))
    note = StringField(_l("Ghi chú trên phiếu (không bắt buộc)"))

    def numbers(self, ticked: list[str]) -> list[str]:
        """Return the codes scanned and ticked, in that order; a slip's address gives its code."""
        lines = [scanned_number(line) for line in (self.codes.data or "").splitlines()]
        return [number for number in (*lines, *ticked) if number.strip()]


class TakeForm(PileForm):
    """A pile that came; what stays away is missing only when somebody says so."""

    rest_is_missing = BooleanField(_l("Các hồ sơ còn lại không có trong tập: ghi là thiếu"))
