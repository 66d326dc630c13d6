"""What a linked system may ask (phạm vi của khóa kết nối)."""

from __future__ import annotations

from enum import StrEnum

from workflows.errors import N_, RuleBroken

PREFIX = "mck_"
PER_MINUTE = 60


class Scope(StrEnum):
    """One right of a key; a key without a right has none."""

    TRACKING = "tracking"
    CATALOGUE = "catalogue"
    FIGURES = "figures"
    STATUS = "status"


class ScopeUnknown(RuleBroken):
    """A key can only be given rights that exist, at least one."""

    code = "scope_unknown"
    sentence = N_("Phạm vi “{scope}” không có. Các phạm vi: tracking, catalogue, figures, status.")


class KeyNameTaken(RuleBroken):
    """An organisation's keys are told apart by their names."""

    code = "key_name_taken"
    sentence = N_("Đơn vị này đã có khóa tên “{name}”. Vui lòng đặt tên khác hoặc thu hồi khóa cũ.")


class KeyNotFound(RuleBroken):
    """No living key of that name."""

    code = "key_not_found"
    sentence = N_("Không có khóa nào còn hiệu lực tên “{name}” ở đơn vị này.")


def scopes_of(names: tuple[str, ...]) -> tuple[Scope, ...]:
    """Return the rights of these names. Raises ScopeUnknown for another one, or for none."""
    known = {scope.value for scope in Scope}
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        raise ScopeUnknown(where="scope", scope=wrong[0] if wrong else "")
    return tuple(scope for scope in Scope if scope.value in names)
