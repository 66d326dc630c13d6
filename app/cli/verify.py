"""`motcua verify`: is this PDF what it says? Judged in a process with walls; no house and no database is opened."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.adapters.trust import trust_in, trust_of
from app.adapters.verifying.verifier import verify_alone
from app.cli import common
from app.clock import SystemClock
from signing import FileVerdict, Revocation, SignatureVerdict, Verdict
from signing.verdicts import TOO_HEAVY
from workflows.calendar import VIETNAM

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_HIDDEN = frozenset({"field_name", "test_certificate", "certificate_sha256"})
_LARGEST = 100 * 1024 * 1024
_SECONDS = 1.8
"""For the file itself: with the start of the command it stays within three."""
_CHANGES = {
    "signature": "thêm chữ ký",
    "timestamp": "thêm dấu thời gian",
    "evidence": "thêm bằng chứng kiểm tra",
    "content": "NỘI DUNG BỊ SỬA",
}


@click.command()
@click.argument("file", type=_FILE)
@click.option("--trust", "trust_folder", type=_FOLDER, help="Folder of roots and lists (default: HOME/trust).")
@click.option("--at", type=common.Instant(), help="Seen at this instant (default: now).")
@click.option("--revocation", type=click.Choice([r.value for r in Revocation]), default=Revocation.HARD.value)
@common.json_option
def verify(*, file: Path, trust_folder: Path | None, at: datetime | None, revocation: str) -> None:
    """Verify the signatures of a PDF; exit 1 for any verdict but TOTAL-PASSED."""
    trust = trust_in(trust_folder) if trust_folder else trust_of(common.settings().home)
    for name in trust.unread:
        common.tell(f"Bỏ qua {name}: không phải chứng thư hay danh sách thu hồi.")
    if file.stat().st_size > _LARGEST:
        verdict = FileVerdict(Verdict.INDETERMINATE, TOO_HEAVY)
    else:
        seen, content = at or SystemClock().now(), file.read_bytes()
        verdict = verify_alone(content, trust, at=seen, revocation=Revocation(revocation), seconds=_SECONDS)
    common.answer(document_of(verdict), _lines(verdict))
    if verdict.verdict is not Verdict.PASSED:
        common.negative()


def document_of(verdict: FileVerdict) -> dict[str, Any]:
    """Return the answer in the shape of docs/schemas/verify.schema.json; instants are still instants."""
    return {
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "signatures": [_signature(one) for one in verdict.signatures],
    }


def _signature(one: SignatureVerdict) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name not in _HIDDEN}


def _lines(verdict: FileVerdict) -> list[str]:
    lines = [f"{verdict.verdict}: {verdict.reason}"]
    for one in verdict.signatures:
        claimed = one.signed_at.astimezone(VIETNAM).isoformat() if one.signed_at else "không ghi giờ"
        proven = one.timestamp.astimezone(VIETNAM).isoformat() if one.timestamp else "không có"
        lines += [f"- {one.signer}: {one.verdict}", f"  {one.reason}", f"  Ký lúc {claimed}; dấu thời gian: {proven}"]
        if one.revisions:
            lines.append(f"  Ký cho lần lưu {one.revision}/{one.revisions}; sau đó: {_after(one)}")
        if one.chain:
            lines.append("  Chứng thư: " + " ← ".join(one.chain))
    return lines


def _after(one: SignatureVerdict) -> str:
    return ", ".join(_CHANGES[change.value] for change in one.changes) or "không thêm gì"
