"""The bar of acts: one primary that moves the dossier on, at most three beside it, nothing lost."""

from __future__ import annotations

import pytest

from app.web.desk.presenters.act_bar import ActBar, act_bar
from app.web.desk.presenters.act_dialogs import ActButton


def laid_out(keys: str) -> tuple[str, str, str]:
    buttons = [ActButton(key, key, grave=key in ("withdraw", "stop")) for key in keys.split()]
    bar = act_bar(buttons)
    names = [" ".join(one.key for one in group) for group in (bar.near, bar.rest)]
    shown = [bar.next, *bar.near, *bar.rest] if bar.next else [*bar.near, *bar.rest]
    assert sorted(one.key for one in shown) == sorted(one.key for one in buttons)
    return (bar.next.key if bar.next else "", names[0], names[1])


@pytest.mark.parametrize(
    ("keys", "primary", "near", "rest"),
    [
        ("digitize forward pay exempt_fee withdraw link_child track correct", "digitize", "forward pay",
         "exempt_fee link_child track correct withdraw"),
        ("propose send_back assign consult ask_supplement pause correct", "propose", "send_back consult ask_supplement",
         "assign pause correct"),
        ("assign ask_supplement pause extend stop correct", "assign", "ask_supplement extend", "pause correct stop"),
        ("receive ask_at_intake refuse", "receive", "ask_at_intake refuse", ""),
        ("reissue correct", "", "reissue correct", ""),
        ("correct", "", "correct", ""),
        ("hand_over pay exempt_fee correct", "hand_over", "pay exempt_fee correct", ""),
    ],
)  # fmt: skip
def test_the_bar(keys: str, primary: str, near: str, rest: str) -> None:
    assert laid_out(keys) == (primary, near, rest)


def test_nothing_to_do_is_an_empty_bar() -> None:
    assert act_bar(()) == ActBar()
