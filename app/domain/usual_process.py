"""The shortest usual internal process (quy trình nội bộ thường dùng), until an authority states its own."""

from __future__ import annotations

SHORTEST_STEP = 5  # minutes
# name, role, percent of the limit
_STEPS = (
    ("Tiếp nhận, số hóa, chuyển xử lý", "clerk", 8),
    ("Thẩm tra, dự thảo kết quả", "officer", 60),
    ("Ký kết quả", "leader", 20),
    ("Cấp số, đóng dấu, chuyển quầy trả", "records", 10),
)


def usual_steps(minutes: int) -> tuple[dict[str, object], ...]:
    """Return the steps within `minutes` of working time, as the columns that a procedure's step is kept in."""
    return tuple(
        {
            "ordinal": ordinal,
            "name": name,
            "role": role,
            "unit_key": "",
            "minutes": max(SHORTEST_STEP, minutes * share // 100),
        }
        for ordinal, (name, role, share) in enumerate(_STEPS, start=1)
    )
