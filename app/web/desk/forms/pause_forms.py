"""Forms of suspensions (tạm dừng, tiếp tục): the ground out of the list, its paper, why."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SelectField, StringField, TextAreaField

from app.domain import checks
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.queries.dossier_choices import GroundChoice
from app.web.desk.forms.checking import named
from app.web.forms import Form, checked
from workflows.ledger import Effect


class PauseForm(Form):
    """On what ground the dossier waits, with its paper."""

    ground = SelectField(_l("Căn cứ"), validate_choice=False)
    document = StringField(
        _l("Số, ngày văn bản làm căn cứ"),
        [checked(lambda typed: checks.text(typed, what="", where="document", longest=200, required=False))],
    )
    reason = TextAreaField(
        _l("Lý do"), [checked(lambda typed: checks.paragraph(typed, what=_("lý do"), where="reason"))]
    )

    def offer(self, grounds: Iterable[GroundChoice]) -> None:
        """Fill the list of grounds, each with what it does to the clock and the paper it needs."""
        self.ground.choices = named((ground.code, ground_words(ground)) for ground in grounds)


class ResumeForm(Form):
    """That the ground is gone."""

    note = TextAreaField(
        _l("Ghi chú (không bắt buộc)"),
        [checked(lambda typed: checks.paragraph(typed, what=_("ghi chú"), where="note", required=False))],
    )


def ground_words(ground: GroundChoice) -> str:
    """Return a ground with what follows from it, for the one line of a choice."""
    parts = [ground.name, effect_words(ground.effect)]
    if ground.longest_working_days:
        parts.append(_("tối đa %(n)s ngày làm việc", n=ground.longest_working_days))
    if ground.document:
        parts.append(_("cần %(paper)s", paper=ground.document))
    return " · ".join(parts)


def effect_words(effect: str) -> str:
    """Return what a ground does to the clock."""
    return {
        Effect.SUBTRACT: _("không tính vào thời hạn"),
        Effect.RESTART: _("tính lại hoặc trừ, tùy cách đọc luật"),
        Effect.NONE: _("thời hạn vẫn tính"),
    }[Effect(effect)]
