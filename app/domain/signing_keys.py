"""Where a signing key lies (nơi giữ khóa ký): a sealed file of the house, a token, or a remote service.

Neither of the last two leaves anything secret here: which library or service is asked, settings say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain import checks
from workflows.errors import N_, RuleBroken

_LONGEST_ADDRESS = 200


class KeyKind(StrEnum):
    """The three places of a key."""

    FILE = "file"
    TOKEN = "token"  # noqa: S105 - a thing to plug in, no secret
    REMOTE = "remote"


class AddressWrong(RuleBroken):
    """A token's key is named by two labels."""

    code = "key_address_wrong"
    sentence = N_("Khóa trên thiết bị ghi dạng NHÃN THIẾT BỊ/NHÃN KHÓA, chưa phải “{value}”. Vui lòng ghi lại.")


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """One key: "TOKEN LABEL/KEY LABEL", the credential at a remote service, or the bytes of a PKCS#12 file."""

    kind: KeyKind
    address: str = ""
    p12: bytes = field(default=b"", repr=False)

    @property
    def labels(self) -> tuple[str, str]:
        """The labels of token and key."""
        token, _slash, key = self.address.partition("/")
        return token, key


def place_elsewhere(kind: KeyKind, address: str) -> KeyPlace:
    """Return where a key outside the house lies, as somebody typed it. Raises Missing, TooLong or AddressWrong."""
    neat = checks.text(address, what="nhãn hoặc mã của khóa", where="address", longest=_LONGEST_ADDRESS)
    place = KeyPlace(kind, neat)
    if kind is KeyKind.TOKEN and not all(place.labels):
        raise AddressWrong(where="address", value=neat)
    return place
