"""Which acts stand in the open and which wait under “Việc khác” (thanh thao tác): one next, three near, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.web.desk.presenters.act_dialogs import ActButton

NEAR = 3
# Seldom, or not a step forward: never the one primary button, and under the menu where there is much else.
_SELDOM = frozenset(
    {
        *("exempt_fee", "ask_payment", "pause", "withdraw", "stop"),
        *("link_child", "track", "replace_receipt", "reissue", "correct"),
    }
)
# What a working day asks for, the most frequent first.
_OFTEN = (
    *("decide_correction", "competent_receive", "digitize", "sign", "issue", "hand_over"),
    *("forward", "take_supplement", "pay", "send_back", "ask_supplement", "ask_at_intake", "refuse"),
    *("consult", "answer", "extend", "assign", "resume", "tell_early"),
)


@dataclass(frozen=True, slots=True)
class ActBar:
    """The acts as the page lays them out; `rest` is under the menu, grave ones last."""

    next: ActButton | None = None
    near: tuple[ActButton, ...] = ()
    rest: tuple[ActButton, ...] = ()


def act_bar(buttons: Sequence[ActButton]) -> ActBar:
    """Return `buttons` laid out; few enough stand all in the open, so that nobody opens a menu for two."""
    first = buttons[0] if buttons and buttons[0].key not in _SELDOM else None
    others = [button for button in buttons if button is not first]
    if len(others) <= NEAR:
        return ActBar(first, tuple(others))
    often = sorted((one for one in others if one.key not in _SELDOM), key=_place)[:NEAR]
    near = tuple(one for one in others if one in often)
    rest = sorted((one for one in others if one not in often), key=lambda one: one.grave)
    return ActBar(first, near, tuple(rest))


def _place(button: ActButton) -> int:
    return _OFTEN.index(button.key) if button.key in _OFTEN else len(_OFTEN)
