"""Words about messages that services write and pages read (tin gửi ra ngoài)."""

from __future__ import annotations

from workflows.errors import N_

OVERTAKEN = N_("Không gửi nữa: hồ sơ đã sang trạng thái khác")
CUT_OFF = N_("Tiến trình bị ngắt giữa chừng ở mọi lần thử")
