"""Authority to sign and absence (thẩm quyền ký, vắng mặt): dated rows by decision, asked at the minute of signing.

One list for results and for certification. An agency that recorded no decision on results yet signs as its leaders'
accounts say; from the first recorded one on, only those whose decision is in force may sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Absence, Membership, SigningAuthority, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff
from app.domain.vietnamese_format import short_moment
from app.services.accounts import NoSuchAccount, administering
from app.services.errors import NoRight, NotFound
from workflows.errors import N_, RuleBroken

CAPACITIES = ("head", "TM", "KT", "TUQ", "TL")


class AuthorityMissing(RuleBroken):
    """Nobody decided that this person may sign for the authority."""

    code = "authority_missing"
    status = 403
    sentence = N_("Chưa có quyết định giao {who} ký kết quả của cơ quan. Vui lòng báo quản trị ghi quyết định.")


class AuthorityExpired(RuleBroken):
    """The decision to sign is not in force at this minute."""

    code = "authority_expired"
    status = 403
    sentence = N_("Thẩm quyền ký của {who} theo {decision} không còn hiệu lực lúc {at} (đến {until}). Chưa ký gì.")


class AuthorityNotYet(RuleBroken):
    """The decision to sign begins later."""

    code = "authority_not_yet"
    status = 403
    sentence = N_("Thẩm quyền ký của {who} theo {decision} chưa có hiệu lực lúc {at} (từ {since}). Chưa ký gì.")


class SpanWrong(RuleBroken):
    """An end lies before its beginning."""

    code = "span_wrong"
    sentence = N_("Thời điểm kết thúc phải sau thời điểm bắt đầu {since}. Vui lòng nhập lại.")


class SubstituteCannot(RuleBroken):
    """The substitute does not hold a role of the absent person, or sits where the files do not come."""

    code = "substitute_cannot"
    sentence = N_("{who} không giữ vai trò của người vắng hoặc ngồi ở bộ phận khác. Vui lòng chọn người cùng vai trò.")


class AlreadyAway(RuleBroken):
    """Somebody is away once at a time, and who is away replaces nobody."""

    code = "already_away"
    sentence = N_("{who} đã ghi vắng mặt trong thời gian này. Vui lòng xem lại danh sách bên dưới.")


class NothingToSign(RuleBroken):
    """An authority is for results, for certification, or for both."""

    code = "nothing_to_sign"
    sentence = N_("Chưa chọn được ký gì. Vui lòng chọn ký kết quả, ký chứng thực hoặc cả hai.")


class Powers(StrEnum):
    """What an authority is for."""

    RESULTS = "results"
    CERTIFICATION = "certification"


@dataclass(frozen=True, slots=True)
class NewAuthority:
    """A decision as typed. `titles` is the block above the name, one line a row; `name` of who has no account."""

    user_id: int | None
    capacity: str
    titles: str
    decision: str
    decided_on: date | None
    since: datetime
    until: datetime | None
    powers: frozenset[Powers] = frozenset({Powers.RESULTS})
    name: str = ""


def grant(uow: UnitOfWork, staff: Staff, new: NewAuthority, at: datetime) -> int:
    """Record an authority and return its row. Who signs results has an account and a dated decision.

    Raises NoRight, NothingToSign, NoSuchAccount, SpanWrong, Missing.
    """
    _may_change(staff)
    results = Powers.RESULTS in new.powers
    if not new.powers:
        raise NothingToSign(where="powers")
    name = new.name if new.user_id is None and not results else _ours(uow, staff, new.user_id or 0).name
    if new.until is not None and new.until <= new.since:
        raise SpanWrong(where="until", since=short_moment(new.since))
    if results and new.decided_on is None:
        raise checks.Missing(where="decided_on", what="ngày quyết định")
    row = SigningAuthority(
        unit_id=staff.root_unit_id,
        user_id=new.user_id,
        name=checks.text(name, what="họ tên người ký", where="name"),
        capacity=new.capacity if new.capacity in CAPACITIES else "head",
        titles=checks.paragraph(new.titles, what="chức danh như in trên văn bản", where="titles", longest=300),
        decision=checks.text(new.decision, what="số quyết định", where="decision", longest=200, required=results),
        decided_on=new.decided_on,
        effective_from=new.since,
        effective_to=new.until,
        signs_results=results,
        certifies=Powers.CERTIFICATION in new.powers,
    )
    uow.session.add(row)
    uow.session.flush()
    _note(uow, row, staff, at, account="user:authority_granted", other="unit:signer_added")
    return row.id


def capacity_of(titles: str) -> str:
    """Return the capacity that a block begins with, e.g. "TUQ" of "TUQ. CHỦ TỊCH"; "head" where it names none."""
    begun = titles.strip().partition(".")[0].upper()
    return begun if begun in CAPACITIES else "head"


def end(uow: UnitOfWork, staff: Staff, authority_id: int, at: datetime) -> None:
    """End an authority at this minute; what was signed under it stands. Raises NoRight, NotFound."""
    _may_change(staff)
    row = uow.session.get(SigningAuthority, authority_id)
    if row is None or row.unit_id != staff.root_unit_id:
        raise NotFound(number=str(authority_id))
    if at > row.effective_from:
        row.effective_to = min(at, row.effective_to or at)
    else:
        uow.session.delete(row)
    _note(uow, row, staff, at, account="user:authority_ended", other="unit:signer_ended")


def authority_of(session: Session, staff: Staff, at: datetime) -> SigningAuthority | None:
    """Return the person's authority in force at this minute; None where the agency has recorded no decision at all.

    Raises AuthorityMissing, AuthorityExpired, AuthorityNotYet.
    """
    rows = session.scalars(
        select(SigningAuthority)
        .where(SigningAuthority.unit_id == staff.root_unit_id, SigningAuthority.signs_results)
        .order_by(SigningAuthority.effective_from.desc(), SigningAuthority.id.desc())
    ).all()
    mine = [row for row in rows if row.user_id == staff.user_id]
    holds = next((row for row in mine if in_force(row, at)), None)
    if holds is None and rows:
        if not mine:
            raise AuthorityMissing(who=staff.name)
        require_in_force(mine[0], at)
    return holds


def require_in_force(row: SigningAuthority, at: datetime, *, where: str | None = None) -> None:
    """Refuse an authority that does not hold at this minute. Raises AuthorityExpired, AuthorityNotYet."""
    if in_force(row, at):
        return
    told = {"who": row.name, "decision": row.decision or "chức vụ", "at": short_moment(at)}
    if row.effective_from > at:
        raise AuthorityNotYet(where=where, since=short_moment(row.effective_from), **told)
    raise AuthorityExpired(where=where, until=short_moment(row.effective_to or at), **told)


def in_force(row: SigningAuthority, at: datetime) -> bool:
    """Tell whether an authority holds at an instant; the end is exclusive."""
    return row.effective_from <= at and (row.effective_to is None or at < row.effective_to)


def block_of(session: Session, staff: Staff, at: datetime) -> list[str]:
    """Return the lines above the person's name, empty where no decision is recorded."""
    row = authority_of(session, staff, at)
    return row.titles.splitlines() if row else []


