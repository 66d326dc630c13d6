"""The acts on a dossier (thao tác): a table of what can be done, and which of it this person may do now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.people import Role, Staff
from app.i18n import LazyText
from app.i18n import lazy_gettext as _l
from app.queries.dossier_values import DossierFile
from app.web.desk import act_runs as runs
from app.web.desk import correction_runs as corrections
from app.web.desk import early_runs, reissue_runs
from app.web.desk.elsewhere.forms import ChildForm, TrackForm
from app.web.desk.forms import act_forms as forms
from app.web.desk.forms.correction_forms import CorrectionForm, DecisionForm
from app.web.desk.forms.pause_forms import PauseForm, ResumeForm
from workflows.states import Action, State

Rule = Callable[[DossierFile, Staff], bool]


@dataclass(frozen=True, slots=True)
class Act:
    """One row: its key in addresses, its words, its form, what it runs, and when it is open."""

    key: str
    text: LazyText
    title: LazyText
    submit: LazyText
    form: type[Any]
    run: Callable[[runs.Target, Any], Any]
    may: Rule
    shortcut: str = ""
    grave: bool = False


def _allowed(action: Action, *, own_step: bool = False) -> Rule:
    def may(file: DossierFile, _staff: Staff) -> bool:
        return action in file.allowed and (file.is_my_step or not own_step)

    return may


def _may_forward(file: DossierFile, staff: Staff) -> bool:
    """The desk hands over what it received; in the process, whoever holds a step that a leader does not sign."""
    if Action.FORWARD not in file.allowed:
        return False
    if State(file.state) is State.RECEIVED:
        return staff.has(Role.CLERK)
    return file.is_my_step and not _leader_is_next(file) and not _is_leaders(file)


def _may_propose(file: DossierFile, _staff: Staff) -> bool:
    return Action.PROPOSE in file.allowed and file.is_my_step and _leader_is_next(file)


def _owes(file: DossierFile) -> bool:
    """Money is taken while the dossier goes on or has its result; who withdrew or was stopped owes nothing more."""
    ended = State(file.state) in (State.WITHDRAWN, State.STOPPED, State.NOT_ACCEPTED)
    return bool(file.fee_left_vnd) and file.received_at is not None and not ended


def _may_pay(file: DossierFile, staff: Staff) -> bool:
    return staff.has(Role.CASHIER, Role.CLERK) and _owes(file)


def _may_answer(file: DossierFile, _staff: Staff) -> bool:
    return runs.open_question(file) is not None


def _may_assign(file: DossierFile, staff: Staff) -> bool:
    return Action.ASSIGN in file.allowed and (file.is_my_step or staff.has(Role.LEADER))


def _before_reception(action: Action) -> Rule:
    def may(file: DossierFile, staff: Staff) -> bool:
        return action in file.allowed and State(file.state).is_before_reception and staff.has(Role.CLERK)

    return may


def _may_ask(file: DossierFile, staff: Staff) -> bool:
    if State(file.state).is_before_reception or Action.ASK_SUPPLEMENT not in file.allowed:
        return False
    return staff.has(Role.LEADER) or (file.is_my_step and not file.supplement_requests)


def _leader_is_next(file: DossierFile) -> bool:
    later = [step for step in file.steps if step.ordinal > (file.step_ordinal or 0)]
    return bool(later) and later[0].role == Role.LEADER


def _is_leaders(file: DossierFile) -> bool:
    """A leader's own step ends by signing, on the signing page."""
    here = [step for step in file.steps if step.ordinal == file.step_ordinal]
    return bool(here) and here[0].role in (Role.LEADER, Role.RECORDS)


def _may_take_over(file: DossierFile, _staff: Staff) -> bool:
    return Action.COMPETENT_RECEIVE in file.allowed and file.waits_for_competent


def _may_take(file: DossierFile, staff: Staff) -> bool:
    return Action.SUPPLEMENT in file.allowed and staff.has(Role.CLERK)


def _may_withdraw(file: DossierFile, _staff: Staff) -> bool:
    return Action.WITHDRAW in file.allowed and State(file.state).is_open


def _may_pause(file: DossierFile, staff: Staff) -> bool:
    return Action.PAUSE in file.allowed and file.open_pause is None and (file.is_my_step or staff.has(Role.LEADER))


def _may_resume(file: DossierFile, staff: Staff) -> bool:
    return (
        Action.RESUME in file.allowed
        and file.open_pause is not None
        and (file.is_my_step or staff.has(Role.LEADER))
    )


def _may_reissue(file: DossierFile, _staff: Staff) -> bool:
    states = {result.state for result in file.results}
    return Action.REISSUE in file.allowed and "released" in states and not states & {"proposed", "signed"}


