"""`motcua sign`: PAdES signatures at the terminal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from app.adapters.timestamps import authorities
from app.cli import common, home
from app.domain.signing_keys import KeyKind, KeyPlace, place_elsewhere
from app.queries import signing_keys
from app.seed import house as demo_house
from app.services.errors import NoSigningKey
from app.wiring import House
from signing import Intent, Level, Signer, SigningError, Timestamper, load_pkcs12
from signing import sign as sign_pdf
from signing.authority import DemoAuthority
from signing.demo_time import DemoTimestampAuthority
from workflows.errors import RuleBroken

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SIGNERS = "Login, holder's name, agency code of a seal, .p12 file, token:LABEL/KEY, remote:CREDENTIAL."
_KEY_FILES = frozenset({".p12", ".pfx"})
_ELSEWHERE = frozenset({KeyKind.TOKEN, KeyKind.REMOTE})


class Refused(RuleBroken):
    """A refusal of the signing house, as this door tells it."""

    sentence = "{message}"

    def __init__(self, error: SigningError) -> None:
        super().__init__(where=error.where, message=str(error))
        self.code = error.code  # type: ignore[misc]  # the refusal keeps its own code


@click.command()
@click.argument("file", type=_FILE)
@click.option("--signer", required=True, help=_SIGNERS)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--level", type=click.Choice([level.value for level in Level]), default=Level.B_B.value)
@click.option("--pin-file", type=_FILE, help="File with the PIN; otherwise it is asked for (demo keys: known).")
@common.json_option
def sign(*, file: Path, signer: str, output: Path, level: str, pin_file: Path | None) -> None:
    """Sign a PDF with a key of this house or a PKCS#12 file."""
    with home.opened_house() as house, _told():
        at = house.clock.now()
        with closing(_key(house, signer, pin_file)) as key:
            house.require_standing(key.certificate, key.chain)
            signed = sign_pdf(
                file.read_bytes(),
                key,
                Intent(at, level=Level(level)),
                timestampers=_timestampers(house, level),
                trust=house.trust,
                gather=house.revocation_of,
            )
    _write(output, signed)
    digest = hashlib.sha256(signed).hexdigest()
    document = {"output": str(output), "signer": signer, "level": level, "signed_at": at, "sha256": digest}
    common.answer(document, [f"Đã ký mức {level}: {output}"])


def _key(house: House, name: str, pin_file: Path | None) -> Signer:
    place = _place(name)
    if place is not None:
        return house.keyring.open(place, _pin(pin_file))
    with house.reading() as session:
        kept = signing_keys.by_name(session, house.vault, name)
    if kept is None:
        raise NoSigningKey(where="--signer", who=name)
    if kept.is_demo and pin_file is None:
        common.tell("Khóa thử nghiệm: dùng mã PIN mẫu; chữ ký không có giá trị pháp lý.")
        return house.keyring.open(kept.place, demo_house.PIN)
    return house.keyring.open(kept.place, _pin(pin_file))


def _place(name: str) -> KeyPlace | None:
    """Return the key that `name` describes by itself, None where it names somebody of the house."""
    kind, _, rest = name.partition(":")
    if kind in _ELSEWHERE:
        return place_elsewhere(KeyKind(kind), rest)
    path = Path(name)
    is_file = path.suffix.lower() in _KEY_FILES and path.is_file()
    return KeyPlace(KeyKind.FILE, p12=path.read_bytes()) if is_file else None


def _pin(pin_file: Path | None) -> str:
    if pin_file is not None:
        return pin_file.read_text("utf-8").strip()
    answer: str = click.prompt("Mã PIN", hide_input=True, err=True)
    return answer


def _timestampers(house: House, level: str) -> Sequence[Timestamper]:
    """Return the authorities of the settings; a demo house without any asks its own root for one."""
    if house.settings.tsa_urls or not Level(level).needs_time:
        return authorities(house.settings.tsa_urls)
    kept = demo_house.trust_folder(house) / "demo-authority.p12"
    if not kept.exists():
        return ()
    root = DemoAuthority.load(kept.read_bytes(), demo_house.PIN)
    p12 = root.timestamping(pin=demo_house.PIN, valid_from=root.certificate.not_valid_before_utc)
    return (DemoTimestampAuthority(load_pkcs12(p12, demo_house.PIN), house.clock.now),)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except SigningError as error:
        raise Refused(error) from error


def _write(output: Path, content: bytes) -> None:
    fresh = output.with_name(output.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(output)
    except OSError as wrong:
        raise click.BadParameter(f"không ghi được {output}: {wrong.strerror}", param_hint="--output") from wrong
