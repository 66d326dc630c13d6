"""Why a re-issue was refused (lý do từ chối cấp lại kết quả)."""

from __future__ import annotations

from workflows.errors import N_, RuleBroken


class NothingToReissue(RuleBroken):
    """The dossier has no released result that a new version could replace."""

    code = "nothing_to_reissue"
    status = 409
    sentence = N_("Hồ sơ {number} chưa có kết quả đã phát hành để cấp lại.")


class ReissueWaits(RuleBroken):
    """One corrected version goes its whole way before the next is proposed."""

    code = "reissue_waits"
    status = 409
    sentence = N_("Hồ sơ {number} đang có một bản cấp lại chờ ký hoặc chờ phát hành. Vui lòng xử lý bản đó trước.")
