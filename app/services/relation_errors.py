"""Why dossiers could not be put together or followed elsewhere (lý do không gắn, không theo dõi được)."""

from __future__ import annotations

from workflows.errors import N_, RuleBroken


class NotAChild(RuleBroken):
    """The dossier named is the same, a parent itself, or another set's child."""

    code = "not_a_child"
    sentence = N_("Hồ sơ {number} không gắn được: trùng hồ sơ này hoặc đã thuộc bộ liên thông. Vui lòng kiểm tra mã.")


class EndedElsewhereWrong(RuleBroken):
    """The end that another system tells lies before the start or in the future."""

    code = "ended_elsewhere"
    sentence = N_("Hồ sơ {number}: thời điểm xong {ended} không hợp lý. Vui lòng kiểm tra lại.")
