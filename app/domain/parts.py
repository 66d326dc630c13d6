"""Four units of one dossier (bốn đơn vị của hồ sơ phi địa giới): who helps, receives, settles and returns.

Received regardless of boundary (NĐ 118/2025 art. 14 and 17.3 as amended by 309/2026), a dossier belongs to several
authorities, each with its part: what they may do here, what they see in `app.queries.dossier_parts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflows.states import Action, ActorKind


class Part(StrEnum):
    """What an authority is to a dossier."""

    ASSISTING = "assisting"  # nơi hỗ trợ nộp
    RECEIVING = "receiving"  # nơi tiếp nhận
    SETTLING = "settling"  # cơ quan có thẩm quyền giải quyết
    RETURNING = "returning"  # nơi trả kết quả


@dataclass(frozen=True, slots=True)
class Places:
    """The authorities of one dossier, by id."""

    assisting: int
    receiving: int
    settling: int
    returning: int

    def parts_of(self, *unit_ids: int) -> frozenset[Part]:
        """Return what an authority (its root and a unit of it) is to the dossier; nothing where it was only asked."""
        places = (
            (Part.ASSISTING, self.assisting),
            (Part.RECEIVING, self.receiving),
            (Part.SETTLING, self.settling),
            (Part.RETURNING, self.returning),
        )
        return frozenset(part for part, unit_id in places if unit_id in unit_ids)


_OFFICE = frozenset({ActorKind.OFFICER, ActorKind.LEADER, ActorKind.RECORDS})


def is_ours(action: Action, kind: ActorKind, parts: frozenset[Part]) -> bool:
    """Tell whether an act in this capacity is among the parts of the person's authority."""
    if action is Action.COMPETENT_RECEIVE or kind in _OFFICE:
        return Part.SETTLING in parts
    if action is Action.RETURN_RESULT or kind is ActorKind.CASHIER:
        return bool(parts & {Part.RETURNING, Part.RECEIVING})
    return Part.RECEIVING in parts