def _may_relate(file: DossierFile, staff: Staff) -> bool:
    return file.received_at is not None and staff.has(Role.CLERK) and State(file.state).is_open


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
        _may_take_over,
        "Alt+K",
    ),
    Act(
        "take_supplement",
        _l("Nhận bổ sung"),
        _l("Nhận giấy tờ bổ sung tại quầy"),
        _l("Nhận bổ sung"),
        forms.TakeSupplementForm,
        runs.take_supplement,
        _may_take,
        "Alt+K",
    ),
    Act(
        "forward",
        _l("Chuyển xử lý"),
        _l("Chuyển hồ sơ sang bước kế tiếp"),
        _l("Chuyển"),
        forms.HandOverForm,
        runs.forward,
        _may_forward,
        "Alt+K",
    ),
    Act(
        "propose",
        _l("Trình ký"),
        _l("Trình kết quả để lãnh đạo ký"),
        _l("Trình ký"),
        forms.ProposeForm,
        runs.propose,
        _may_propose,
        "Alt+K",
    ),
    Act(
        "answer",
        _l("Cho ý kiến"),
        _l("Trả lời ý kiến được hỏi"),
        _l("Gửi ý kiến"),
        forms.AnswerForm,
        runs.answer,
        _may_answer,
    ),
    Act(
        "send_back",
        _l("Trả lại bước trước"),
        _l("Trả lại bước trước, nêu lý do"),
        _l("Trả lại"),
        forms.ReasonForm,
        runs.send_back,
        _allowed(Action.SEND_BACK, own_step=True),
        "Alt+B",
    ),
    Act(
        "assign",
        _l("Phân công"),
        _l("Giao bước này cho một người"),
        _l("Phân công"),
        forms.HandOverForm,
        runs.assign,
        _may_assign,
    ),
    Act(
        "consult",
        _l("Lấy ý kiến"),
        _l("Hỏi ý kiến đơn vị khác; hồ sơ vẫn ở bước này"),
        _l("Gửi hỏi"),
        forms.ConsultForm,
        runs.consult,
        _allowed(Action.CONSULT, own_step=True),
    ),
    Act(
        "ask_supplement",
        _l("Yêu cầu bổ sung"),
        _l("Yêu cầu bổ sung (Mẫu 02); đồng hồ tạm dừng"),
        _l("Lập Mẫu 02"),
        forms.LeaderSupplementForm,
        runs.ask_supplement,
        _may_ask,
        "F8",
    ),
    Act(
        "ask_at_intake",
        _l("Yêu cầu bổ sung"),
        _l("Yêu cầu bổ sung trước khi tiếp nhận (Mẫu 02)"),
        _l("Lập Mẫu 02"),
        forms.SupplementForm,
        runs.ask_at_intake,
        _before_reception(Action.ASK_SUPPLEMENT),
        "F8",
    ),
    Act(
        "pay",
        _l("Thu tiền"),
        _l("Thu phí, lệ phí, nghĩa vụ tài chính"),
        _l("Đã thu"),
        forms.PaymentForm,
        runs.pay,
        _may_pay,
    ),
    Act(
        "exempt_fee",
        _l("Miễn phí, lệ phí"),
        _l("Miễn khoản còn phải thu, nêu lý do"),
        _l("Miễn"),
        forms.ReasonForm,
        runs.exempt_fee,
        _may_pay,
    ),
    Act(
        "ask_payment",
        _l("Yêu cầu nộp tiền"),
        _l("Thông báo nghĩa vụ tài chính; đồng hồ tạm dừng"),
        _l("Thông báo"),
        forms.AskPaymentForm,
        runs.ask_payment,
        _allowed(Action.ASK_PAYMENT, own_step=True),
    ),
    Act(
        "resume",
        _l("Tiếp tục"),
        _l("Tiếp tục giải quyết; đồng hồ chạy lại"),
        _l("Tiếp tục"),
        ResumeForm,
        runs.resume,
        _may_resume,
    ),
    Act(
        "pause",
        _l("Tạm dừng"),
        _l("Tạm dừng theo căn cứ pháp luật"),
        _l("Tạm dừng"),
        PauseForm,
        runs.pause,
        _may_pause,
    ),
    Act(
        "extend",
        _l("Hẹn lại"),
        _l("Xin lỗi và hẹn lại ngày trả (Mẫu 04), một lần"),
        _l("Lập Mẫu 04"),
        forms.ExtendForm,
        runs.extend,
        _allowed(Action.EXTEND),
    ),
    Act(
        "refuse",
        _l("Từ chối"),
        _l("Từ chối tiếp nhận (Mẫu 03)"),
        _l("Lập Mẫu 03"),
        forms.ReasonForm,
        runs.refuse,
        _before_reception(Action.REFUSE),
        grave=True,
    ),
    Act(
        "withdraw",
        _l("Rút hồ sơ"),
        _l("Rút hồ sơ theo yêu cầu của người nộp (Mẫu 05)"),
        _l("Lập Mẫu 05"),
        forms.ReasonForm,
        runs.withdraw,
        _may_withdraw,
        grave=True,
    ),
    Act(
        "stop",
        _l("Dừng xử lý"),
        _l("Dừng giải quyết theo quyết định của lãnh đạo (Mẫu 05)"),
        _l("Lập Mẫu 05"),
        forms.StopForm,
        runs.stop,
        _allowed(Action.STOP),
        grave=True,
    ),
    Act(
        "link_child",
        _l("Gắn liên thông"),
        _l("Gắn một hồ sơ thành phần vào bộ liên thông"),
        _l("Gắn"),
        ChildForm,
        runs.link_child,
        _may_relate,
    ),
    Act(
        "track",
        _l("Theo dõi nơi khác"),
        _l("Hồ sơ giải quyết trên hệ thống khác"),
        _l("Theo dõi"),
        TrackForm,
        runs.track,
        _may_relate,
    ),
    Act(
        "replace_receipt",
        _l("Cấp lại giấy hẹn"),
        _l("Cấp Giấy tiếp nhận thay giấy sai hoặc mất; mã QR cũ hết hiệu lực"),
        _l("Cấp lại Mẫu 01"),
        forms.ReasonForm,
        runs.replace_receipt,
        _may_relate,
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
        _may_reissue,
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
