"""The rows that one imported dossier becomes (các dòng dữ liệu của một hồ sơ nhập), for bulk inserts.

The unit of work derives clocks and facts one dossier at a time; here they are laid down with the dossier, from the
same ledger. Facts tell the past too: under way from the reception, closed from the end, returned from the return.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from app.db.facts import BY_LAW
from app.db.structure import STRUCTURE, structure_in
from app.domain.chain import GENESIS, Outline, written_digest
from app.domain.channels import Source
from app.domain.identifiers import inward_filing_number, inward_token, inward_uid, new_secret
from app.domain.imported_dossiers import BEFORE_RECEPTION, ImportedDossier
from app.domain.people import Actor, IdKind, PersonRole
from app.domain.version_parts import LimitLine
from app.domain.vietnamese import fold, person_sort_key
from app.services.importing_dossier_clocks import Clocks, standing, stops
from app.services.importing_dossier_steps import standing_step
from app.vault import Vault
from workflows.instants import day_of, local
from workflows.states import OPEN_STATES, State

Columns = dict[str, Any]
KIND = "dossier:imported"
_IMPORTED = Source.IMPORTED.value
_BOTH = ((1, PersonRole.APPLICANT.value), (2, PersonRole.SUBJECT.value))
_STRUCTURES = Outline(STRUCTURE)
_PAYLOADS = Outline(
    ("after", "line", "state", "procedure", "unit", "channel", "received_at", "ended_at", "returned_at", "due_at")
)
_UNIT_COLUMNS = ("filing_unit_id", "receiving_unit_id", "settling_unit_id", "returning_unit_id")


@dataclass(frozen=True, slots=True)
class Target:
    """Where an imported dossier belongs in this house."""

    unit_id: int
    version_id: int
    procedure_id: int
    field: str
    needs_digitizing: bool
    limit: LimitLine
    steps: tuple[Columns, ...] = ()


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes rows for one import: whose vault seals them, who imports, when."""

    vault: Vault
    by: Actor
    at: datetime
    token: str = field(default_factory=inward_token)

    def dossier(self, source: ImportedDossier, target: Target) -> Columns:
        """Return the row of the dossier itself. Before reception a code is kept as a foreign one."""
        uid, secret = inward_uid(source.line, self.token), new_secret()
        received = source.state not in BEFORE_RECEPTION
        code = source.code or None
        return {
            "uid": uid,
            "filing_number": inward_filing_number(source.line, self.token),
            "code": code if received else None,
            "code_tail": code.rpartition("-")[2] if code and received else None,
            "external_code": code,
            "source": _IMPORTED,
            "channel": int(source.channel),
            "state": _plain(source.state),
            "secret_mac": self.vault.mac(secret, "lookup"),
            "secret_sealed": self.vault.seal(secret.encode(), f"dossiers.secret:{uid}"),
            "procedure_version_id": target.version_id,
            "summary": source.applicant_name,
            **dict.fromkeys(_UNIT_COLUMNS, target.unit_id),
            "holder_unit_id": target.unit_id if source.state in OPEN_STATES else None,
            "step_ordinal": here["ordinal"] if (here := standing_step(source, target.steps)) else None,
            "filed_at": source.submitted_at or source.received_at,
            "received_at": source.received_at if received else None,
            "entered_at": self.at,
            "ended_at": source.ended_at,
            "returned_at": source.returned_at,
            "statutory_limit": target.limit.statutory,
            "committed_limit": target.limit.committed,
            "limit_cutoff": target.limit.cutoff,
            "limit_decision": target.limit.decision_number,
            "fee_due_vnd": source.fee_vnd,
            "fee_paid_vnd": source.fee_vnd if source.paid_online else 0,
            "supplement_requests": source.supplement_requests,
            "is_imported": True,
            "is_vneid_verified": source.vneid_verified,
            "event_seq": 1,
        }

    def people(self, source: ImportedDossier) -> Iterator[Columns]:
        """Yield applicant and subject: the file knows one person, who is both. Nobody where no name is given."""
        number = source.applicant_id
        shared = {
            "kind": int(source.applicant_kind),
            "name": source.applicant_name,
            "name_fold": fold(source.applicant_name),
            "name_sort": person_sort_key(source.applicant_name),
            "id_kind": _plain(_id_kind(number)),
            "id_number_mac": self.vault.mac(number, "id_number") if number else None,
        }
        for ordinal, role in _BOTH if source.applicant_name else ():
            uid = inward_uid(source.line, self.token, ordinal)
            sealed = self.vault.seal_text(number, f"dossier_people.id_number:{uid}")
            yield {**shared, "uid": uid, "role": role, "id_number_sealed": sealed}

    def event(self, source: ImportedDossier, row: Columns, salt: bytes) -> Columns:
        """Return the one event of the dossier, still without the dossier's id and so without its link.

        It holds no personal data. The payload is its canonical text, as it is digested.
        """
        payload: dict[str, str | int | None] = {
            "line": source.line, "state": _plain(source.state), "procedure": source.procedure_code,
            "unit": source.unit_code, "channel": int(source.channel), "received_at": _iso(source.received_at),
            "ended_at": _iso(source.ended_at), "returned_at": _iso(source.returned_at), "due_at": _iso(source.due_at),
        }  # fmt: skip
        told = _PAYLOADS.of(payload, after=_STRUCTURES.of(structure_in(row)))
        return {
            "payload_hash": written_digest(told.encode(), salt), "subject_kind": "dossier", "seq": 1, "kind": KIND,
            "at": self.at, "actor_kind": _plain(self.by.kind), "actor_name": self.by.name, "user_id": self.by.user_id,
            "payload": told, "salt": salt.hex(), "previous": GENESIS,
        }  # fmt: skip

    def ledger(self, source: ImportedDossier) -> Iterator[Columns]:
        """Yield what the file declares of the clock, and the waiting that goes on."""
        for ground, due in (("", source.due_at), (BY_LAW, source.statutory_due_at)):
            if due and source.state not in BEFORE_RECEPTION:
                yield self._entry("declared", ground, "none", started_at=source.received_at, new_due_at=due)
        for stop in stops(source, self.at):
            yield self._entry("suspension", stop.ground, stop.effect, started_at=stop.start, new_due_at=None)

    def facts(self, source: ImportedDossier, target: Target, clocks: Clocks) -> Iterator[Columns]:
        """Yield what was true of the dossier from its reception, from its end, from its return."""
        turns, lasting = list(_turns(source)), _lasting(source, target, clocks)
        promised, by_law = _plain(standing(clocks.committed, source)), _plain(_by_law(clocks, source))
        for place, (state, since) in enumerate(turns):
            until = turns[place + 1][1] if place + 1 < len(turns) else None
            ended = source.ended_at if state not in {State.RECEIVED, State.PROCESSING} else None
            yield {
                "valid_from": since,
                "valid_to": until,
                "recorded_at": self.at,
                "event_seq": 1,
                "state": _plain(state),
                "ended_at": ended,
                "ended_day": _day(ended),
                "returned_at": source.returned_at if state is State.RETURNED else None,
                "standing": promised if ended else "unknown",
                "statutory_standing": by_law if ended else "unknown",
                "restart_standing": promised if ended else "unknown",  # no waiting is told
                **lasting,
            }

    def _entry(
        self, kind: str, ground: str, effect: str, *, started_at: datetime, new_due_at: datetime | None
    ) -> Columns:
        return {
            "kind": kind, "ground": ground, "effect": _plain(effect), "started_at": started_at,
            "new_due_at": new_due_at, "reason": "Nhập từ hệ thống khác", "opened_by": self.by.name,
        }  # fmt: skip


