"""No test talks to the outside: a socket that leaves this machine fails the test that opened it."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

LOCAL_NAMES = frozenset({"", "localhost", "localhost.localdomain"})


class OutsideWorldTouched(AssertionError):
    """A test tried to reach another machine."""


def close() -> None:
    """Refuse connections and name look-ups to other machines, for the rest of this process."""
    sys.addaudithook(_refuse_the_outside)


def _refuse_the_outside(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not _is_local(arguments[1][0]):
        raise OutsideWorldTouched(f"connection to {arguments[1][0]}:{arguments[1][1]}")
    if event == "socket.getaddrinfo" and not _is_local(arguments[0]):
        raise OutsideWorldTouched(f"look-up of {arguments[0]}")


def _is_local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
