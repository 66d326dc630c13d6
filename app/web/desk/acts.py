"""The acts on a dossier (thao tác): a table of what can be done, and which of it this person may do now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.people import Staff
from app.i18n import LazyText
from app.i18n import lazy_gettext as _l
from app.queries.dossier_values import DossierFile
from app.web.desk import act_rules as rules
from app.web.desk import act_runs as runs
from app.web.desk import correction_runs as corrections
from app.web.desk import early_runs, reissue_runs
from app.web.desk.elsewhere.forms import ChildForm, TrackForm
from app.web.desk.forms import act_forms as forms
from app.web.desk.forms.correction_forms import CorrectionForm, DecisionForm
from app.web.desk.forms.pause_forms import PauseForm, ResumeForm
from workflows.states import Action


@dataclass(frozen=True, slots=True)
class Act:
    """One row: its key in addresses, its words, its form, what it runs, and when it is open."""

    key: str
    text: LazyText
    title: LazyText
    submit: LazyText
    form: type[Any]
    run: Callable[[runs.Target, Any], Any]
    may: rules.Rule
    shortcut: str = ""
    grave: bool = False


ACTS = (
    Act(
        "decide_correction",
        _l("Xác nhận đề nghị"),
        _l("Xác nhận hoặc không đồng ý với đề nghị của người khác"),
        _l("Ghi quyết định"),
        DecisionForm,
        corrections.decide,
        corrections.may_decide,
    ),
    Act(
        "competent_receive",
        _l("Nhận hồ sơ"),
        _l("Cơ quan có thẩm quyền nhận hồ sơ; thời hạn tính từ lúc này"),
        _l("Nhận hồ sơ"),
        forms.NoteForm,
        runs.take_over,
        rules.may_take_over,
        "Alt+K",
    ),
    Act(
        "take_supplement",
        _l("Nhận bổ sung"),
        _l("Nhận giấy tờ bổ sung tại quầy"),
        _l("Nhận bổ sung"),
        forms.TakeSupplementForm,
        runs.take_supplement,
        rules.may_take,
        "Alt+K",
    ),
    Act(
        "forward",
        _l("Chuyển xử lý"),
        _l("Chuyển hồ sơ sang bước kế tiếp"),
        _l("Chuyển"),
        forms.HandOverForm,
        runs.forward,
        rules.may_forward,
        "Alt+K",
    ),
    Act(
        "propose",
        _l("Trình ký"),
        _l("Trình kết quả để lãnh đạo ký"),
        _l("Trình ký"),
        forms.ProposeForm,
        runs.propose,
        rules.may_propose,
        "Alt+K",
    ),
    Act(
        "answer",
        _l("Cho ý kiến"),
        _l("Trả lời ý kiến được hỏi"),
        _l("Gửi ý kiến"),
        forms.AnswerForm,
        runs.answer,
        rules.may_answer,
    ),
    Act(
        "send_back",
        _l("Trả lại bước trước"),
        _l("Trả lại bước trước, nêu lý do"),
        _l("Trả lại"),
        forms.ReasonForm,
        runs.send_back,
        rules.allowed_at_own_step(Action.SEND_BACK),
        "Alt+B",
    ),
    Act(
        "assign",
        _l("Phân công"),
        _l("Giao bước này cho một người"),
        _l("Phân công"),
        forms.HandOverForm,
        runs.assign,
        rules.may_assign,
    ),
    Act(
        "consult",
        _l("Lấy ý kiến"),
        _l("Hỏi ý kiến đơn vị khác; hồ sơ vẫn ở bước này"),
        _l("Gửi hỏi"),
        forms.ConsultForm,
        runs.consult,
        rules.allowed_at_own_step(Action.CONSULT),
    ),
    Act(
        "ask_supplement",
        _l("Yêu cầu bổ sung"),
        _l("Yêu cầu bổ sung (Mẫu 02); đồng hồ tạm dừng"),
        _l("Lập Mẫu 02"),
        forms.LeaderSupplementForm,
        runs.ask_supplement,
        rules.may_ask,
        "F8",
    ),
    Act(
        "ask_at_intake",
        _l("Yêu cầu bổ sung"),
        _l("Yêu cầu bổ sung trước khi tiếp nhận (Mẫu 02)"),
        _l("Lập Mẫu 02"),
        forms.SupplementForm,
        runs.ask_at_intake,
        rules.before_reception(Action.ASK_SUPPLEMENT),
        "F8",
    ),
    Act(
        "pay",
        _l("Thu tiền"),
        _l("Thu phí, lệ phí, nghĩa vụ tài chính"),
        _l("Đã thu"),
        forms.PaymentForm,
        runs.pay,
        rules.may_pay,
    ),
    Act(
        "exempt_fee",
        _l("Miễn, giảm phí, lệ phí"),
        _l("Miễn hoặc giảm khoản còn phải thu, nêu lý do và căn cứ"),
        _l("Miễn, giảm"),
        forms.ExemptForm,
        runs.exempt_fee,
        rules.may_pay,
    ),
    Act(
        "ask_payment",
        _l("Yêu cầu nộp tiền"),
        _l("Thông báo nghĩa vụ tài chính; đồng hồ tạm dừng"),
        _l("Thông báo"),
        forms.AskPaymentForm,
        runs.ask_payment,
        rules.allowed_at_own_step(Action.ASK_PAYMENT),
    ),
    Act(
        "resume",
        _l("Tiếp tục"),
        _l("Tiếp tục giải quyết; đồng hồ chạy lại"),
        _l("Tiếp tục"),
        ResumeForm,
        runs.resume,
        rules.may_resume,
    ),
    Act(
        "pause",
        _l("Tạm dừng"),
        _l("Tạm dừng theo căn cứ pháp luật"),
        _l("Tạm dừng"),
        PauseForm,
        runs.pause,
        rules.may_pause,
    ),
    Act(
        "extend",
        _l("Hẹn lại"),
        _l("Xin lỗi và hẹn lại ngày trả (Mẫu 04), một lần"),
        _l("Lập Mẫu 04"),
        forms.ExtendForm,
        runs.extend,
        rules.allowed(Action.EXTEND),
    ),
    Act(
        "refuse",
        _l("Từ chối"),
        _l("Từ chối tiếp nhận (Mẫu 03)"),
        _l("Lập Mẫu 03"),
        forms.ReasonForm,
        runs.refuse,
        rules.before_reception(Action.REFUSE),
        grave=True,
    ),
    Act(
        "withdraw",
        _l("Rút hồ sơ"),
        _l("Rút hồ sơ theo yêu cầu của người nộp (Mẫu 05)"),
        _l("Lập Mẫu 05"),
        forms.ReasonForm,
        runs.withdraw,
        rules.may_withdraw,
        grave=True,
    ),
    Act(
        "stop",
        _l("Dừng xử lý"),
        _l("Dừng giải quyết theo quyết định của lãnh đạo (Mẫu 05)"),
        _l("Lập Mẫu 05"),
        forms.StopForm,
        runs.stop,
        rules.allowed(Action.STOP),
        grave=True,
    ),
    Act(
        "link_child",
        _l("Gắn liên thông"),
        _l("Gắn một hồ sơ thành phần vào bộ liên thông"),
        _l("Gắn"),
        ChildForm,
        runs.link_child,
        rules.may_relate,
    ),
    Act(
        "track",
        _l("Theo dõi nơi khác"),
        _l("Hồ sơ giải quyết trên hệ thống khác"),
        _l("Theo dõi"),
        TrackForm,
        runs.track,
        rules.may_relate,
    ),
    Act(
        "replace_receipt",
        _l("Cấp lại giấy hẹn"),
        _l("Cấp Giấy tiếp nhận thay giấy sai hoặc mất; mã QR cũ hết hiệu lực"),
        _l("Cấp lại Mẫu 01"),
        forms.ReasonForm,
        runs.replace_receipt,
        rules.may_relate,
    ),
    Act(
        "tell_early",
        _l("Báo trả sớm"),
        _l("Ghi đã báo người nộp đến nhận kết quả trước ngày hẹn"),
        _l("Ghi đã báo"),
        forms.TellEarlyForm,
        early_runs.tell,
        early_runs.may_tell,
    ),
    Act(
        "reissue",
        _l("Cấp lại kết quả"),
        _l("Cấp lại kết quả sai do lỗi của cơ quan; lãnh đạo ký bản mới, không thu phí"),
        _l("Trình ký bản mới"),
        forms.ReissueForm,
        reissue_runs.propose,
        rules.may_reissue,
    ),
    Act(
        "correct",
        _l("Đính chính"),
        _l("Đề nghị đính chính; người khác xác nhận mới có hiệu lực"),
        _l("Đề nghị"),
        CorrectionForm,
        corrections.propose,
        corrections.may_propose,
    ),
)
BY_KEY = {act.key: act for act in ACTS}


def open_acts(file: DossierFile, staff: Staff) -> tuple[Act, ...]:
    """Return the acts that `staff` may do on `file` now, the likely ones first."""
    return tuple(act for act in ACTS if file.may_write and act.may(file, staff))
