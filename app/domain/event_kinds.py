"""Event kinds (loại sự kiện) and the words people read for them."""

from __future__ import annotations

from types import MappingProxyType

from workflows.errors import N_

KINDS = MappingProxyType(
    {
        "dossier:filed": N_("Nộp hồ sơ"),
        "dossier:received": N_("Tiếp nhận, cấp mã"),
        "dossier:refused": N_("Từ chối tiếp nhận"),
        "dossier:supplement_asked": N_("Yêu cầu bổ sung"),
        "dossier:supplemented": N_("Nhận bổ sung"),
        "dossier:supplement_expired": N_("Đóng hồ sơ quá hạn bổ sung"),
        "dossier:withdrawn": N_("Rút hồ sơ"),
        "dossier:forwarded": N_("Chuyển xử lý"),
        "dossier:assigned": N_("Phân công"),
        "dossier:sent_back": N_("Trả lại bước trước"),
        "dossier:consulted": N_("Lấy ý kiến"),
        "dossier:consultation_answered": N_("Trả lời ý kiến"),
        "dossier:proposed": N_("Trình ký"),
        "dossier:signed": N_("Ký kết quả"),
        "dossier:sign_refused": N_("Không ký, trả lại"),
        "dossier:number_reserved": N_("Dành số kết quả"),
        "dossier:finished": N_("Cấp số, phát hành kết quả"),
        "dossier:returned": N_("Trả kết quả"),
        "dossier:payment_asked": N_("Yêu cầu nộp tiền"),
        "dossier:paid": N_("Thu tiền"),
        "dossier:payment_voided": N_("Hủy khoản thu"),
        "dossier:extended": N_("Hẹn lại ngày trả"),
        "dossier:stopped": N_("Dừng xử lý"),
        "dossier:component_changed": N_("Cập nhật thành phần"),
        "dossier:file_attached": N_("Số hóa giấy tờ"),
        "dossier:file_removed": N_("Gỡ tệp"),
        "reading:opened": N_("Xem hồ sơ"),
        "reading:file_opened": N_("Xem tệp"),
        "reading:unmasked": N_("Xem số định danh"),
        "dossier:form_printed": N_("In phiếu"),
        "dossier:warned": N_("Nhắc hạn"),
        "dossier:late": N_("Ghi nhận quá hạn"),
        "dossier:apology_drafted": N_("Dự thảo phiếu xin lỗi"),
        "dossier:pickup_reminded": N_("Nhắc nhận kết quả"),
        "dossier:step_late": N_("Quá hạn bước xử lý"),
        "dossier:answer_warned": N_("Nhắc trả lời hồ sơ trực tuyến"),
        "dossier:stuck": N_("Hồ sơ đứng yên"),
        "dossier:imported": N_("Nhập từ hệ thống khác"),
        "dossier:reissued": N_("Cấp lại kết quả"),
        "dossier:corrected": N_("Đính chính"),
        "dossier:calendar_changed": N_("Tính lại hạn theo lịch mới"),
        "session:opened": N_("Đăng nhập"),
        "session:refused": N_("Đăng nhập không thành công"),
        "session:closed": N_("Đăng xuất"),
        "session:others_closed": N_("Kết thúc các phiên khác"),
        "user:created": N_("Tạo tài khoản"),
        "user:roles_set": N_("Giao, rút vai trò"),
        "user:password_reset": N_("Cấp mật khẩu dùng một lần"),
        "user:password_changed": N_("Đổi mật khẩu"),
        "user:second_factor_on": N_("Bật xác thực hai lớp"),
        "user:second_factor_off": N_("Tắt xác thực hai lớp"),
        "user:enabled": N_("Mở lại tài khoản"),
        "user:disabled": N_("Khóa tài khoản"),
        "unit:made_own": N_("Thiết lập cơ quan"),
        "unit:added": N_("Thêm đơn vị"),
        "unit:changed": N_("Sửa đơn vị"),
        "unit:removed": N_("Bỏ đơn vị"),
        "procedure:opened": N_("Mở tiếp nhận thủ tục"),
        "procedure:closed": N_("Đóng tiếp nhận thủ tục"),
        "procedure:limits_completed": N_("Ghi thời hạn thủ tục"),
        "calendar:changed": N_("Đổi lịch làm việc"),
        "house:set_up": N_("Thiết lập lần đầu"),
        "calendar:imported": N_("Nhập lịch nghỉ, làm bù"),
        "catalogue:imported": N_("Nhập danh mục thủ tục"),
        "units:imported": N_("Nhập đơn vị"),
        "key:installed": N_("Cài chứng thư số"),
        "job:tried_again": N_("Chạy lại việc nền"),
        "message:tried_again": N_("Gửi lại tin"),
    }
)


def title(kind: str) -> str:
    """Return the Vietnamese words for an event kind; an unknown kind speaks for itself."""
    return KINDS.get(kind, kind)
