"""What of a dossier may be corrected (đính chính), how the right value is written, and who may confirm it.

The law asks two persons for a recorded fact that was wrong; what each field needs is a row of this table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from app.domain import checks
from app.domain.channels import Channel
from app.domain.people import PersonRole, Role
from app.domain.vietnamese import fold
from workflows.calendar import VIETNAM
from workflows.errors import N_, RuleBroken


class Kind(StrEnum):
    """What kind of value a field holds; decides how it is read and shown."""

    MOMENT = "moment"
    CHANNEL = "channel"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Correctable:
    """One fact that may be corrected. `person` and `attribute` name a column of a person of the dossier."""

    key: str
    label: str
    kind: Kind
    confirmers: frozenset[Role]
    person: PersonRole | None = None
    attribute: str = ""


class NotAMoment(RuleBroken):
    """A moment is written hour, minute, day: 08:15 23/11/2026."""

    code = "not_a_moment"
    sentence = N_("Thời điểm “{value}” chưa đúng dạng giờ:phút ngày/tháng/năm (ví dụ 08:15 23/11/2026).")


class NotAChannel(RuleBroken):
    """A channel is one of three."""

    code = "not_a_channel"
    sentence = N_("Kênh nộp “{value}” chưa đúng. Nhập: trực tiếp, trực tuyến hoặc bưu chính.")


LATE_ENTRY = "late_entry"  # a reception of an earlier day that waits for a leader
RECEIVED_AT, ENDED_AT, CHANNEL = "received_at", "ended_at", "channel"
_LEADER = frozenset({Role.LEADER})
_ANOTHER = frozenset({Role.LEADER, Role.CLERK, Role.OFFICER, Role.RECORDS})
_ATTRIBUTES = ("name", "id_number", "birth", "address", "phone", "email")
_LABELS = {
    (PersonRole.APPLICANT, "name"): N_("Người nộp: họ và tên"),
    (PersonRole.APPLICANT, "id_number"): N_("Người nộp: số định danh"),
    (PersonRole.APPLICANT, "birth"): N_("Người nộp: ngày sinh"),
    (PersonRole.APPLICANT, "address"): N_("Người nộp: nơi cư trú"),
    (PersonRole.APPLICANT, "phone"): N_("Người nộp: số điện thoại"),
    (PersonRole.APPLICANT, "email"): N_("Người nộp: thư điện tử"),
    (PersonRole.SUBJECT, "name"): N_("Chủ hồ sơ: họ và tên"),
    (PersonRole.SUBJECT, "id_number"): N_("Chủ hồ sơ: số định danh"),
    (PersonRole.SUBJECT, "birth"): N_("Chủ hồ sơ: ngày sinh"),
    (PersonRole.SUBJECT, "address"): N_("Chủ hồ sơ: nơi cư trú"),
    (PersonRole.SUBJECT, "phone"): N_("Chủ hồ sơ: số điện thoại"),
    (PersonRole.SUBJECT, "email"): N_("Chủ hồ sơ: thư điện tử"),
}
_ROWS = (
    Correctable(RECEIVED_AT, N_("Thời điểm tiếp nhận"), Kind.MOMENT, _LEADER),
    Correctable(ENDED_AT, N_("Thời điểm kết thúc"), Kind.MOMENT, _LEADER),
    Correctable(CHANNEL, N_("Kênh nộp"), Kind.CHANNEL, _ANOTHER),
    *(
        Correctable(f"{role}.{name}", _LABELS[role, name], Kind.PERSON, _ANOTHER, role, name)
        for role in (PersonRole.APPLICANT, PersonRole.SUBJECT)
        for name in _ATTRIBUTES
    ),
)
FIELDS: Mapping[str, Correctable] = MappingProxyType({row.key: row for row in _ROWS})
LATE = Correctable(LATE_ENTRY, N_("Nhập bù: thời điểm tiếp nhận thật"), Kind.MOMENT, _LEADER)

_MOMENT = re.compile(r"(\d{1,2})[:hg](\d{1,2})?[\s,]+(\S+)")
_CHANNELS = {
    "1": Channel.DIRECT, "truc tiep": Channel.DIRECT, "tai quay": Channel.DIRECT,
    "2": Channel.ONLINE, "truc tuyen": Channel.ONLINE,
    "3": Channel.POST, "buu chinh": Channel.POST, "buu chinh cong ich": Channel.POST,
}  # fmt: skip


def field_of(key: str) -> Correctable | None:
    """Return the row of a field, the late entry's too; None for an unknown key."""
    return LATE if key == LATE_ENTRY else FIELDS.get(key)


def moment_of(text: str, *, where: str = "value") -> datetime:
    """Return the instant written "08:15 23/11/2026", Vietnam time, or in ISO form. Raises NotAMoment, NotADate."""
    neat = text.strip()
    try:
        iso = datetime.fromisoformat(neat)
        return iso if iso.tzinfo else iso.replace(tzinfo=VIETNAM)
    except ValueError:
        pass
    found = _MOMENT.fullmatch(neat)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise NotAMoment(where=where, value=neat[:40])
    day = checks.day(found[3], where=where)
    return datetime(day.year, day.month, day.day, int(found[1]), int(found[2] or 0), tzinfo=VIETNAM)


def channel_of(text: str, *, where: str = "value") -> Channel:
    """Return the channel that a word or number of the field names. Raises NotAChannel."""
    channel = _CHANNELS.get(fold(text).strip())
    if channel is None:
        raise NotAChannel(where=where, value=text.strip()[:40])
    return channel