def leave(
    uow: UnitOfWork,
    staff: Staff,
    user_id: int,
    substitute_id: int,
    *,
    since: datetime,
    until: datetime,
    reason: str,
    at: datetime,
) -> int:
    """Record an absence with its substitute and return its row (cử người thay).

    Raises NoSuchAccount, SpanWrong, SubstituteCannot, AlreadyAway.
    """
    away, other = _ours(uow, staff, user_id), _ours(uow, staff, substitute_id)
    if until <= since:
        raise SpanWrong(where="until", since=short_moment(since))
    shared = _roles(uow, away.id) & _roles(uow, other.id)
    sees_all = shared - {Role.OFFICER}
    if away.id == other.id or not shared or not (sees_all or away.unit_id == other.unit_id):
        raise SubstituteCannot(where="substitute_id", who=other.name)
    for person in (away, other):
        if _away(uow, person.id, since, until):
            raise AlreadyAway(where="user_id", who=person.name)
    row = Absence(
        unit_id=staff.root_unit_id,
        user_id=away.id,
        substitute_id=other.id,
        from_at=since,
        until_at=until,
        reason=checks.text(reason, what="lý do vắng mặt", where="reason", longest=300),
        made_by=staff.name,
    )
    uow.session.add(row)
    uow.session.flush()
    told = {"name": away.name, "substitute": other.name}
    uow.note("user:absence_set", ("user", str(away.id)), administering(staff), at, **told)
    return row.id


def come_back(uow: UnitOfWork, staff: Staff, absence_id: int, at: datetime) -> None:
    """End an absence now, or strike one that has not begun. Raises NotFound."""
    row = uow.session.get(Absence, absence_id)
    if row is None or row.unit_id != staff.root_unit_id:
        raise NotFound(number=str(absence_id))
    if row.from_at < at:
        row.until_at = min(row.until_at, at)
    else:
        uow.session.delete(row)
    uow.note("user:absence_ended", ("user", str(row.user_id)), administering(staff), at)


def _may_change(staff: Staff) -> None:
    if not staff.has(Role.LEADER, Role.ADMIN):
        raise NoRight(who="lãnh đạo hoặc quản trị")


def _note(
    uow: UnitOfWork, row: SigningAuthority, staff: Staff, at: datetime, *, account: str, other: str
) -> None:
    """Tell the log: of the account's chain, or of the unit's where the signer has none."""
    label = f"{row.capacity}, {row.decision or row.titles}"
    if row.user_id is not None:
        uow.note(account, ("user", str(row.user_id)), administering(staff), at, label=label)
    else:
        uow.note(other, ("unit", str(row.unit_id)), administering(staff), at, name=row.name, label=label)


def _ours(uow: UnitOfWork, staff: Staff, user_id: int) -> UserAccount:
    user = uow.session.get(UserAccount, user_id)
    if user is None or not user.is_active or _root_of(uow, user) != staff.root_unit_id:
        raise NoSuchAccount(where="user_id")
    return user


def _root_of(uow: UnitOfWork, user: UserAccount) -> int:
    unit = uow.session.get_one(Unit, user.unit_id)
    return unit.root_id or unit.id


def _roles(uow: UnitOfWork, user_id: int) -> set[Role]:
    return {Role(role) for role in uow.session.scalars(select(Membership.role).where(Membership.user_id == user_id))}


def _away(uow: UnitOfWork, user_id: int, since: datetime, until: datetime) -> bool:
    meets = (Absence.user_id == user_id, Absence.from_at < until, Absence.until_at > since)
    return uow.session.scalars(select(Absence.id).where(*meets).limit(1)).first() is not None
