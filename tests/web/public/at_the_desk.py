"""What the desk does to a dossier while a citizen waits, through the real services."""

from __future__ import annotations

from app.services import processing, waiting
from app.services.values import Received, SupplementAsk
from tests.support.seeded import Desk

ASKED = SupplementAsk(("Bản sao giấy khai sinh",), "Để xác định nơi sinh")


def ask_for_papers(desk: Desk, received: Received) -> None:
    """Digitize, hand over, and ask the applicant once for more papers (Mẫu 02)."""
    code, at = received.code, desk.clock.now()
    desk.digitize(code)
    with desk.house.unit_of_work() as uow:
        processing.forward(uow, desk.staff("clerk"), code, desk.version(code), at=at)
    with desk.house.unit_of_work() as uow:
        waiting.ask_supplement(uow, desk.staff("officer"), code, desk.version(code), ASKED, at=at)
