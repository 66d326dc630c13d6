"""Why a use case was refused (lý do từ chối thao tác): facts for the log, a sentence with a way on."""

from __future__ import annotations

from workflows.errors import N_, RuleBroken


class NotFound(RuleBroken):
    """The dossier does not exist, or is another unit's: both answer the same."""

    code = "not_found"
    status = 404
    sentence = N_("Không tìm thấy hồ sơ “{number}”. Vui lòng kiểm tra lại mã hoặc tìm từ danh sách việc.")


class StaleScreen(RuleBroken):
    """Somebody else acted on the dossier since this page was opened."""

    code = "stale_screen"
    status = 409
    sentence = N_(
        "{who} đã thực hiện “{what}” lúc {when}, sau khi bạn mở trang này. "
        "Nội dung bạn nhập còn giữ bên dưới; vui lòng xem bản mới rồi thao tác lại."
    )


class NoRight(RuleBroken):
    """The person sees the dossier but does not hold the role for this act."""

    code = "no_right"
    status = 403
    sentence = N_("Tài khoản của bạn không có vai trò để thực hiện việc này. Vui lòng chuyển cho {who}.")


class CompetentNotReceived(RuleBroken):
    """Received elsewhere: the settling agency takes it over before it works on it."""

    code = "competent_not_received"
    status = 409
    sentence = N_("Hồ sơ tiếp nhận ở nơi khác. Vui lòng bấm “Nhận hồ sơ” trước khi xử lý: thời hạn tính từ lúc đó.")


class CertifiedAtTheDesk(RuleBroken):
    """Numbered at the certification desk: signed and handed out there, in no internal process."""

    code = "certified_at_the_desk"
    status = 409
    sentence = N_("Hồ sơ chứng thực được ký và trả ở bàn chứng thực, không chuyển xử lý. Vui lòng ghi đã ký ở đó.")


class ProcedureNotOpen(RuleBroken):
    """The procedure is unknown, incomplete, closed, or not opened at this desk."""

    code = "procedure_not_open"
    sentence = N_(
        "Thủ tục “{code}” chưa mở tiếp nhận tại đơn vị này. Vui lòng chọn thủ tục khác hoặc báo quản trị."
    )


class ChannelNotOffered(RuleBroken):
    """The procedure has no time limit, hence no reception, in this channel."""

    code = "channel_not_offered"
    sentence = N_(
        "Thủ tục này chưa có thời hạn giải quyết cho kênh {channel}. Vui lòng chọn kênh khác hoặc báo quản trị."
    )


class ComponentsMissing(RuleBroken):
    """Required papers are neither given nor exempt."""

    code = "components_missing"
    sentence = N_(
        "Còn thiếu {count} giấy tờ bắt buộc: {names}. Vui lòng nhận đủ, ghi lý do miễn, hoặc lập phiếu yêu cầu bổ sung."
    )


class ExemptionUnknown(RuleBroken):
    """A paper is exempt only for a reason that the rules know."""

    code = "exemption_unknown"
    sentence = N_(
        "Lý do miễn số hóa chưa đúng. Vui lòng chọn: chỉ xuất trình, kết quả xác minh, tài liệu mật hoặc đã có dữ liệu."
    )


class FileChanged(RuleBroken):
    """The file to be signed is not the one that was read and confirmed."""

    code = "file_changed"
    sentence = N_("Tệp của “{name}” đã đổi sau khi đọc nên chưa ký. Vui lòng đọc lại rồi ký.")


class ReleaseHeld(RuleBroken):
    """The result is sealed; its release waits for a timestamp alone."""

    code = "release_held"
    status = 409
    sentence = N_("Kết quả đã đóng dấu số {symbol} và đang chờ dấu thời gian. Hệ thống tự thử lại; không cần đóng lại.")


class HeldTooShort(RuleBroken):
    """A leader may release without a timestamp only after the hold."""

    code = "held_too_short"
    sentence = N_("Chỉ được phát hành không có dấu thời gian từ {until}. Hệ thống vẫn đang tự thử lại.")


