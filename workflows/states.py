"""States, actions, actors and requirements of a dossier (trạng thái và thao tác của hồ sơ)."""

from __future__ import annotations

from enum import StrEnum

from workflows.errors import N_


class State(StrEnum):
    """Public state of a dossier (trạng thái hồ sơ), the ten of the national portal.

    `awaiting_supplement` exists twice: before reception no clock runs and nothing is counted in form 06a.
    """

    FILED = "filed"
    AWAITING_INTAKE_SUPPLEMENT = "awaiting_intake_supplement"
    NOT_ACCEPTED = "not_accepted"
    RECEIVED = "received"
    PROCESSING = "processing"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    FINISHED = "finished"
    RETURNED = "returned"

    @property
    def national_code(self) -> int:
        """Return the status code exchanged with the National Public Service Portal, 1 to 10."""
        return _NATIONAL_CODES[self]

    @property
    def term_vi(self) -> str:
        """Return the official Vietnamese name of the status."""
        return _STATE_TERMS[self]

    @property
    def is_open(self) -> bool:
        """Return whether the dossier is received and not yet resolved: pending in form 06a."""
        return self in OPEN_STATES

    @property
    def is_before_reception(self) -> bool:
        """Return whether the dossier waits for a decision on its reception: no clock, no code."""
        return self in STATES_BEFORE_RECEPTION


STATES_BEFORE_RECEPTION = frozenset({State.FILED, State.AWAITING_INTAKE_SUPPLEMENT})
OPEN_STATES = frozenset(
    {State.RECEIVED, State.PROCESSING, State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT}
)

_NATIONAL_CODES = {
    State.FILED: 1,
    State.AWAITING_INTAKE_SUPPLEMENT: 5,
    State.NOT_ACCEPTED: 3,
    State.RECEIVED: 2,
    State.PROCESSING: 4,
    State.AWAITING_SUPPLEMENT: 5,
    State.AWAITING_PAYMENT: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.FINISHED: 9,
    State.RETURNED: 10,
}

_STATE_TERMS = {
    State.FILED: N_("Mới đăng ký"),
    State.AWAITING_INTAKE_SUPPLEMENT: N_("Yêu cầu bổ sung giấy tờ (trước tiếp nhận)"),
    State.NOT_ACCEPTED: N_("Không được tiếp nhận"),
    State.RECEIVED: N_("Được tiếp nhận"),
    State.PROCESSING: N_("Đang xử lý"),
    State.AWAITING_SUPPLEMENT: N_("Yêu cầu bổ sung giấy tờ"),
    State.AWAITING_PAYMENT: N_("Yêu cầu thực hiện nghĩa vụ tài chính"),
    State.WITHDRAWN: N_("Công dân yêu cầu rút hồ sơ"),
    State.STOPPED: N_("Dừng xử lý"),
    State.FINISHED: N_("Đã xử lý xong"),
    State.RETURNED: N_("Đã trả kết quả"),
}


class Action(StrEnum):
    """What somebody does to a dossier (thao tác)."""

    FILE = "file"
    RECEIVE = "receive"
    COMPETENT_RECEIVE = "competent_receive"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    ASSIGN = "assign"
    FORWARD = "forward"
    SEND_BACK = "send_back"
    CONSULT = "consult"
    PROPOSE = "propose"
    DECIDE = "decide"
    ASK_PAYMENT = "ask_payment"
    CONFIRM_PAYMENT = "confirm_payment"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"
    FINISH = "finish"
    CERTIFY = "certify"
    RETURN_RESULT = "return"
    REISSUE = "reissue"

    @property
    def term_vi(self) -> str:
        """Return the Vietnamese verb of the desk."""
        return _ACTION_TERMS[self]


_ACTION_TERMS = {
    Action.FILE: N_("Nộp hồ sơ"),
    Action.RECEIVE: N_("Tiếp nhận"),
    Action.COMPETENT_RECEIVE: N_("Cơ quan có thẩm quyền nhận"),
    Action.ASK_SUPPLEMENT: N_("Yêu cầu bổ sung"),
    Action.SUPPLEMENT: N_("Bổ sung hồ sơ"),
    Action.REFUSE: N_("Từ chối tiếp nhận"),
    Action.EXPIRE: N_("Đóng hồ sơ quá hạn bổ sung"),
    Action.WITHDRAW: N_("Rút hồ sơ"),
    Action.ASSIGN: N_("Phân công"),
    Action.FORWARD: N_("Chuyển xử lý"),
    Action.SEND_BACK: N_("Trả lại bước trước"),
    Action.CONSULT: N_("Lấy ý kiến"),
    Action.PROPOSE: N_("Trình ký"),
    Action.DECIDE: N_("Quyết định"),
    Action.ASK_PAYMENT: N_("Yêu cầu nghĩa vụ tài chính"),
    Action.CONFIRM_PAYMENT: N_("Xác nhận nộp tiền"),
    Action.PAUSE: N_("Tạm dừng theo căn cứ"),
    Action.RESUME: N_("Tiếp tục giải quyết"),
    Action.EXTEND: N_("Hẹn lại ngày trả"),
    Action.STOP: N_("Dừng xử lý"),
    Action.FINISH: N_("Xử lý xong"),
    Action.CERTIFY: N_("Ghi đã ký chứng thực"),
    Action.RETURN_RESULT: N_("Trả kết quả"),
    Action.REISSUE: N_("Cấp lại kết quả"),
}


