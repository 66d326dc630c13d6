"""Coroutines of pyHanko are carried out on the spot, also in a thread that runs a loop already (a browser's driver)."""

from __future__ import annotations

import asyncio

from signing.running import finished


async def seven() -> int:
    await asyncio.sleep(0)
    return 7


def test_without_and_within_a_running_loop():
    async def within() -> int:
        return finished(seven())

    assert finished(seven()) == 7
    assert asyncio.run(within()) == 7
