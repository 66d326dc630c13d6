"""Coroutines of pyHanko carried out on the spot (chạy đến xong).

`asyncio.run` asks the signal module for the present handler, which prints the task with its whole result: for
a tree of ASN.1 objects that is a third of a signature's time. Here the loop is made, used and closed without it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` returns; raises what it raises. Not for use inside a running loop."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
