"""Forms of the acts on a dossier (biểu mẫu thao tác): a few fields each; the services check the law."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import FileField, PasswordField, SelectField, StringField, TextAreaField, ValidationError

from app.domain import checks
from app.i18n import N_
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.web.desk.forms.checking import WholeNumber, named, offered
from app.web.forms import Form, checked

METHODS = (("cash", N_("Tiền mặt")), ("qr", N_("QR")), ("post", N_("Bưu chính thu hộ")))
RESULT_KINDS = (
    ("approval", N_("Đồng ý giải quyết")),
    ("refusal", N_("Không đồng ý, trả lời bằng văn bản")),
    ("other", N_("Kết quả khác")),
)


def _reason() -> Any:
    rule = checked(lambda typed: checks.paragraph(typed, what=_("lý do"), where="reason"))
    return TextAreaField(_l("Lý do"), [rule])


def _note() -> Any:
    rule = checked(lambda typed: checks.paragraph(typed, what=_("ghi chú"), where="note", required=False))
    return TextAreaField(_l("Ghi chú (không bắt buộc)"), [rule])


class ReasonForm(Form):
    """Why (lý do): sending back, withdrawing, refusing."""

    reason = _reason()


class ExemptForm(ReasonForm):
    """Lifting a fee, whole or in part, with its ground (miễn, giảm)."""

    share = StringField(_l("Mức giảm"), description=_l("Tỷ lệ (50%) hoặc số tiền (20.000); để trống là miễn hết."))
    ground = StringField(_l("Căn cứ (văn bản, giấy tờ)"))


class NoteForm(Form):
    """A remark that may stay empty."""

    note = _note()


class TakeSupplementForm(Form):
    """What the applicant brought (nhận bổ sung tại quầy)."""

    note = TextAreaField(
        _l("Giấy tờ đã nhận bổ sung"),
        [checked(lambda typed: checks.paragraph(typed, what=_("giấy tờ đã nhận"), where="note"))],
    )


class HandOverForm(Form):
    """To whom the dossier goes; nobody named = whoever of the next step takes it."""

    to_user_id = SelectField(_l("Người nhận"), validate_choice=False, default="")
    note = _note()

    def offer(self, people: Iterable[tuple[str, str]], *, nobody: str) -> None:
        """Fill the list of people who hold the step's role."""
        self.to_user_id.choices = named([("", nobody), *people])


class ConsultForm(Form):
    """A question to another unit (lấy ý kiến)."""

    unit_id = SelectField(_l("Đơn vị được hỏi"), validate_choice=False)
    question = TextAreaField(
        _l("Nội dung cần ý kiến"),
        [checked(lambda typed: checks.paragraph(typed, what=_("nội dung cần ý kiến"), where="question"))],
    )
    due_days = WholeNumber(_l("Trả lời trong mấy ngày làm việc"), default=2)

    def validate_due_days(self, field: WholeNumber) -> None:
        """Between one and thirty working days."""
        if field.data is None or not 1 <= field.data <= 30:
            raise ValidationError(_("Nhập số ngày làm việc từ 1 đến 30."))


class AnswerForm(Form):
    """The answer of the unit that was asked (cho ý kiến)."""

    answer = TextAreaField(
        _l("Ý kiến"), [checked(lambda typed: checks.paragraph(typed, what=_("ý kiến"), where="answer"))]
    )


class SupplementForm(Form):
    """One complete request (Mẫu 02): what is missing, one per line, and why."""

    items = TextAreaField(
        _l("Giấy tờ, nội dung cần bổ sung (mỗi dòng một mục, nêu đủ một lần)"),
        [checked(lambda typed: checks.paragraph(typed, what=_("nội dung cần bổ sung"), where="items"))],
    )
    reason = _reason()
    days = WholeNumber(_l("Bổ sung trong mấy ngày làm việc"), default=15)

    def validate_days(self, field: WholeNumber) -> None:
        """Between one and ninety working days."""
        if field.data is None or not 1 <= field.data <= 90:
            raise ValidationError(_("Nhập số ngày làm việc từ 1 đến 90."))

    def lines(self) -> tuple[str, ...]:
        """Return the items asked for."""
        return tuple(line for line in (self.items.data or "").splitlines() if line.strip())


class LeaderSupplementForm(SupplementForm):
    """A further request needs a leader and a reason of its own."""

    leader_reason = TextAreaField(
        _l("Vì sao yêu cầu lần nữa (nếu không phải lần đầu)"),
        [checked(lambda typed: checks.paragraph(typed, what=_("lý do"), where="leader_reason", required=False))],
    )


