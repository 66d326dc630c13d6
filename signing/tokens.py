"""Keys on a token (thiết bị ký, PKCS#11), by the library of its maker; the key never leaves it.

The digest is made here and only its signature asked for: not every token hashes by itself.
"""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType

import pkcs11
from pkcs11 import Attribute, ObjectClass, TokenFlag
from pkcs11.exceptions import (
    ArgumentsBad,
    DeviceRemoved,
    NoSuchToken,
    PinIncorrect,
    PinInvalid,
    PinLenRange,
    PKCS11Error,
    SessionHandleInvalid,
    TokenNotPresent,
    UserAlreadyLoggedIn,
)
from pkcs11.exceptions import PinLocked as TokenPinLocked
from pyhanko.sign.general import SigningError as PyhankoError
from pyhanko.sign.pkcs11 import PKCS11Signer

from signing.errors import PinLocked, TokenAbsent, TokenBusy, WrongPin
from signing.keys import DIGEST
from signing.running import finished

_PIN_REFUSED = (PinIncorrect, PinInvalid, PinLenRange, ArgumentsBad)
_GONE = (DeviceRemoved, TokenNotPresent, SessionHandleInvalid)


class TokenSigner:
    """An open session with a token, good for a batch; a `Signer`. Close it, or use it in a `with` block."""

    def __init__(self, session: pkcs11.Session, *, key_label: str) -> None:
        self._session = session
        self._signer = PKCS11Signer(
            session,
            cert_label=key_label,
            key_label=key_label,
            other_certs_to_pull=None,
            use_raw_mechanism=True,
        )
        try:
            self.certificate: bytes = self._signer.signing_cert.dump()
            others = {bytes(c.dump()) for c in self._signer.cert_registry}
        except (PyhankoError, PKCS11Error) as error:
            session.close()
            raise TokenAbsent(where="token", detail=f"không có khóa “{key_label}”") from error
        self.chain: tuple[bytes, ...] = tuple(sorted(others - {self.certificate}))

    @classmethod
    def open(cls, library: str, *, token_label: str, key_label: str, pin: str) -> TokenSigner:
        """Open the token of that label with the holder's PIN.

        Raises `TokenAbsent`, `TokenBusy`, `WrongPin` (with what the token tells of the tries left) or `PinLocked`,
        the last before the PIN is even tried.
        """
        token = _usable(library, token_label)
        try:
            return cls(token.open(user_pin=pin), key_label=key_label)
        except TokenPinLocked as error:
            raise PinLocked(where="pin") from error
        except UserAlreadyLoggedIn as error:
            raise TokenBusy(where="pin") from error
        except _PIN_REFUSED as error:
            raise WrongPin(where="pin", tries=_after_wrong(_present(library, token_label))) from error
        except PKCS11Error as error:
            raise TokenAbsent(where="token", detail="thiết bị không mở được") from error

    def sign(self, data: bytes) -> bytes:
        """Return the signature over SHA-256 of `data`; raises `TokenAbsent` when the token was pulled out."""
        try:
            return bytes(finished(self._signer.async_sign_raw(data, DIGEST)))
        except PKCS11Error as error:
            detail = "thiết bị bị rút giữa chừng" if isinstance(error, _GONE) else "thiết bị từ chối ký"
            raise TokenAbsent(where="token", detail=detail) from error

    def close(self) -> None:
        """Log out; the PIN is needed again. A token that is gone has logged out by itself."""
        with suppress(PKCS11Error):
            self._session.close()

    def __enter__(self) -> TokenSigner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def tries_left(library: str, token_label: str) -> str:
    """Return what the token tells of its tries before any PIN is typed, empty when it has nothing to warn of.

    Raises `TokenAbsent` or `PinLocked`.
    """
    return _warning(_usable(library, token_label))


def certificate_on(library: str, *, token_label: str, key_label: str) -> bytes:
    """Return the certificate (DER) beside a key, as far as the token shows it without a PIN. Raises `TokenAbsent`."""
    token = _present(library, token_label)
    try:
        with token.open() as session:
            wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: key_label}
            found = [bytes(one[Attribute.VALUE]) for one in session.get_objects(wanted)]
    except PKCS11Error as error:
        raise TokenAbsent(where="token", detail="thiết bị không mở được") from error
    if not found:
        raise TokenAbsent(where="token", detail=f"không đọc được chứng thư “{key_label}”")
    return found[0]


def _usable(library: str, token_label: str) -> pkcs11.Token:
    token = _present(library, token_label)
    if TokenFlag.USER_PIN_LOCKED in token.flags:
        raise PinLocked(where="pin")
    return token


def _present(library: str, token_label: str) -> pkcs11.Token:
    try:
        return pkcs11.lib(library).get_token(token_label=token_label)
    except (NoSuchToken, PKCS11Error, RuntimeError) as error:
        raise TokenAbsent(where="token", detail=f"“{token_label}”") from error


def _warning(token: pkcs11.Token) -> str:
    if TokenFlag.USER_PIN_FINAL_TRY in token.flags:
        return "Vui lòng nhập cẩn thận: chỉ còn 1 lần thử trước khi thiết bị khóa."
    if TokenFlag.USER_PIN_COUNT_LOW in token.flags:
        return "Vui lòng nhập cẩn thận: đã có lần nhập sai, thiết bị sẽ khóa nếu còn sai."
    return ""


def _after_wrong(token: pkcs11.Token) -> str:
    if TokenFlag.USER_PIN_LOCKED in token.flags:
        return "Thiết bị đã khóa. Vui lòng nhờ nơi cấp chứng thư mở khóa."
    return _warning(token) or "Vui lòng nhập lại."
