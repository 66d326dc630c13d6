"""Coroutines of pyHanko carried out on the spot (chạy đến xong).

`asyncio.run` asks the signal module for the present handler, which prints the task with its whole result: for
a tree of ASN.1 objects that is a third of a signature's time. Here the loop is made, used and closed without it.
"""

from __future__ import annotations

import asyncio
from asyncio import events
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` returns; raises what it raises. A thread that already runs a loop lends it to another."""
    if events._get_running_loop() is None:  # noqa: SLF001 - the public question raises instead of answering
        return _run(work)
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(_run, work).result()


def _run(work: Coroutine[Any, Any, T]) -> T:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
