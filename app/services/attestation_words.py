"""Writing the words of attestations down (ghi lời chứng): per authority, from a day on, never for days past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.db.models import AttestationWords
from app.db.unit_of_work import UnitOfWork
from app.domain import attestation_words as rules
from app.domain import checks
from app.domain.certification import Kind
from app.domain.people import Role, Staff
from app.domain.vietnamese_format import short_date
from app.services.accounts import administering
from app.services.errors import NoRight
from app.services.filing import local_day
from workflows.errors import N_, RuleBroken


class WordsForThePast(RuleBroken):
    """What was attested on a day past keeps its words, also when it is printed again."""

    code = "words_for_the_past"
    sentence = N_("Lời chứng chỉ đổi từ hôm nay ({today}) trở đi. Vui lòng nhập ngày áp dụng khác.")


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words as typed. `since` is a Vietnam date."""

    kind: Kind
    text: str
    since: date
    legal_basis: str = ""


def write(uow: UnitOfWork, staff: Staff, new: NewWords, at: datetime) -> None:
    """Set what attestations of the authority of `staff` say from a day on; the same day's words are replaced.

    Raises NoRight, Missing, TooLong, BlankUnknown, WordsForThePast.
    """
    if not staff.has(Role.LEADER, Role.ADMIN):
        raise NoRight(who="lãnh đạo hoặc quản trị")
    text = rules.checked(new.text)
    if new.since < local_day(at):
        raise WordsForThePast(where="since", today=short_date(local_day(at)))
    basis = checks.text(new.legal_basis, what="căn cứ", where="legal_basis", longest=200, required=False)
    row = uow.session.scalars(
        select(AttestationWords).where(
            AttestationWords.unit_id == staff.root_unit_id,
            AttestationWords.kind == new.kind,
            AttestationWords.effective_from == new.since,
        )
    ).first()
    if row is None:
        row = AttestationWords(unit_id=staff.root_unit_id, kind=new.kind, effective_from=new.since)
        uow.session.add(row)
    row.text, row.legal_basis = text, basis
    told = {"kind": new.kind, "since": short_date(new.since), "text": text, "reason": basis}
    uow.note("unit:attestation_words_set", ("unit", str(staff.root_unit_id)), administering(staff), at, **told)
