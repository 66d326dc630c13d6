"""One dossier for its owner: the answer first, what to do next, where it is, what to bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.channels import Delivery
from app.domain.event_kinds import title
from app.i18n import gettext as _
from app.queries.tracking import AskedSupplement, ReleasedResult, Tracked
from app.queries.usual_time import UsualTime
from app.web.filters import money
from app.web.labels import DUE_SOON, standing_label, state_label
from app.web.public.presenters.steps import StepShown, steps_of
from app.web.public.presenters.usual import UsualShown, usual_shown
from app.web.public.presenters.why import Shares, Why, shares, why
from app.web.public.presenters.words import plain_name, promise_words, when_words
from workflows.deadlines import Standing
from workflows.states import OPEN_STATES, STATES_BEFORE_RECEPTION, State

_WAITS_FOR_CITIZEN = frozenset(
    {State.AWAITING_SUPPLEMENT, State.AWAITING_INTAKE_SUPPLEMENT, State.AWAITING_PAYMENT, State.FINISHED}
)
_TELLS_REASON = frozenset(
    {"dossier:refused", "dossier:stopped", "dossier:withdrawn", "dossier:extended", "dossier:reissued"}
)


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in word, icon and class."""

    words: str
    css: str
    icon: str


@dataclass(frozen=True, slots=True)
class Todo:
    """What the citizen does next; most often nothing."""

    is_yours: bool
    head: str
    sentence: str


@dataclass(frozen=True, slots=True)
class BringLine:
    """One thing to bring to the desk."""

    icon: str
    head: str
    lead: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HistoryShown:
    """One thing that was done."""

    at: datetime
    when: str
    what: str


@dataclass(frozen=True, slots=True)
class TrackedShown:
    """The page of one dossier."""

    number: str
    number_name: str
    tail: str
    procedure: str
    badge: Badge
    promise_head: str
    promise: str
    todo: Todo
    steps: tuple[StepShown, ...]
    supplement: AskedSupplement | None
    pause: str
    results: tuple[ReleasedResult, ...]
    why: Why | None
    shares: Shares | None
    holder: str
    step: str
    held_since: datetime | None
    bring: tuple[BringLine, ...]
    history: tuple[HistoryShown, ...]
    usual: UsualShown | None
    may_withdraw: bool


def tracked_shown(dossier: Tracked, usual: UsualTime | None = None, *, now: datetime) -> TrackedShown:
    """Return the page of `dossier` as it reads `now`; `usual` where enough others came before it."""
    head, promise = _promise(dossier, now=now)
    clock = dossier.clockwork
    explains = clock is not None and clock.projection.promised_at is not None
    return TrackedShown(
        number=dossier.number,
        number_name=_("Mã hồ sơ") if dossier.code else _("Số nộp"),
        tail=dossier.number[-4:],
        procedure=plain_name(dossier.procedure),
        badge=_badge(dossier),
        promise_head=head,
        promise=promise,
        todo=_todo(dossier),
        steps=steps_of(dossier),
        supplement=dossier.supplement,
        pause=_pause(dossier),
        results=dossier.results,
        why=why(clock, now=now) if clock and explains else None,
        shares=shares(clock) if clock else None,
        holder=dossier.holder if dossier.state in OPEN_STATES else "",
        step=dossier.step,
        held_since=dossier.held_since,
        bring=_bring(dossier),
        history=tuple(_history(line.kind, line.at, line.reason, now=now) for line in dossier.history),
        usual=usual_shown(usual, dossier) if usual else None,
        may_withdraw=dossier.state in STATES_BEFORE_RECEPTION,
    )


def _badge(dossier: Tracked) -> Badge:
    state = state_label(dossier.state)
    standing = dossier.clockwork.projection.standing if dossier.clockwork else Standing.UNKNOWN
    if dossier.state in OPEN_STATES and standing in (Standing.IN_TERM, Standing.OVERDUE):
        how = standing_label(DUE_SOON if _is_due_soon(dossier) else standing)
        return Badge(f"{state.text}, {how.text.lower()}", how.css, how.icon)
    if standing in (Standing.EARLY, Standing.ON_TIME, Standing.LATE) and dossier.state is not State.WITHDRAWN:
        how = standing_label(standing)
        return Badge(f"{state.text}, {how.text.lower()}", state.css, state.icon)
    return Badge(str(state.text), state.css, state.icon)


def _is_due_soon(dossier: Tracked) -> bool:
    """A citizen is told "soon" on the last working day, not before: the promise itself says the day."""
    clock = dossier.clockwork
    left = clock.projection.remaining_minutes if clock else None
    return clock is not None and left is not None and 0 <= left <= clock.minutes_a_day


