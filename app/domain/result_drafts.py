"""What is proposed to be signed (dự thảo kết quả)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """What the officer proposes to sign. `content` are the lines of the result: label and value.

    `signer` is the name on the block of its page, empty where none is drawn.
    """

    kind: str  # approval, refusal, other
    title: str
    content: tuple[tuple[str, str], ...]
    note: str = ""
    signer: str = ""
