"""Broken rules of the core (lỗi quy tắc): facts for the log, a sentence with a way on for the person."""

from __future__ import annotations

from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a sentence for the message catalogue; the core itself translates nothing."""
    return message


class RuleBroken(Exception):  # noqa: N818 - says what happened, in the field's words
    """A rule of the house or of the law was about to be broken; nothing has been changed.

    `code` is stable and for machines; `sentence` is Vietnamese with {placeholders} and is also the msgid
    of its translation; `facts` fill the placeholders; `where` names the field or place to mend, if any.
    """

    code: ClassVar[str] = "rule_broken"
    sentence: ClassVar[str] = N_("Thao tác không hợp lệ.")

    def __init__(self, *, where: str | None = None, **facts: object) -> None:
        super().__init__(where, facts)
        self.where = where
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence.format_map(self.facts)


class TransitionNotAllowed(RuleBroken):
    """The pair of state and action is not in the table for this kind of actor."""

    code = "transition_not_allowed"
    sentence = N_(
        "Hồ sơ đang ở trạng thái “{state}” nên {actor} không thực hiện được thao tác “{action}”. "
        "Vui lòng tải lại hồ sơ để xem các thao tác hiện có."
    )


class RequirementNotMet(RuleBroken):
    """An action was tried before what it needs was done; `missing` holds the Requirement members.

    The facts carry the same requirements in Vietnamese words.
    """

    code = "requirement_not_met"
    sentence = N_("Chưa thực hiện được “{action}”: {missing}. Vui lòng hoàn tất rồi thực hiện lại.")