def _promise(dossier: Tracked, *, now: datetime) -> tuple[str, str]:
    """Return what the large line is and says; nothing where there is no date to give."""
    promised = dossier.clockwork.projection.promised_at if dossier.clockwork else None
    if dossier.state in OPEN_STATES and promised:
        is_past = promised < now
        return (_("Đã hẹn trả") if is_past else _("Hẹn trả")), promise_words(promised, now=now)
    if dossier.state is State.FILED and dossier.answer_due_at:
        return _("Cán bộ trả lời chậm nhất"), promise_words(dossier.answer_due_at, now=now)
    return "", ""


def _todo(dossier: Tracked) -> Todo:
    yours = dossier.state in _WAITS_FOR_CITIZEN
    late = dossier.clockwork is not None and dossier.clockwork.projection.standing is Standing.OVERDUE
    if late and dossier.state in OPEN_STATES and not yours:
        return Todo(
            False,
            _("Chúng tôi đang chậm hẹn với bạn."),
            _("Bạn chưa phải làm gì; muốn biết vì sao, xin gọi hoặc đến quầy."),
        )
    heads = {
        State.FILED: (_("Bạn chưa phải làm gì."), _("Cán bộ đang kiểm tra giấy tờ, đủ thì bạn nhận giấy hẹn.")),
        State.AWAITING_INTAKE_SUPPLEMENT: (_("Bạn cần gửi thêm giấy tờ."), _("Xem danh sách ngay bên dưới.")),
        State.AWAITING_SUPPLEMENT: (_("Bạn cần gửi thêm giấy tờ."), _("Xem danh sách ngay bên dưới.")),
        State.AWAITING_PAYMENT: (_("Bạn cần nộp tiền."), _("Nộp tại quầy hoặc theo thông báo đã gửi cho bạn.")),
        State.RECEIVED: (_("Bạn chưa phải làm gì."), _("Hồ sơ đã đủ và đang được chuyển xử lý.")),
        State.PROCESSING: (_("Bạn chưa phải làm gì."), _("Có kết quả, trang này báo ngay.")),
        State.FINISHED: (_("Mời bạn nhận kết quả."), _how_to_collect(dossier)),
        State.RETURNED: (_("Hồ sơ đã xong."), _("Kết quả đã trả cho bạn.")),
        State.NOT_ACCEPTED: (_("Hồ sơ không được tiếp nhận."), _("Lý do ở mục Đã làm gì. Bạn có thể nộp lại.")),
        State.WITHDRAWN: (_("Hồ sơ đã rút."), _("Bạn có thể nộp lại bất cứ lúc nào.")),
        State.STOPPED: (_("Hồ sơ đã dừng xử lý."), _("Lý do ở mục Đã làm gì. Cần hỏi, xin liên hệ quầy.")),
    }
    head, sentence = heads[dossier.state]
    return Todo(yours, head, sentence)


def _how_to_collect(dossier: Tracked) -> str:
    if dossier.delivery == Delivery.POST:
        return _("Kết quả được gửi qua bưu chính đến địa chỉ bạn đã ghi.")
    if dossier.delivery == Delivery.ELECTRONIC and any(result.has_file for result in dossier.results):
        return _("Tải bản điện tử ngay bên dưới.")
    return _("Đến %(desk)s, mang theo những thứ ghi ở mục “Khi đến nhận”.", desk=dossier.returning.name)


def _pause(dossier: Tracked) -> str:
    """Return what waiting does to the time limit."""
    if dossier.state is State.AWAITING_INTAKE_SUPPLEMENT:
        return _("Thời hạn giải quyết tính từ lúc hồ sơ đủ và được tiếp nhận.")
    standing = dossier.clockwork.projection.standing if dossier.clockwork else Standing.UNKNOWN
    return _("Trong lúc chờ, thời hạn của hồ sơ tạm dừng.") if standing is Standing.SUSPENDED else ""


def _bring(dossier: Tracked) -> tuple[BringLine, ...]:
    """Return what to bring when collecting at the desk; nothing once it is over or goes by post."""
    if dossier.delivery != Delivery.DESK or dossier.state not in OPEN_STATES | {State.FINISHED}:
        return ()
    left = max(dossier.fee_due_vnd - dossier.fee_paid_vnd, 0)
    return (
        BringLine(
            "file-earmark-text",
            _("Giấy tiếp nhận và hẹn trả"),
            note=_("Mất giấy: mang CCCD và nói 4 số cuối %(tail)s", tail=dossier.number[-4:]),
        ),
        BringLine("person-vcard", _("CCCD hoặc VNeID")),
        BringLine("people", _("giấy ủy quyền"), lead=_("Nhờ người khác: thêm"), note=_("và CCCD của họ")),
        BringLine("cash-coin", money(left), lead=_("Lệ phí còn phải nộp:")),
        BringLine("geo-alt", dossier.returning.name, note=dossier.returning.address),
    )


def _history(kind: str, at: datetime, reason: str, *, now: datetime) -> HistoryShown:
    words = _(title(kind))
    told = f"{words}: {reason}" if reason and kind in _TELLS_REASON else words
    return HistoryShown(at, when_words(at, now=now), told)
