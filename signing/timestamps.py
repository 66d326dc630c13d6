"""Trusted time (dấu thời gian, RFC 3161): a list of authorities tried in order.

An authority is anything that turns the bytes of a request into the bytes of a response; HTTP lives in an
adapter. An answer that does not verify (garbage, refusal, another nonce, another digest) is no answer: the
next authority is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import handle_tsp_response

from signing.errors import TimestampUnavailable


class Timestamper(Protocol):
    """One timestamp authority (TSA)."""

    @property
    def name(self) -> str:
        """Return how messages call it."""
        ...

    def answer(self, request: bytes) -> bytes:
        """Return the DER of a TimeStampResp for that of a TimeStampReq; OSError when out of reach."""
        ...


class TimestampRelay(TimeStamper):
    """The list of authorities in the shape that pyHanko asks for."""

    def __init__(self, authorities: Sequence[Timestamper]) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]  # not annotated by pyHanko
        self._authorities = tuple(authorities)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return the first token that verifies; `TimestampUnavailable` names every failure."""
        failures = []
        for authority in self._authorities:
            try:
                return await self._ask(authority, message_digest, md_algorithm=md_algorithm)
            # asn1crypto answers garbage with ValueError, TypeError or KeyError, lazily, as fields are read.
            except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
                failures.append(f"{authority.name} ({_cause(error)})")
        raise TimestampUnavailable(tried="; ".join(failures) or "danh sách trống")

    async def _ask(self, authority: Timestamper, digest: bytes, *, md_algorithm: str) -> cms.ContentInfo:
        nonce, request = self.request_cms(digest, md_algorithm)  # type: ignore[no-untyped-call]  # the same
        answer = await asyncio.to_thread(authority.answer, request.dump())
        response = tsp.TimeStampResp.load(answer, strict=True)
        token = handle_tsp_response(response, nonce)
        imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
        if imprint["hashed_message"].native != digest:
            raise ValueError("imprint")
        return token


def _cause(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "quá thời gian chờ"
    return "không kết nối được hoặc bị từ chối" if isinstance(error, OSError) else "trả lời sai"
