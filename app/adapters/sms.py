"""SMS (tin nhắn) through a gateway that takes JSON over HTTP; without one, messages wait and say so.

The gateway gets {"id", "to", "text"}; `id` is the same at each try, so that it can drop a repeat. Gateways of
carriers differ: a small bridge in front of one speaks this.
"""

from __future__ import annotations

import http.client
import json
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.adapters.gateways import NotConfigured, NotSent
from app.adapters.messages import Letter
from app.settings import Settings

SECONDS = 20
UNCONFIGURED = "Chưa cấu hình cổng tin nhắn (MOTCUA_SMS_URL)"


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """A gateway's address and token; with an empty address there is none."""

    url: str
    token: str

    @classmethod
    def of(cls, settings: Settings) -> SmsGateway:
        """Return the gateway that the settings name."""
        return cls(settings.sms_url, settings.sms_token)

    def send(self, to: str, letter: Letter, *, key: str) -> None:
        """Hand one SMS over. Raises NotConfigured, NotSent."""
        if not self.url:
            raise NotConfigured(UNCONFIGURED)
        body = json.dumps({"id": key, "to": to, "text": letter.text})
        try:
            status, words = self._posted(body)
        except (OSError, http.client.HTTPException) as broken:
            raise NotSent(f"Cổng tin nhắn không trả lời: {broken}", again=True) from broken
        if not 200 <= status < 300:
            raise NotSent(f"{status} {words}", again=status >= 500 or status == http.client.TOO_MANY_REQUESTS)

    def _posted(self, body: str) -> tuple[int, str]:
        parts = urlsplit(self.url)
        secure = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(parts.netloc, timeout=SECONDS, **secure)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        try:
            connection.request("POST", parts.path or "/", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(200).decode("utf-8", "replace").strip()
        finally:
            connection.close()
