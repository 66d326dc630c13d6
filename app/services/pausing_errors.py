"""Why a suspension was refused (lý do không tạm dừng được)."""

from __future__ import annotations

from workflows.errors import N_, RuleBroken


class GroundNotOpen(RuleBroken):
    """The ground is not on the list, not in force, or has an act of its own."""

    code = "ground_not_open"
    sentence = N_("Căn cứ tạm dừng chưa có hoặc đã hết hiệu lực. Vui lòng chọn lại trong danh sách.")


class GroundNotYours(RuleBroken):
    """The list says who may open a ground."""

    code = "ground_not_yours"
    status = 403
    sentence = N_("Căn cứ “{ground}” phải do {who} mở. Vui lòng chuyển cho người đó.")


class GroundUsedUp(RuleBroken):
    """The list says how often a ground may be used on one dossier."""

    code = "ground_used_up"
    sentence = N_("Căn cứ “{ground}” chỉ dùng {times} lần cho một hồ sơ. Vui lòng chọn căn cứ khác.")


class StandsStill(RuleBroken):
    """Two grounds do not stop one clock at the same time."""

    code = "stands_still"
    status = 409
    sentence = N_("Hồ sơ đang tạm dừng theo căn cứ khác. Vui lòng bấm “Tiếp tục” trước.")