class AskPaymentForm(Form):
    """A notice of financial duty (thông báo nghĩa vụ tài chính)."""

    amount_vnd = WholeNumber(_l("Số tiền (đồng)"))
    notice = StringField(
        _l("Số, ngày thông báo"),
        [checked(lambda typed: checks.text(typed, what=_("số, ngày thông báo"), where="notice", longest=300))],
    )

    def validate_amount_vnd(self, field: WholeNumber) -> None:
        """A whole positive amount."""
        _positive(field)


class PaymentForm(Form):
    """Money received at the desk; the receipt itself is the legal book's."""

    amount_vnd = WholeNumber(_l("Số tiền (đồng)"))
    method = SelectField(_l("Thu bằng"), default="cash")
    receipt_symbol = StringField(_l("Ký hiệu biên lai"))
    receipt_number = StringField(_l("Số biên lai"))

    def __init__(self, formdata: Any = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.method.choices = offered(METHODS)

    def validate_amount_vnd(self, field: WholeNumber) -> None:
        """A whole positive amount."""
        _positive(field)


class ExtendForm(Form):
    """A new day, once, with the apology (Mẫu 04)."""

    new_day = StringField(_l("Hẹn lại ngày (ngày/tháng/năm)"))
    reason = _reason()

    def validate_new_day(self, field: StringField) -> None:
        """A real date; whether it may be that one, the service says."""
        checked(lambda typed: f"{checks.day(typed, where='new_day'):%d/%m/%Y}")(self, field)


class StopForm(Form):
    """Stopping needs a ground of the law (Mẫu 05)."""

    ground = StringField(
        _l("Căn cứ dừng (điều, khoản)"),
        [checked(lambda typed: checks.text(typed, what=_("căn cứ dừng"), where="ground", longest=300))],
    )
    reason = _reason()


class ProposeForm(Form):
    """The draft result that goes to the leader (trình ký)."""

    kind = SelectField(_l("Kết quả"), default="approval")
    title = StringField(
        _l("Tên văn bản"), [checked(lambda typed: checks.text(typed, what=_("tên văn bản"), where="title"))]
    )
    content = TextAreaField(
        _l("Nội dung (mỗi dòng: Mục: nội dung)"),
        [checked(lambda typed: checks.paragraph(typed, what=_("nội dung"), where="content"))],
    )
    note = _note()

    def __init__(self, formdata: Any = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.kind.choices = offered(RESULT_KINDS)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return the lines of the result, label and value; a line without a colon has no label."""
        cut = (line.partition(":") for line in (self.content.data or "").splitlines() if line.strip())
        return tuple((label.strip(), value.strip()) if colon else ("", label.strip()) for label, colon, value in cut)


class TellEarlyForm(Form):
    """How the applicant heard that the result is there before its day (trả kết quả sớm)."""

    how = StringField(
        _l("Đã báo người nộp bằng cách nào, lúc nào"),
        [checked(lambda typed: checks.text(typed, what=_("cách đã báo"), where="how", longest=300))],
        description=_l("Ví dụ: gọi điện lúc 9 giờ 15, người nộp hẹn đến chiều nay."),
    )


class ReissueForm(Form):
    """A corrected result in place of a wrong one, and whose mistake it was (cấp lại)."""

    title = StringField(
        _l("Tên văn bản"), [checked(lambda typed: checks.text(typed, what=_("tên văn bản"), where="title"))]
    )
    content = TextAreaField(
        _l("Nội dung đúng (mỗi dòng: Mục: nội dung)"),
        [checked(lambda typed: checks.paragraph(typed, what=_("nội dung"), where="content"))],
    )
    reason = TextAreaField(
        _l("Sai ở đâu, vì sao cấp lại (ai xác minh giấy đều đọc được)"),
        [checked(lambda typed: checks.paragraph(typed, what=_("lý do cấp lại"), where="reason"))],
    )

    lines = ProposeForm.lines


class ReleaseForm(Form):
    """A paper result: its register number typed, its scan attached."""

    symbol = StringField(
        _l("Số, ký hiệu trong sổ"),
        [checked(lambda typed: checks.text(typed, what="", where="symbol", longest=60, required=False))],
        description=_l("Để trống thì lấy số kế tiếp của sổ tại đây, nếu loại kết quả cho phép."),
    )
    issued_on = StringField(_l("Ngày ban hành (ngày/tháng/năm)"))
    scan = FileField(_l("Bản quét kết quả (PDF, JPG, PNG)"))

    def validate_issued_on(self, field: StringField) -> None:
        """A real date."""
        checked(lambda typed: f"{checks.day(typed, where='issued_on'):%d/%m/%Y}")(self, field)


class SealForm(Form):
    """The agency's seal (ký số của cơ quan): number and seal in one act, with the PIN."""

    pin = PasswordField(_l("Mã PIN con dấu số"))


def _positive(field: WholeNumber) -> None:
    if field.data is None or field.data <= 0:
        raise ValidationError(_("Nhập số tiền là số nguyên lớn hơn 0, ví dụ 16000."))
