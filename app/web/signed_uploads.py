"""Signatures in files that people send (chữ ký số trong tệp tải lên): a bad one is said at once, not after silence.

Refused is only what is proven bad (TOTAL-FAILED: changed after signing, forged, revoked). What cannot be judged
here and now, as a signer of a trust list that this house does not hold, is taken and judged by a person.
"""

from __future__ import annotations

from app.adapters.trust import trust_of
from app.i18n import gettext as _
from app.web.context import house, now
from app.web.uploads import Upload
from signing.verdicts import Verdict
from workflows.errors import RuleBroken

_SIGNED = b"/ByteRange"


class SignatureBad(RuleBroken):
    """A signature in the file is proven bad."""

    code = "signature_bad"
    sentence = (
        "Chữ ký số trong tệp “{name}” không hợp lệ: {reason} Vui lòng gửi đúng tệp đã ký, chưa mở ra sửa hay in lại."
    )


def refuse_bad_signature(upload: Upload, *, where: str = "files") -> None:
    """Return for a file without a signature or with none that is proven bad. Raises SignatureBad otherwise."""
    if _SIGNED not in upload.content:
        return
    verdict = house().verifier.verify(upload.content, trust_of(house().settings.home), at=now())
    if verdict.verdict is Verdict.FAILED:
        reason = _(verdict.reason).rstrip(".") + "."
        raise SignatureBad(where=where, name=upload.name, reason=reason)
