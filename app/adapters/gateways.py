"""What every gateway answers with (cổng gửi tin): done, not set up, or not sent and whether to try again."""

from __future__ import annotations

from typing import Protocol

from app.adapters.messages import Letter


class NotConfigured(Exception):
    """There is no gateway for this channel; the sentence says what to set."""


class NotSent(Exception):
    """The gateway did not take the message. `again` tells whether another try makes sense."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


class Gateway(Protocol):
    """Takes one message for one address; `key` is the same at each try."""

    def send(self, to: str, letter: Letter, *, key: str) -> None:
        """Hand the message over. Raises NotConfigured, NotSent."""
        ...
