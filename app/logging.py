"""The log (nhật ký vận hành): structlog on stderr, one line an event, times in Vietnam time.

What must never stand in a log is taken out here, whoever writes the line: passwords, PINs, tokens by
their key; identity and phone numbers by their shape.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from datetime import datetime
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

import structlog

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
SECRET_KEYS: Final = re.compile(r"password|passphrase|secret|token|pin\b|cookie|authorization", re.IGNORECASE)
# Citizen number (12 digits), old identity card (9), phone (10): the last three stay, to tell lines apart.
PERSONAL_NUMBER: Final = re.compile(r"(?<![\w.])(?:\+84|0)?\d{6,9}(\d{3})(?![\w.])")
# Libraries that talk a lot about their own well-being.
QUIET: Final = (
    "apscheduler",
    "fontTools",
    "weasyprint",
    "PIL",
    "alembic",
    "pikepdf",
)

Event = MutableMapping[str, Any]


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to whatever stderr is at that moment: who redirects it later gets the lines too."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        """Return the stderr of now."""
        return sys.stderr


def configure(log_format: str = "console") -> None:
    """Send all logging, ours and the libraries', to stderr; `log_format` is `console` or `json`."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _stamp,
        structlog.processors.format_exc_info,
        hide_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(log_format)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def hide_personal_data(_logger: object, _method: str, event: Event) -> Event:
    """Return the event without secrets and with personal numbers cut to their last three digits."""
    for key, value in event.items():
        if SECRET_KEYS.search(key):
            event[key] = "…"
        elif isinstance(value, str):
            event[key] = PERSONAL_NUMBER.sub(r"…\1", value)
    return event


def _stamp(_logger: object, _method: str, event: Event) -> Event:
    # Log lines tell the machine's time, also where the house lives by a simulated clock.
    event["at"] = datetime.now(VIETNAM).isoformat(timespec="milliseconds")
    return event


def _renderer(log_format: str) -> Any:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), timestamp_key="at")