def clock(source: ImportedDossier, target: Target, clocks: Clocks, *, at: datetime) -> Columns:
    """Return the cached due times of the dossier, imported at an instant."""
    shown = clocks.committed
    return {
        "settling_unit_id": target.unit_id,
        "is_open": source.state in OPEN_STATES,
        "is_suspended": clocks.suspended,
        "limit_written": target.limit.committed or target.limit.statutory or "",
        "touched_at": at,
        "due_day": _day_number(shown.due_day) if shown else None,
        "due_at": shown.due_at if shown else None,
        "promised_at": shown.promised_at if shown else None,
        "first_due_at": shown.due_at if shown else None,
        "statutory_due_at": clocks.statutory.due_at if clocks.statutory else None,
        "standing": _plain(standing(shown, source)),
        "statutory_standing": _plain(_by_law(clocks, source)),
        "consumed_minutes": shown.consumed_minutes if shown else None,
        "calendar_version": clocks.calendar_version,
    }


def components(source: ImportedDossier) -> Iterator[Columns]:
    """Yield the papers that the file only counts: reused ones first, then scanned, then paper."""
    reused = min(source.components_reused, source.components_digitized)
    for ordinal in range(1, source.components + 1):
        form = "reused" if ordinal <= reused else "scanned" if ordinal <= source.components_digitized else "paper"
        yield {"ordinal": ordinal, "name": f"Thành phần {ordinal}", "form": form, "required": False}


