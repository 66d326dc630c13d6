"""What must be known of a dossier before anybody acts on it (lưu ý): one sentence each, below its head."""

from __future__ import annotations

from datetime import timedelta

from app.domain.channels import Source
from app.i18n import gettext as _
from app.queries.dossier_pauses import PauseShown
from app.queries.dossier_values import DossierFile
from app.web.desk.forms.pause_forms import effect_words
from app.web.filters import vn_date, vn_datetime

DAY = timedelta(days=1)  # a stop ends at 24:00: its last day is the one before


def notes_of(file: DossierFile) -> tuple[str, ...]:
    """Return the notes of a dossier's page."""
    found = [*_before_the_clock(file), *_about_supplements(file)]
    if file.open_pause:
        found.append(_pause(file.open_pause))
    if file.source == Source.IMPORTED:
        found.append(_("Dữ liệu chuyển vào: nhập từ hệ thống khác lúc %(at)s.", at=vn_datetime(file.entered_at)))
    if file.late_entry_reason:
        entered = vn_datetime(file.entered_at)
        found.append(_("Nhập muộn lúc %(at)s: %(why)s", at=entered, why=file.late_entry_reason))
    if file.open_correction:
        found.append(_("Có đề nghị đính chính hoặc nhập bù đang chờ người thứ hai xác nhận."))
    if file.clock and file.clock.is_extended:
        found.append(_("Đã hẹn lại ngày trả một lần."))
    if any(row.replaces_id and row.state in ("proposed", "signed") for row in file.results):
        found.append(_("Đang cấp lại kết quả: bản đã phát hành còn hiệu lực đến khi bản mới được phát hành."))
    if file.returned_at:
        at = vn_datetime(file.returned_at)
        found.append(_("Đã trả kết quả lúc %(at)s cho %(name)s.", at=at, name=file.returned_to))
    said = (_consultation(row.unit, row.answer, vn_datetime(row.due_at)) for row in file.consultations)
    return (*found, *said)


def _before_the_clock(file: DossierFile) -> list[str]:
    if not file.waits_for_competent:
        return []
    unit = file.settling_unit
    return [_("Tiếp nhận không phụ thuộc địa giới: đồng hồ chạy từ lúc %(unit)s nhận hồ sơ, nay chưa chạy.", unit=unit)]


def _about_supplements(file: DossierFile) -> list[str]:
    found = []
    if file.supplement_requests == 1:
        found.append(_("Đã yêu cầu bổ sung 1 lần; lần nữa phải do lãnh đạo, có lý do."))
    elif file.supplement_requests:
        why = next((ask.leader_reason for ask in reversed(file.supplements) if ask.leader_reason), "")
        found.append(_("Đã yêu cầu bổ sung %(n)s lần: hồ sơ tính là trễ hạn. Lãnh đạo nêu lý do: %(why)s",
                       n=file.supplement_requests, why=why or _("chưa ghi")))  # fmt: skip
    for ask in file.supplements:
        if ask.answered_at is None:
            items = "; ".join(ask.items)
            found.append(_("Đang chờ bổ sung đến %(day)s: %(items)s", day=vn_date(ask.answer_by), items=items))
    return found


def _pause(pause: PauseShown) -> str:
    start, effect = vn_datetime(pause.started_at), effect_words(pause.effect)
    words = _("Tạm dừng từ %(start)s: %(ground)s (%(effect)s). %(paper)s", start=start, ground=pause.name,
              effect=effect, paper=pause.document)  # fmt: skip
    until = _("Muộn nhất đến hết %(day)s.", day=vn_date(pause.until_at - DAY)) if pause.until_at else ""
    return " ".join(filter(None, [words.strip(), until]))


def _consultation(unit: str, answer: str, due: str) -> str:
    if answer:
        return _("Ý kiến của %(unit)s: %(answer)s", unit=unit, answer=answer)
    return _("Đang hỏi ý kiến %(unit)s, trả lời trước %(due)s. Im lặng không phải là đồng ý.", unit=unit, due=due)


