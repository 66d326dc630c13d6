"""Mail (thư điện tử) over SMTP: plain text, encrypted as far as the server can, a key that tells a repeat."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage

from app.adapters.gateways import NotConfigured, NotSent
from app.adapters.messages import Letter
from app.settings import Settings

SECONDS = 20
SMTPS = 465
UNCONFIGURED = "Chưa cấu hình máy chủ thư (MOTCUA_SMTP_HOST)"


@dataclass(frozen=True, slots=True)
class MailGateway:
    """A mail server; with an empty host there is none."""

    host: str
    port: int
    user: str
    password: str
    sender: str

    @classmethod
    def of(cls, settings: Settings) -> MailGateway:
        """Return the gateway that the settings name."""
        return cls(
            settings.smtp_host, settings.smtp_port, settings.smtp_user, settings.smtp_password, settings.smtp_from
        )

    def send(self, to: str, letter: Letter, *, key: str) -> None:
        """Hand one mail to the server. Raises NotConfigured, NotSent with the server's own words."""
        if not self.host:
            raise NotConfigured(UNCONFIGURED)
        try:
            server = self._opened()
            try:
                self._introduce(server)
                server.send_message(self._message(to, letter, key))
            finally:
                with suppress(smtplib.SMTPException, OSError):  # a grumble at the farewell does not unsend a mail
                    server.quit()
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise NotSent(f"{code} {_words(words)}", again=code < 500) from refused
        except smtplib.SMTPResponseException as refused:
            code, words = refused.smtp_code, refused.smtp_error
            raise NotSent(f"{code} {_words(words)}", again=code < 500) from refused
        except (smtplib.SMTPException, OSError) as broken:
            raise NotSent(f"Máy chủ thư không trả lời: {broken}", again=True) from broken

    def _opened(self) -> smtplib.SMTP:
        if self.port == SMTPS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(self.host, self.port, timeout=SECONDS)

    def _introduce(self, server: smtplib.SMTP) -> None:
        """Encrypt where the server can, and sign in where it asks for it."""
        server.ehlo_or_helo_if_needed()
        if self.port != SMTPS and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)

    def _message(self, to: str, letter: Letter, key: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, letter.subject
        # The same identifier at each try: mail servers drop the copy that a crash between two steps makes.
        message["Message-ID"] = f"<{key}@{self.sender.rpartition('@')[2].strip('>') or 'motcua'}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
