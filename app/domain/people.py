"""People of the house and people who come to it (cán bộ, người nộp, chủ hồ sơ, người được ủy quyền)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from workflows.states import ActorKind


class Role(StrEnum):
    """What a member of staff may do; rights are never wider than the unit they hold them in."""

    CLERK = "clerk"  # cán bộ tiếp nhận và trả kết quả
    OFFICER = "officer"  # chuyên viên thụ lý
    LEADER = "leader"  # lãnh đạo, người ký
    RECORDS = "records"  # văn thư
    CASHIER = "cashier"  # thu phí, lệ phí
    ADMIN = "admin"  # quản trị
    AUDITOR = "auditor"  # kiểm tra, thanh tra
    PROVINCE = "province"  # Văn phòng UBND tỉnh: xem số liệu


ACTOR_OF_ROLE = {
    Role.CLERK: ActorKind.CLERK,
    Role.OFFICER: ActorKind.OFFICER,
    Role.LEADER: ActorKind.LEADER,
    Role.RECORDS: ActorKind.RECORDS,
    Role.CASHIER: ActorKind.CASHIER,
}


@dataclass(frozen=True, slots=True)
class Replaced:
    """Somebody who is away (người vắng mặt) while another does their work."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Staff:
    """One signed-in member of staff, as services and queries see them.

    `unit_id` is the division they sit in (Phòng, bộ phận); `root_unit_id` the authority it belongs to.
    """

    user_id: int
    login: str
    name: str
    title: str
    unit_id: int
    unit_code: str
    unit_name: str
    root_unit_id: int
    root_unit_code: str
    root_unit_name: str
    roles: frozenset[Role]
    replaces: tuple[Replaced, ...] = ()  # who is away now and whose work this person does

    def has(self, *roles: Role) -> bool:
        """Tell whether the person holds any of `roles`."""
        return not self.roles.isdisjoint(roles)

    @property
    def hands(self) -> tuple[int, ...]:
        """The accounts whose work lies on this person's desk: their own, and those they stand in for."""
        return (self.user_id, *(person.user_id for person in self.replaces))

    def instead_of(self, user_id: int | None) -> str:
        """The name of the absent person whose work this is, or nothing."""
        return next((person.name for person in self.replaces if person.user_id == user_id), "")

    @property
    def actor_kinds(self) -> frozenset[ActorKind]:
        """The kinds of actor of the state table that this person may act as."""
        return frozenset(ACTOR_OF_ROLE[role] for role in self.roles if role in ACTOR_OF_ROLE)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something, as an event remembers it: a kind, a name and, for staff, the account."""

    kind: ActorKind
    name: str
    user_id: int | None = None
    unit_id: int | None = None


def acting(staff: Staff, kind: ActorKind) -> Actor:
    """Return `staff` in one of their capacities, for the state table and the event."""
    return Actor(kind, staff.name, staff.user_id, staff.unit_id)


CITIZEN = Actor(ActorKind.CITIZEN, "Người nộp hồ sơ")
SCHEDULER = Actor(ActorKind.SCHEDULER, "Hệ thống")


class ApplicantKind(IntEnum):
    """Loại đối tượng: citizen, enterprise, other organisation, household business."""

    CITIZEN = 1
    ENTERPRISE = 2
    ORGANISATION = 3
    HOUSEHOLD_BUSINESS = 4


class PersonRole(StrEnum):
    """The three persons of a dossier; often one and the same."""

    APPLICANT = "applicant"  # người nộp
    SUBJECT = "subject"  # chủ hồ sơ
    AUTHORISED = "authorised"  # người được ủy quyền


class IdKind(StrEnum):
    """Loại giấy tờ định danh."""

    CCCD = "cccd"  # số định danh cá nhân, 12 digits
    CMND = "cmnd"  # chứng minh nhân dân cũ, 9 digits
    PASSPORT = "passport"
    TAX = "tax"  # mã số thuế, mã số doanh nghiệp
    NONE = "none"  # chưa có (newborn)


@dataclass(frozen=True, slots=True)
class PersonData:
    """One person as typed or scanned; every field but the name may be empty.

    `birth` is "dd/mm/yyyy", "mm/yyyy" or "yyyy": some know only the year.
    """

    name: str
    kind: ApplicantKind = ApplicantKind.CITIZEN
    id_kind: IdKind = IdKind.CCCD
    id_number: str = ""
    birth: str = ""
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    letter: str = ""  # giấy ủy quyền: số, ngày
