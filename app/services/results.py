"""Results (kết quả giải quyết): proposed by the officer, signed by the leader, numbered by the records office."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.db.base import new_uid
from app.db.models import Dossier, Result, StoredFile, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff, acting
from app.domain.vietnamese_format import short_moment
from app.services import early_return, outbox, reissue_release, steps
from app.services.attachments import link_file
from app.services.authority import authority_of
from app.services.dossiers import move, to_change, version_of
from app.services.errors import FileMissing, NoRight, NoSuchStep, NotFound, NumberTaken
from app.services.filing import local_day
from app.services.notices import facts_of
from app.services.numbering import next_number
from app.services.paper_store import keep_result
from app.services.processing import hand_over, met
from app.services.submission import close_suspension
from app.services.values import NewFile, ResultDraft
from workflows.states import Action, ActorKind, Requirement

AT_THE_DESK = timedelta(minutes=10)
KINDS = frozenset({"approval", "refusal", "other"})
# Abbreviations of document types (NĐ 30/2020, Annex III), by the first words of the result's name.
_SERIES = (
    ("quyết định", "QĐ"),
    ("giấy chứng nhận", "GCN"),
    ("giấy phép", "GP"),
    ("trích lục", "TL"),
    ("thông báo", "TB"),
)


def propose_result(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    draft: ResultDraft,
    *,
    file: NewFile | None = None,
    to_user_id: int | None = None,
    at: datetime,
) -> int:
    """Hand a result to the leader to sign (trình ký) and return its id. Earlier proposals are withdrawn.

    An electronic original needs its PDF. Raises NoSuchStep when the next step is not a leader's.
    """
    dossier = to_change(uow, staff, number, version)
    if steps.beside(uow, dossier, 1)["role"] != Role.LEADER:
        raise NoSuchStep(direction="trình ký ngay sau bước này")
    _, kind = move(dossier, Action.PROPOSE, staff, met(uow, dossier, staff))
    both = steps.name_both(steps.current_hop(uow, dossier), staff)
    result = write_version(uow, dossier, draft, by=staff.name, at=at)
    if file is not None:
        result.file_id = link_file(uow, file, "result", result.id, at=at, by=staff.name, dossier_id=dossier.id).file_id
    elif result.form == "electronic":
        raise FileMissing(where="file", name=result.title, form="bản điện tử")
    hand_over(uow, dossier, staff, 1, Action.PROPOSE, at=at, to_user_id=to_user_id, note=draft.note)
    told = {"result": result.version, "title": result.title, "signer": draft.signer, **both}
    uow.record("dossier:proposed", dossier, acting(staff, kind), at, **told)
    return result.id


def approve_paper(uow: UnitOfWork, staff: Staff, number: str, version: int, result_id: int, at: datetime) -> None:
    """Write down that the leader signed a paper result by hand; the dossier goes on to the records office."""
    dossier = to_change(uow, staff, number, version)
    result = of_dossier(uow, dossier, result_id, state="proposed")
    if result.form == "electronic":
        raise FileMissing(where="form", name=result.title, form="bản điện tử, phải ký số")
    decide(uow, dossier, result, staff, at)


def decide(uow: UnitOfWork, dossier: Dossier, result: Result, staff: Staff, at: datetime) -> None:
    """Mark a result as signed by `staff` and hand the dossier to the next step (quyết định).

    The authority to sign is asked at this minute; raises AuthorityMissing, AuthorityExpired, AuthorityNotYet.
    """
    if result.replaces_id is not None:
        reissue_release.approve(uow, dossier, result, staff, at)
        return
    held = authority_of(uow.session, staff, at)
    _, kind = move(dossier, Action.DECIDE, staff, met(uow, dossier, staff))
    both = steps.name_both(steps.current_hop(uow, dossier), staff)
    if held is not None:
        both["authority"] = f"{held.capacity}, {held.decision}"
    result.state, result.signer_id, result.signed_at = "signed", staff.user_id, at
    _next_or_office(uow, dossier, staff, Action.DECIDE, dossier.settling_unit_id, at)
    uow.record("dossier:signed", dossier, acting(staff, kind), at, result=result.version, form=result.form, **both)


def release_paper(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    result_id: int,
    *,
    symbol: str,
    issued_on: date,
    scan: NewFile | None = None,
    at: datetime,
) -> str:
    """Release a paper result with its register number and return the number as printed.

    Numbered here when `symbol` is empty and the result's form allows it; else as typed from the book or
    the ministry's system. A scan may come with it or later.
    """
    dossier = to_change(uow, staff, number, version)
    result = of_dossier(uow, dossier, result_id, state="signed")
    needs_typing = result.form == "paper_external"
    typed = checks.text(symbol, what="số của kết quả", where="symbol", longest=60, required=needs_typing)
    if typed:
        _refuse_taken(uow, result, typed, issued_on)
        result.symbol, result.year, result.series = typed, issued_on.year, result.series or "ngoai"
    else:
        take_number(uow, result, at)
    if scan is not None:
        result.file_id = link_file(uow, scan, "result", result.id, at=at, by=staff.name, dossier_id=dossier.id).file_id
    finish(uow, dossier, result, staff, issued_on=issued_on, at=at)
    return result.symbol


def finish(uow: UnitOfWork, dossier: Dossier, result: Result, staff: Staff, *, issued_on: date, at: datetime) -> None:
    """End the clock: the result is signed and numbered, and waits to be returned (đã xử lý xong).

    A corrected version ends no clock a second time: it takes the place of the one it replaces.
    """
    if result.replaces_id is not None:
        reissue_release.put_in_place(uow, dossier, result, staff, issued_on=issued_on, at=at)
        return
    ready = frozenset({Requirement.RESULT_READY})
    _, kind = move(dossier, Action.FINISH, staff, ready)
    result.state, result.sealer_id, result.released_at, result.issued_on = "released", staff.user_id, at, issued_on
    dossier.ended_at = dossier.result_notice_at = at
    keep_result(uow, dossier, result, staff, at)
    close_suspension(uow, dossier, staff.name, at)
    _next_or_office(uow, dossier, staff, Action.FINISH, dossier.returning_unit_id, at)
    _tell_applicant(uow, dossier, at)
    uow.record(
        "dossier:finished", dossier, acting(staff, kind), at, symbol=result.symbol, form=result.form, kind=result.kind
    )


def take_number(uow: UnitOfWork, result: Result, at: datetime) -> str:
    """Give a result its number from the book of its authority and year, and return it as printed."""
    year = local_day(at).year
    unit = uow.session.get_one(Unit, result.unit_id)
    result.series, result.year = series_of(result.title), year
    result.number = next_number(uow, result.unit_id, f"result:{result.series}", str(year))
    issuer = "UBND" if unit.kind == "commune" else (unit.short_name or "CQ")
    result.symbol = f"{result.number}/{result.series}-{issuer}"
    return result.symbol


def series_of(title: str) -> str:
    """Return the abbreviation that a result is numbered under, e.g. "QĐ" for a decision."""
    return next((short for words, short in _SERIES if title.lower().startswith(words)), "XN")


def of_dossier(uow: UnitOfWork, dossier: Dossier, result_id: int, *, state: str) -> Result:
    """Return a result of `dossier` in a state. Raises NotFound."""
    result = uow.session.get(Result, result_id)
    if result is None or result.dossier_id != dossier.id or result.state != state:
        raise NotFound(number=dossier.code or dossier.filing_number)
    return result


def replace_file(uow: UnitOfWork, result: Result, file: NewFile, *, by: str, at: datetime) -> StoredFile:
    """Give a result its newly signed file; the earlier file stays as it was."""
    link = link_file(uow, file, "result", result.id, at=at, by=by, dossier_id=result.dossier_id)
    result.file_id = link.file_id
    return uow.session.get_one(StoredFile, link.file_id)


def redraw(
    uow: UnitOfWork, staff: Staff, number: str, version: int, result_id: int, file: NewFile, at: datetime
) -> None:
    """Put a page with the block of whoever signs in the place of the proposed one; who read that reads anew.

    Raises NoRight for anybody but a leader of the settling authority, NotFound, StaleScreen.
    """
    dossier = to_change(uow, staff, number, version)
    if not staff.has(Role.LEADER) or dossier.settling_unit_id != staff.root_unit_id:
        raise NoRight(who="lãnh đạo cơ quan giải quyết")
    result = of_dossier(uow, dossier, result_id, state="proposed")
    replace_file(uow, result, file, by=staff.name, at=at)
    by = acting(staff, ActorKind.LEADER)
    uow.record("dossier:result_redrawn", dossier, by, at, result=result.version, signer=staff.name)


def write_version(uow: UnitOfWork, dossier: Dossier, draft: ResultDraft, *, by: str, at: datetime) -> Result:
    """Write the next version of the result as proposed; a version that nobody signed yet is withdrawn."""
    earlier = uow.session.scalars(select(Result).where(Result.dossier_id == dossier.id)).all()
    for row in earlier:
        if row.state in {"draft", "proposed"}:
            row.state = "withdrawn"
    uid = new_uid()
    content = [
        [
            checks.text(label, what="nhãn", where="content"),
            checks.paragraph(value, what=label, where="content", required=False),
        ]
        for label, value in draft.content
    ]
    result = Result(
        uid=uid,
        dossier_id=dossier.id,
        version=len(earlier) + 1,
        kind=draft.kind if draft.kind in KINDS else "other",
        form=version_of(uow, dossier).result_form,
        state="proposed",
        title=checks.text(draft.title, what="tên kết quả", where="title", longest=500),
        content_sealed=uow.vault.seal_json(content, f"results.content:{uid}"),
        unit_id=dossier.settling_unit_id,
        proposed_by=by,
        proposed_at=at,
    )
    uow.session.add(result)
    uow.session.flush()
    return result


def _next_or_office(
    uow: UnitOfWork, dossier: Dossier, staff: Staff, action: Action, unit_id: int, at: datetime
) -> None:
    """Hand the dossier to its next step; a process without one leaves it with `unit_id`."""
    try:
        hand_over(uow, dossier, staff, 1, action, at=at)
    except NoSuchStep:
        steps.leave(uow, dossier, action, at=at, by=staff)
        dossier.holder_unit_id, dossier.holder_user_id = unit_id, None


def _tell_applicant(uow: UnitOfWork, dossier: Dossier, at: datetime) -> None:
    """Write that the result is ready; whoever waits at the desk has it before the message leaves, and gets none."""
    promised = early_return.promised_before(uow, dossier, at)
    early = {"early_of": short_moment(promised)} if promised else {}
    outbox.to_applicant(uow, dossier, "result_ready", facts_of(uow, dossier) | early, at=at, after=AT_THE_DESK)


def _refuse_taken(uow: UnitOfWork, result: Result, symbol: str, issued_on: date) -> None:
    twin = select(Result.id).where(
        Result.unit_id == result.unit_id, Result.symbol == symbol, Result.year == issued_on.year
    )
    if uow.session.scalars(twin).first():
        raise NumberTaken(where="symbol", symbol=symbol, year=issued_on.year)