class ActorKind(StrEnum):
    """In what capacity somebody acts (vai trò thực hiện); who it was stands in the event."""

    CITIZEN = "citizen"
    CLERK = "clerk"
    OFFICER = "officer"
    LEADER = "leader"
    RECORDS = "records"
    CASHIER = "cashier"
    SCHEDULER = "scheduler"
    EXTERNAL = "external"
    STAFF = "staff"  # anybody of the house on the house itself (accounts, calendar): never on a dossier

    @property
    def term_vi(self) -> str:
        """Return the Vietnamese name of the capacity, in mid-sentence form."""
        return _ACTOR_TERMS[self]


_ACTOR_TERMS = {
    ActorKind.CITIZEN: N_("người nộp hồ sơ"),
    ActorKind.CLERK: N_("cán bộ một cửa"),
    ActorKind.OFFICER: N_("chuyên viên"),
    ActorKind.LEADER: N_("lãnh đạo"),
    ActorKind.RECORDS: N_("văn thư"),
    ActorKind.CASHIER: N_("bộ phận thu tiền"),
    ActorKind.SCHEDULER: N_("hệ thống"),
    ActorKind.EXTERNAL: N_("hệ thống bên ngoài"),
    ActorKind.STAFF: N_("cán bộ"),
}


class Requirement(StrEnum):
    """What must be true before an action (điều kiện của thao tác); the services establish it."""

    COMPONENTS_COMPLETE = "components_complete"
    COMPONENTS_DIGITIZED = "components_digitized"
    ONE_COMPLETE_REQUEST = "one_complete_request"
    FIRST_REQUEST = "first_request"
    REASON = "reason"
    GROUND = "ground"
    NOTICE = "notice"
    STEP_ROLE = "step_role"
    RECEIPT = "receipt"
    A_DAY_BEFORE_DUE = "a_day_before_due"
    NOT_EXTENDED_BEFORE = "not_extended_before"
    NO_RESULT_YET = "no_result_yet"
    RESULT_READY = "result_ready"
    SIGNER_IN_FORCE = "signer_in_force"
    FEE_SETTLED = "fee_settled"
    IDENTITY_CHECKED = "identity_checked"
    LEADER_APPROVAL = "leader_approval"

    @property
    def missing_vi(self) -> str:
        """Return the Vietnamese words for its absence, in mid-sentence form."""
        return _MISSING_TERMS[self]


_MISSING_TERMS = {
    Requirement.COMPONENTS_COMPLETE: N_("thành phần hồ sơ chưa đầy đủ"),
    Requirement.COMPONENTS_DIGITIZED: N_("thành phần hồ sơ chưa được số hóa"),
    Requirement.ONE_COMPLETE_REQUEST: N_("chưa có phiếu yêu cầu bổ sung nêu đủ nội dung một lần"),
    Requirement.FIRST_REQUEST: N_(
        "hồ sơ đã được yêu cầu bổ sung một lần; lần nữa phải do lãnh đạo quyết định và nêu lý do"
    ),
    Requirement.REASON: N_("chưa nêu lý do"),
    Requirement.GROUND: N_("chưa chọn căn cứ pháp lý"),
    Requirement.NOTICE: N_("chưa có văn bản thông báo cho người nộp"),
    Requirement.STEP_ROLE: N_("bước hiện tại không thuộc vai trò của người thực hiện"),
    Requirement.RECEIPT: N_("chưa có chứng từ nộp tiền"),
    Requirement.A_DAY_BEFORE_DUE: N_("phải hẹn lại chậm nhất 01 ngày trước khi hết hạn"),
    Requirement.NOT_EXTENDED_BEFORE: N_("hồ sơ đã được hẹn lại một lần"),
    Requirement.NO_RESULT_YET: N_("hồ sơ đã có kết quả hoặc thông báo kết quả"),
    Requirement.RESULT_READY: N_("kết quả chưa được ký và cấp số"),
    Requirement.SIGNER_IN_FORCE: N_("thẩm quyền của người ký chứng thực chưa có hoặc đã hết hiệu lực"),
    Requirement.FEE_SETTLED: N_("phí, lệ phí chưa được thanh toán"),
    Requirement.IDENTITY_CHECKED: N_("chưa kiểm tra danh tính hoặc giấy ủy quyền của người nhận"),
    Requirement.LEADER_APPROVAL: N_("chưa có ý kiến đồng ý của lãnh đạo"),
}


class ClockEffect(StrEnum):
    """What a transition does to the dossier's clock (tác động đến thời hạn)."""

    NONE = "none"
    STARTS = "starts"
    RUNS = "runs"
    SUSPENDS = "suspends"
    RESUMES = "resumes"
    EXTENDS = "extends"
    ENDS = "ends"