def payment(source: ImportedDossier) -> Iterator[Columns]:
    """Yield the online payment that the file states."""
    if source.paid_online and source.fee_vnd:
        yield {"amount_vnd": source.fee_vnd, "method": "online", "paid_at": source.received_at}


def _turns(source: ImportedDossier) -> Iterator[tuple[State, datetime]]:
    start = source.submitted_at or source.received_at if source.state in BEFORE_RECEPTION else source.received_at
    if source.ended_at is None:
        yield source.state, start
        return
    ended = max(source.ended_at, start)
    if ended > start:
        yield State.PROCESSING, start
    if source.state is not State.RETURNED:
        yield source.state, ended
    elif source.returned_at and source.returned_at > ended:
        yield State.FINISHED, ended
        yield State.RETURNED, source.returned_at
    else:
        yield State.RETURNED, ended


def _lasting(source: ImportedDossier, target: Target, clocks: Clocks) -> Columns:
    """What of the facts never changed while the dossier was elsewhere."""
    shown = clocks.committed
    return {
        "procedure_id": target.procedure_id,
        "field": target.field,
        "settling_unit_id": target.unit_id,
        "receiving_unit_id": target.unit_id,
        "channel": int(source.channel),
        "is_assisted": False,
        "is_imported": True,
        "received_at": source.received_at if source.state not in BEFORE_RECEPTION else None,
        "due_at": shown.due_at if shown else None,
        "due_day": _day_number(shown.due_day) if shown else None,
        "by_day": clocks.by_day,
        "is_suspended": clocks.suspended,
        "statutory_due_at": clocks.statutory.due_at if clocks.statutory else None,
        "supplement_requests": source.supplement_requests,
        **_papers(source, target),
        "result_required": source.result_required,
        "result_electronic": source.result_electronic,
        "result_digitized": source.result_electronic,
        "fee_vnd": source.fee_vnd,
        "paid_online": source.paid_online,
        "vneid_verified": source.vneid_verified,
    }


def _papers(source: ImportedDossier, target: Target) -> Columns:
    """Return the counts of papers; none is due to be digitized where the procedure keeps none."""
    kept = target.needs_digitizing
    return {
        "components": source.components,
        "components_due": source.components if kept else 0,
        "components_digitized": source.components_digitized if kept else 0,
        "components_reused": source.components_reused,
    }


def _by_law(clocks: Clocks, source: ImportedDossier) -> str:
    return clocks.statutory.standing if clocks.statutory and source.ended_at else "unknown"


def _id_kind(number: str) -> IdKind:
    if not number:
        return IdKind.NONE
    if number.isdigit() and len(number) in {9, 12}:
        return IdKind.CCCD if len(number) == 12 else IdKind.CMND
    return IdKind.TAX if number[:1].isdigit() else IdKind.PASSPORT


def _plain(value: str) -> str:
    return str.__str__(value)  # the driver takes a member of an enumeration four times as slowly as its text


@lru_cache(maxsize=20_000)
def _iso(at: datetime | None) -> str | None:
    return local(at).isoformat() if at else None


def _day(at: datetime | None) -> int | None:
    return _day_number(day_of(at)) if at else None


def _day_number(day: date | None) -> int | None:
    return day.year * 10_000 + day.month * 100 + day.day if day else None
