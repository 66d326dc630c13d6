"""`motcua bench import`: an import that fails says why, whatever it left on its two streams."""

from __future__ import annotations

import json

import pytest

from app.bench import importing


def test_what_the_command_answered_is_taken() -> None:
    assert importing._answer(0, json.dumps({"imported": 3}), "") == {"imported": 3}


@pytest.mark.parametrize(
    ("code", "out", "told", "reason"),
    [
        (2, json.dumps({"error": {"code": "refused", "message": "tệp rỗng"}}), "", "tệp rỗng"),
        (1, "", "Traceback\nIntegrityError: UNIQUE constraint failed", "UNIQUE constraint failed"),
        (-9, "", "", "không nói gì"),
    ],
)
def test_a_broken_import_says_why(code: int, out: str, told: str, reason: str) -> None:
    with pytest.raises(importing.ImportBroke, match=reason):
        importing._answer(code, out, told)
