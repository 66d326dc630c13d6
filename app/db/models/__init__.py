"""Every table of the house, one file per group."""

from app.db.models.accounts import LoginAttempt, Membership, RecoveryCode, UserAccount, WebSession
from app.db.models.api import ApiKey, ApiMinute
from app.db.models.authority import Absence, SigningAuthority
from app.db.models.batches import Batch, BatchFile, BatchPage
from app.db.models.calendars import Calendar, CalendarDay, CalendarMove, CalendarRun, SuspensionGround
from app.db.models.certification import (
    AttestationWords,
    Certification,
    CertificationBook,
    CertificationTariff,
    CertifiedPaper,
)
from app.db.models.clock import DossierClock, DossierFact, LedgerEntry
from app.db.models.corrections import Correction
from app.db.models.counted import CountedPeriod, FactTouch
from app.db.models.documents import FileLink, IssuedForm, StoredFile
from app.db.models.dossiers import Component, Dossier, DossierPerson, SupplementRequest
from app.db.models.events import ChainRoot, Event
from app.db.models.figures import ClosedDossier, ClosedReport, EnteredFigure, IndexEntry, ReportSigning, SignedReport
from app.db.models.flags import FilingOrigin, FlagCount
from app.db.models.groups import DossierGroup, DossierGroupItem
from app.db.models.handovers import Handover, HandoverItem
from app.db.models.imports import ImportRun
from app.db.models.money import CashSheet, Payment, Receipt, ReceiptRoll
from app.db.models.numbers import Counter
from app.db.models.paper_store import StoredPaper
from app.db.models.procedures import (
    Offering,
    Procedure,
    ProcedureComponent,
    ProcedureFee,
    ProcedureLimit,
    ProcedureStep,
    ProcedureVersion,
)
from app.db.models.processing import Consultation, FrozenSteps, Hop
from app.db.models.relations import ExternalTracking, FamilyLink, NationalCopy
from app.db.models.results import Result, SignatureIntent, SigningKey
from app.db.models.running import Draft, Effect, Heartbeat, Job, OutboxMessage, Setting
from app.db.models.scans import Scan, ScanCopy, ScanSource, ScanWord
from app.db.models.shelves import ResultShelf
from app.db.models.signing import ResultTime, SigningBatch, SigningBatchItem
from app.db.models.units import Place, Unit

__all__ = [
    "Absence",
    "ApiKey",
    "ApiMinute",
    "AttestationWords",
    "Batch",
    "BatchFile",
    "BatchPage",
    "Calendar",
    "CalendarDay",
    "CalendarMove",
    "CalendarRun",
    "CashSheet",
    "Certification",
    "CertificationBook",
    "CertificationTariff",
    "CertifiedPaper",
    "ChainRoot",
    "ClosedDossier",
    "ClosedReport",
    "Component",
    "Consultation",
    "Correction",
    "CountedPeriod",
    "Counter",
    "Dossier",
    "DossierClock",
    "DossierFact",
    "DossierGroup",
    "DossierGroupItem",
    "DossierPerson",
    "Draft",
    "Effect",
    "EnteredFigure",
    "Event",
    "ExternalTracking",
    "FactTouch",
    "FamilyLink",
    "FileLink",
    "FilingOrigin",
    "FlagCount",
    "FrozenSteps",
    "Handover",
    "HandoverItem",
    "Heartbeat",
    "Hop",
    "ImportRun",
    "IndexEntry",
    "IssuedForm",
    "Job",
    "LedgerEntry",
    "LoginAttempt",
    "Membership",
    "NationalCopy",
    "Offering",
    "OutboxMessage",
    "Payment",
    "Place",
    "Procedure",
    "ProcedureComponent",
    "ProcedureFee",
    "ProcedureLimit",
    "ProcedureStep",
    "ProcedureVersion",
    "Receipt",
    "ReceiptRoll",
    "RecoveryCode",
    "ReportSigning",
    "Result",
    "ResultShelf",
    "ResultTime",
    "Scan",
    "ScanCopy",
    "ScanSource",
    "ScanWord",
    "Setting",
    "SignatureIntent",
    "SignedReport",
    "SigningAuthority",
    "SigningBatch",
    "SigningBatchItem",
    "SigningKey",
    "StoredFile",
    "StoredPaper",
    "SupplementRequest",
    "SuspensionGround",
    "Unit",
    "UserAccount",
    "WebSession",
]
