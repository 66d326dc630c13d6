"""The house (ngôi nhà): everything that is built once — settings, clock, database, vault, adapters.

Doors ask it for a unit of work or a reading session; services and queries get values, never the house.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from app.adapters.files import FileStore
from app.clock import Clock, SystemClock
from app.db.calendars import CalendarBook
from app.db.session import make_engine, sessions
from app.db.unit_of_work import UnitOfWork
from app.settings import Settings
from app.vault import Vault, load_vault

if TYPE_CHECKING:
    from app.adapters.keyring import Keyring
    from app.adapters.pdf import PdfPrinter
    from app.adapters.signing_stamps import SigningStamps
    from app.adapters.verifying.verifier import Verifier
    from signing import Timestamper, TrustStore

TEMPLATES = Path(__file__).parent.parent / "templates" / "documents"


@dataclass
class House:
    """What a process of ours has at hand."""

    settings: Settings
    clock: Clock
    engine: Engine
    vault: Vault
    files: FileStore
    calendars: CalendarBook
    _sessions: sessionmaker[Session]

    @contextmanager
    def unit_of_work(self) -> Iterator[UnitOfWork]:
        """Yield a unit of work; committed once when the block ends well, rolled back when it raises."""
        with self._sessions() as session:
            session.connection(execution_options={"writing": True})
            # A service changes several columns that only together keep a constraint: it says when to write.
            session.autoflush = False
            uow = UnitOfWork(session, self.vault, self.calendars)
            yield uow
            uow.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that only reads: it is never committed."""
        with self._sessions() as session:
            yield session

    @cached_property
    def pdf(self) -> PdfPrinter:
        """The printer of forms; WeasyPrint takes a second to load, so only doors that print pay for it."""
        printer: type[PdfPrinter] = import_module("app.adapters.pdf").PdfPrinter
        return printer(TEMPLATES)

    @cached_property
    def stamps(self) -> SigningStamps:
        """What signatures look like; pyHanko is as slow to load as WeasyPrint."""
        stamps: type[SigningStamps] = import_module("app.adapters.signing_stamps").SigningStamps
        return stamps(TEMPLATES)

    @cached_property
    def timestampers(self) -> Sequence[Timestamper]:
        """The timestamp authorities of the settings, in the order in which they are asked."""
        listed: Sequence[Timestamper] = import_module("app.adapters.timestamps").authorities(self.settings.tsa_urls)
        return listed

    @cached_property
    def keyring(self) -> Keyring:
        """The places where signing keys lie; a token's library is loaded when its first key is asked for."""
        rings: type[Keyring] = import_module("app.adapters.keyring").Keyring
        remote = import_module("app.adapters.remote_signing").RemoteService
        settings = self.settings
        return rings(settings.pkcs11_library, remote(settings.remote_signing_url, settings.remote_signing_token))

    @property
    def trust(self) -> TrustStore:
        """The roots and revocation lists that stand in the home's folder now."""
        store: TrustStore = import_module("app.adapters.trust").trust_of(self.settings.home)
        return store

    def revocation_of(self, certificates: Sequence[bytes]) -> TrustStore:
        """Return what the authorities of the settings say now of certificates (DER); nothing where none is set."""
        source = import_module("app.adapters.revocation").RevocationSource(self.settings.revocation_urls)
        told: TrustStore = source.gather(certificates, trust=self.trust)
        return told

    def require_standing(self, certificate: bytes, chain: tuple[bytes, ...]) -> None:
        """Refuse a certificate that may not sign now: expired, not meant for it, known to be revoked (SigningError)."""
        room, at = import_module("signing"), self.clock.now()
        room.require_usable(certificate, at)
        known = self.trust | self.revocation_of((certificate, *chain))
        room.require_not_revoked(certificate, chain, trust=known, at=at)

    @property
    def verifier(self) -> Verifier:
        """The judge of other people's files: one warm process beside this one, however many houses it has."""
        shared: Verifier = import_module("app.adapters.verifying.verifier").shared()
        return shared


def build_house(settings: Settings, clock: Clock | None = None) -> House:
    """Return the house of `settings`. Raises VaultError when its keys may be read by others."""
    engine = make_engine(settings.database_url)
    vault = load_vault(key_file(settings))
    store = FileStore(settings.home / "files", vault)
    return House(settings, clock or SystemClock(), engine, vault, store, CalendarBook(), sessions(engine))


def key_file(settings: Settings) -> Path:
    """Return where the vault's keys lie: apart from the data that they open."""
    return (settings.keys or settings.home / "keys") / "vault.json"
