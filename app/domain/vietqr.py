"""The text of a bank-transfer QR (mã VietQR): EMVCo QR Code Specification for Payment Systems, Merchant-Presented
Mode 1.1, with the merchant account template of NAPAS (tag 38). Any bank's application in Vietnam reads it.

The house only writes the text down and draws it; whether money came the clerk sees at the bank's side.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from app.domain import checks
from app.domain.vietnamese import clean, fold
from workflows.errors import RuleBroken

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
CURRENCY, COUNTRY = "704", "VN"  # ISO 4217 đồng, ISO 3166-1
LONGEST_PURPOSE = 25  # tag 62-08
LONGEST_NAME = 25  # tag 59
_CHECKED_FROM = 0xFFFF  # CRC-16/CCITT-FALSE (ISO/IEC 13239)


class NotABank(RuleBroken):
    """A bank is named by its six-digit identification number (mã BIN)."""

    code = "not_a_bank"
    sentence = "Mã ngân hàng (BIN) gồm đúng 6 chữ số, ví dụ 970436. Vui lòng xem lại."


class NotAnAccount(RuleBroken):
    """An account number has letters and digits only, at most nineteen."""

    code = "not_an_account"
    sentence = "Số tài khoản chỉ gồm chữ và số, từ 4 đến 19 ký tự. Vui lòng xem lại."


@dataclass(frozen=True, slots=True)
class BankAccount:
    """The account of an authority that fees are paid into (tài khoản nhận phí, lệ phí)."""

    bank_bin: str
    number: str
    holder: str
    bank_name: str = ""


def checked_account(bank_bin: str, number: str, holder: str, bank_name: str = "") -> BankAccount:
    """Return an account as typed by an administrator. Raises NotABank, NotAnAccount, Missing."""
    plain = re.sub(r"\s", "", bank_bin)
    account = re.sub(r"[\s.\-]", "", number).upper()
    if not re.fullmatch(r"[0-9]{6}", plain):
        raise NotABank(where="bank_bin")
    if not re.fullmatch(r"[0-9A-Z]{4,19}", account):
        raise NotAnAccount(where="account_number")
    name = checks.text(holder, what="tên chủ tài khoản", where="holder", longest=120)
    bank = checks.text(bank_name, what="tên ngân hàng", where="bank_name", longest=120, required=False)
    return BankAccount(plain, account, name, bank)


def transfer_text(account: BankAccount, amount_vnd: int, purpose: str) -> str:
    """Return what the QR says for one transfer of `amount_vnd` whole đồng.

    `purpose` loses its diacritics and signs, because banks carry neither. Raises ValueError for a sum that is
    not positive.
    """
    if not 0 < amount_vnd < 10**13:
        raise ValueError(f"not a sum to transfer: {amount_vnd}")
    to = _field("00", account.bank_bin) + _field("01", account.number)
    merchant = _field("00", NAPAS) + _field("01", to) + _field("02", TO_ACCOUNT)
    said = (
        _field("00", "01")  # payload format indicator
        + _field("01", "12")  # one code for one payment
        + _field("38", merchant)
        + _field("53", CURRENCY)
        + _field("54", str(amount_vnd))
        + _field("58", COUNTRY)
        + _field("59", plain_words(account.holder, LONGEST_NAME))
        + _field("62", _field("08", plain_words(purpose, LONGEST_PURPOSE)))
        + "6304"
    )
    return said + checksum(said)


def checksum(text: str) -> str:
    """Return the four hexadecimal digits of tag 63 over `text`, which ends with "6304"."""
    return f"{binascii.crc_hqx(text.encode('ascii'), _CHECKED_FROM):04X}"


def plain_words(text: str, longest: int) -> str:
    """Return `text` as banks carry it: capitals without diacritics, letters and digits, at most `longest`."""
    return fold(clean(text)).upper()[:longest].strip() or "NOP PHI"


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"
