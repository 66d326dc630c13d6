"""The next thing to do with a dossier (việc tiếp), for the one who reads the list; else just to look."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from app.domain.people import Role, Staff
from app.i18n import gettext as _
from app.queries.work_rows import WorkRow
from workflows.states import State


@dataclass(frozen=True, slots=True)
class NextAct:
    """A button of the list; a quiet one only looks."""

    text: str
    address: str
    quiet: bool = False


def next_act(row: WorkRow, staff: Staff) -> NextAct:
    """Return the one act that moves this dossier on, if it is the reader's turn."""
    ref, state = row.number, State(row.state)
    if staff.has(Role.CLERK) and (found := _at_the_desk(row, state)):
        return found
    if staff.has(Role.LEADER) and row.result_state == "proposed":
        return NextAct(_("Đọc, ký"), url_for("desk.sign_queue", ho_so=ref))
    if staff.has(Role.RECORDS) and row.result_state == "signed":
        return NextAct(_("Cấp số"), url_for("desk.issue", ref=ref))
    if state is State.PROCESSING and row.holder_user_id in (None, staff.user_id) and staff.has(Role.OFFICER):
        return NextAct(_("Xử lý"), url_for("desk.dossier", ref=ref))
    return NextAct(_("Xem"), url_for("desk.dossier", ref=ref), quiet=True)


def _at_the_desk(row: WorkRow, state: State) -> NextAct | None:
    ref = row.number
    if state is State.FILED:
        return NextAct(_("Tiếp nhận"), url_for("desk.receive_filed", ref=ref))
    if row.is_certified_here and state in (State.RECEIVED, State.FINISHED):
        text = _("Ghi đã ký") if state is State.RECEIVED else _("Trả")
        return NextAct(text, url_for("desk.certified_papers", ref=ref))
    if state is State.RECEIVED and row.to_digitize:
        return NextAct(_("Số hóa"), url_for("desk.digitize", ref=ref))
    if state is State.RECEIVED:
        return NextAct(_("Bàn giao"), url_for("desk.dossier", ref=ref, viec="forward"))
    if state in (State.AWAITING_SUPPLEMENT, State.AWAITING_INTAKE_SUPPLEMENT):
        return NextAct(_("Nhận bổ sung"), url_for("desk.dossier", ref=ref, viec="take_supplement"))
    if state is State.FINISHED:
        return NextAct(_("Trả kết quả"), url_for("desk.hand_over", ref=ref))
    return None
