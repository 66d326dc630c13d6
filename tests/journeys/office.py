"""What colleagues did before a journey begins, through the real services: dossiers at each place of their way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from app.domain.result_drafts import ResultDraft
from app.queries.printing_result import result_document
from app.seed.house import PIN
from app.services import payments, processing, results, signatures
from app.services.values import NewFile
from tests.support.seeded import Desk

DRAFT = ResultDraft("approval", "Giấy xác nhận tình trạng hôn nhân", (("Ông (Bà)", "Người Mẫu"),))


def aside(work: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Return what `work` returns, done in a thread: signing runs an event loop, and so does the browser in ours."""
    with ThreadPoolExecutor(1) as hand:
        return hand.submit(work, *args, **named).result()


def handed_over(desk: Desk) -> str:
    """Return the code of a dossier that the officer has on the table."""
    code = desk.receive().code
    desk.digitize(code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), code, desk.version(code), at=desk.clock.now())
    return code


def proposed(desk: Desk) -> tuple[str, int]:
    """Return code and result of a dossier that waits for the leader's signature."""
    code, officer = handed_over(desk), desk.staff("officer")
    with desk.house.reading() as session:
        form = result_document(session, desk.house.vault, officer, code, DRAFT, base_url="http://127.0.0.1:8000")
    file = NewFile(desk.house.files.put(desk.house.pdf.render(form)), "application/pdf", 1, "kq.pdf", "generated")
    with desk.house.unit_of_work() as uow:
        made = results.propose_result(uow, officer, code, desk.version(code), DRAFT, file=file, at=desk.clock.now())
    return code, made


def signed(desk: Desk) -> tuple[str, int]:
    """Return code and result of a dossier that the leader signed."""
    code, result_id = proposed(desk)
    chosen = signatures.ToSign(code, desk.version(code), result_id)
    leader, at = desk.staff("leader"), desk.clock.now()
    [outcome] = aside(signatures.sign_results, desk.house, leader, [chosen], PIN, at)
    assert outcome.ok, outcome.reason
    return code, result_id


def finished(desk: Desk) -> str:
    """Return the code of a dossier whose sealed result waits at the desk, the fee paid."""
    code, result_id = signed(desk)
    chosen = signatures.ToSign(code, desk.version(code), result_id)
    aside(signatures.seal_result, desk.house, desk.staff("records"), chosen, PIN, desk.clock.now())
    with desk.house.unit_of_work() as uow:
        payments.pay(
            uow, desk.staff("clerk"), code, desk.version(code), amount_vnd=15_000, method="cash", at=desk.clock.now()
        )
    return code