class FileMissing(RuleBroken):
    """A paper is said to be scanned or electronic and no file is there."""

    code = "file_missing"
    sentence = N_(
        "Giấy tờ “{name}” ghi là {form} nhưng chưa có tệp. Vui lòng đính kèm tệp hoặc chọn tình trạng khác."
    )


class LateEntryNeedsReason(RuleBroken):
    """A dossier typed after its true time of reception needs a reason."""

    code = "late_entry_reason"
    sentence = N_("Giờ nhận {received} sớm hơn giờ nhập. Vui lòng ghi lý do nhập sau.")


class LateEntryNeedsLeader(RuleBroken):
    """A reception of an earlier day is entered by a leader."""

    code = "late_entry_leader"
    sentence = N_(
        "Hồ sơ nhận ngày {day} phải do lãnh đạo xác nhận nhập bù. Vui lòng báo lãnh đạo bộ phận Một cửa."
    )


class ReceivedInFuture(RuleBroken):
    """Nothing is received before it came."""

    code = "received_in_future"
    sentence = N_("Giờ nhận {received} ở sau giờ hiện tại. Vui lòng kiểm tra lại đồng hồ hoặc giờ nhận.")


class SecretWrong(RuleBroken):
    """Number and secret do not belong together; which one is wrong is not told."""

    code = "secret_wrong"
    status = 404
    sentence = N_(
        "Không tìm thấy hồ sơ khớp với thông tin đã nhập. Vui lòng xem lại mã hồ sơ và mã tra cứu trên giấy tiếp nhận."
    )


class AlreadyDone(RuleBroken):
    """The same act was done before; nothing was done twice."""

    code = "already_done"
    status = 409
    sentence = N_("Việc này đã được thực hiện trước đó. Vui lòng mở lại hồ sơ để xem.")


class ReceiverNotOurs(RuleBroken):
    """A dossier is handed only to a person who holds the next step's role in its unit."""

    code = "receiver_wrong"
    sentence = N_("Người nhận không giữ vai trò của bước kế tiếp. Vui lòng chọn người khác trong danh sách.")


class NoSuchStep(RuleBroken):
    """There is no step on that side of the internal process."""

    code = "no_such_step"
    sentence = N_("Quy trình nội bộ không có bước {direction}. Vui lòng chọn thao tác khác.")


class UnitUnknown(RuleBroken):
    """The unit named does not exist or is not part of this authority."""

    code = "unit_unknown"
    sentence = N_("Không có đơn vị “{unit}”. Vui lòng chọn lại trong danh sách.")


class NumberTaken(RuleBroken):
    """A result number is used once per series and year."""

    code = "number_taken"
    sentence = N_("Số “{symbol}” đã dùng trong sổ năm {year}. Vui lòng nhập số khác.")


class FeeNotRight(RuleBroken):
    """A payment is positive and not more than what is still due."""

    code = "fee_not_right"
    sentence = N_("Số tiền {amount} đ không khớp với khoản còn phải nộp {due} đ. Vui lòng kiểm tra lại.")


class FeeExemptionUnknown(RuleBroken):
    """A fee is lifted only for a reason that the procedure's fee lines name (văn bản quy định phí)."""

    code = "fee_exemption_unknown"
    sentence = N_("Thủ tục này không có lý do miễn “{reason}”. Vui lòng chọn lý do trong danh sách.")


class NoSigningKey(RuleBroken):
    """There is no certificate for this person or seal."""

    code = "no_signing_key"
    sentence = N_("Chưa có chứng thư số để ký cho {who}. Vui lòng báo quản trị cài chứng thư.")


class DraftGone(RuleBroken):
    """The draft does not exist, is another person's, or has become a dossier."""

    code = "draft_gone"
    status = 404
    sentence = N_("Không tìm thấy bản nháp này. Vui lòng mở lại từ danh sách bản nháp hoặc nhập mới.")


class DraftStale(RuleBroken):
    """Two windows write one draft; the later one is told."""

    code = "draft_stale"
    status = 409
    sentence = N_("Bản nháp đã được sửa ở cửa sổ khác. Vui lòng tải lại để tiếp tục từ bản mới nhất.")
