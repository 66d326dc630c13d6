"""The demo timestamp authority (dịch vụ dấu thời gian thử nghiệm): RFC 3161 inside the process.

It lets a demo house reach B-T, B-LT and B-LTA without any network. Its certificate says that it proves
nothing; its clock is the house's clock, passed in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_cms import Signer as PyhankoSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.certificates import to_asn1
from signing.keys import DIGEST, Signer
from signing.running import finished

_POLICY = "2.25.271828182845904523"
"""An arc that anybody may use (UUID arc): the demo has no registered policy."""


@dataclass(frozen=True, slots=True)
class DemoTimestampAuthority:
    """A `Timestamper` that answers every request with the time of `clock`."""

    signer: Signer
    clock: Callable[[], datetime]
    name: str = "dấu thời gian thử nghiệm"

    def answer(self, request: bytes) -> bytes:
        """Return the DER of the response; raises ValueError for what is no request."""
        asked = tsp.TimeStampReq.load(request, strict=True)
        content = {"content_type": "tst_info", "content": cms.ParsableOctetString(self._info(asked).dump())}
        signing = _KeyAtHand(self.signer).async_sign_general_data(
            cms.EncapsulatedContentInfo(content),
            DIGEST,
            detached=False,
            signed_attr_settings=PdfCMSSignedAttributes(),
        )
        response = {"status": {"status": "granted"}, "time_stamp_token": finished(signing)}
        return bytes(tsp.TimeStampResp(response).dump())

    def _info(self, asked: tsp.TimeStampReq) -> tsp.TSTInfo:
        fields = {
            "version": "v1",
            "policy": _POLICY,
            "message_imprint": asked["message_imprint"],
            "serial_number": secrets.randbits(64),
            "gen_time": self.clock().replace(microsecond=0),
        }
        if asked["nonce"].native is not None:
            fields["nonce"] = asked["nonce"]
        return tsp.TSTInfo(fields)


class _KeyAtHand(PyhankoSigner):
    def __init__(self, signer: Signer) -> None:
        registry = SimpleCertificateStore()
        registry.register_multiple([to_asn1(certificate) for certificate in signer.chain])
        super().__init__(embed_roots=False, signing_cert=to_asn1(signer.certificate), cert_registry=registry)
        self._key = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002 - pyHanko's signature
        return self._key.sign(data)
