"""Which key will sign, said beside its PIN (khóa sẽ dùng): where it lies, and what it tells of the tries left."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.signing_keys import KeyKind, KeyPlace
from app.i18n import gettext as _
from app.web.context import house
from signing import SigningError


@dataclass(frozen=True, slots=True)
class KeyNote:
    """`warning` is a sentence: few tries left, a locked or absent token, no key at all; often empty."""

    words: str
    icon: str
    warning: str


def key_note(place: KeyPlace | None) -> KeyNote:
    """Return what to say of a key; a token is asked, without a PIN."""
    if place is None:
        return KeyNote(_("Chưa có khóa ký"), "slash-circle", _("Vui lòng báo quản trị đăng ký chứng thư của bạn."))
    return KeyNote(key_words(place), _ICONS[place.kind], _warning(place))


def key_words(place: KeyPlace) -> str:
    """Return where a key lies, in words."""
    if place.kind is KeyKind.TOKEN:
        token, key = place.labels
        return _("Thiết bị ký “%(token)s”, khóa “%(key)s”", token=token, key=key)
    if place.kind is KeyKind.REMOTE:
        return _("Ký từ xa, mã chứng thư “%(credential)s”", credential=place.address)
    return _("Khóa phần mềm giữ trong hệ thống")


def _warning(place: KeyPlace) -> str:
    try:
        return house().keyring.warning(place)
    except SigningError as error:
        return str(error)


_ICONS = {KeyKind.FILE: "file-lock", KeyKind.TOKEN: "usb-drive", KeyKind.REMOTE: "cloud"}
