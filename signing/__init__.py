"""Signing and verification (ký số, kiểm tra chữ ký): PAdES through pyHanko; no network, clock or database.

The walk: a `Signer` (`keys`, `tokens`) and an `Intent` go through `prepare` and `finish`, or `sign` in one
call; `verify` judges what comes out, or any other PDF.
"""

import logging

from signing import asn1_repair, hex_repair, meta_repair, slide_repair
from signing.appearance import Appearance, Box, Place
from signing.certificates import require_usable
from signing.errors import SigningError
from signing.finish import finish, sign
from signing.keys import CachedSigner, Signer, load_pkcs12
from signing.longterm import prolong
from signing.policy import Revocation
from signing.prepare import Intent, Level, PreparedSignature, prepare
from signing.revoked import require_not_revoked
from signing.timestamps import Timestamper
from signing.trust import TrustStore
from signing.verdicts import FileVerdict, SignatureVerdict, Verdict
from signing.verify import verify

__all__ = [
    "Appearance",
    "Box",
    "CachedSigner",
    "FileVerdict",
    "Intent",
    "Level",
    "Place",
    "PreparedSignature",
    "Revocation",
    "SignatureVerdict",
    "Signer",
    "SigningError",
    "Timestamper",
    "TrustStore",
    "Verdict",
    "finish",
    "load_pkcs12",
    "prepare",
    "prolong",
    "require_not_revoked",
    "require_usable",
    "sign",
    "verify",
]

asn1_repair.repair()
hex_repair.repair()
meta_repair.repair()
slide_repair.repair()

# Whatever these two warn about is in the verdict already; their log lines would carry people's names.
for _talker in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_talker).setLevel(logging.ERROR)
