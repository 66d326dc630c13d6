"""Timestamp authorities over HTTP (dịch vụ dấu thời gian, RFC 3161 section 3.4)."""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_ASK = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
_LONGEST_ANSWER = 64 * 1024
_PATIENCE_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class HttpTimestampAuthority:
    """One authority; `answer` raises OSError when it cannot be reached, refuses or says too much."""

    url: str
    patience: float = _PATIENCE_SECONDS

    @property
    def name(self) -> str:
        """Return the host, as messages call it."""
        return urlsplit(self.url).hostname or self.url

    def answer(self, request: bytes) -> bytes:
        """Return the body of the authority's answer to an encoded request."""
        connection, path = self._connection()
        try:
            connection.request("POST", path, body=request, headers=_ASK)
            response = connection.getresponse()
            body = response.read(_LONGEST_ANSWER + 1)
        except http.client.HTTPException as wrong:
            raise OSError("no HTTP answer") from wrong
        finally:
            connection.close()
        if response.status != http.client.OK or len(body) > _LONGEST_ANSWER:
            raise OSError(f"HTTP {response.status}, {len(body)} bytes")
        return body

    def _connection(self) -> tuple[http.client.HTTPConnection, str]:
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return kind(parts.hostname or "", parts.port, timeout=self.patience), path


def authorities(urls: Sequence[str]) -> tuple[HttpTimestampAuthority, ...]:
    """Return the authorities of the settings, in the order in which they are asked."""
    return tuple(HttpTimestampAuthority(url) for url in urls)
