"""How a dossier comes in and a result goes out (kênh nộp, hình thức trả)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum


class Channel(IntEnum):
    """Kênh thực hiện, with the national codes (KenhThucHien)."""

    DIRECT = 1  # trực tiếp
    ONLINE = 2  # trực tuyến
    POST = 3  # bưu chính công ích


CHANNEL_WORDS: Mapping[Channel, str] = {  # for sentences of rules
    Channel.DIRECT: "trực tiếp",
    Channel.ONLINE: "trực tuyến",
    Channel.POST: "bưu chính",
}


class Delivery(StrEnum):
    """How the applicant wants the result (hình thức nhận kết quả)."""

    DESK = "desk"  # tại quầy
    POST = "post"  # qua bưu chính
    ELECTRONIC = "electronic"  # bản điện tử


class Source(StrEnum):
    """Which system a filing was born in (nơi nộp hồ sơ)."""

    LOCAL = "local"
    NATIONAL_PORTAL = "national_portal"
    IMPORTED = "imported"
