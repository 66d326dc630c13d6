"""Why a correction or a late entry was refused (lý do từ chối đính chính, nhập bù)."""

from __future__ import annotations

from workflows.errors import N_, RuleBroken


class SamePerson(RuleBroken):
    """Who proposed a correction cannot also confirm it."""

    code = "same_person"
    status = 403
    sentence = N_("Người đề nghị không tự xác nhận được. Vui lòng để người khác kiểm tra và xác nhận.")


class SecondPersonWrong(RuleBroken):
    """The person does not hold a role that may confirm this field."""

    code = "second_person_wrong"
    status = 403
    sentence = N_("Nội dung “{field}” phải do {who} xác nhận. Vui lòng chuyển cho người đó.")


class NotCorrectable(RuleBroken):
    """The field is unknown, or this dossier has no such fact."""

    code = "not_correctable"
    sentence = N_("Hồ sơ không có nội dung này để đính chính. Vui lòng chọn lại.")


class NothingToCorrect(RuleBroken):
    """The right value is the recorded one."""

    code = "nothing_to_correct"
    sentence = N_("Giá trị nhập trùng với giá trị đang ghi. Vui lòng kiểm tra lại.")


class CorrectionWaits(RuleBroken):
    """One proposal is decided before the next is made."""

    code = "correction_waits"
    status = 409
    sentence = N_("Hồ sơ đang có một đề nghị chờ xác nhận. Vui lòng xử lý đề nghị đó trước.")


class NoCorrectionWaits(RuleBroken):
    """There is no open proposal: it was decided already."""

    code = "no_correction_waits"
    status = 409
    sentence = N_("Không còn đề nghị nào chờ xác nhận. Vui lòng tải lại hồ sơ.")


class CorrectionOvertaken(RuleBroken):
    """What was to be corrected has changed since the proposal."""

    code = "correction_overtaken"
    status = 409
    sentence = N_("Giá trị cần đính chính đã thay đổi sau khi đề nghị. Vui lòng từ chối và đề nghị lại.")


class MomentOutOfOrder(RuleBroken):
    """A corrected time would stand before or after what it must follow."""

    code = "moment_out_of_order"
    sentence = N_("Thời điểm {value} phải từ {first} đến {last}. Vui lòng kiểm tra lại.")


class LateEntryWaits(RuleBroken):
    """A reception of an earlier day is received when a leader has confirmed it."""

    code = "late_entry_waits"
    status = 409
    sentence = N_("Hồ sơ nhập bù của ngày {day} đang chờ lãnh đạo xác nhận. Vui lòng báo lãnh đạo rồi tiếp nhận.")
