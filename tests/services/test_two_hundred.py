"""Two hundred results under one PIN: one failure named, the rest really signed, and the count seen growing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.adapters.trust import trust_of
from app.db.models import Event, Result, StoredFile
from app.seed.house import PIN
from app.services import signatures, signers, signing_batches
from app.services.signatures import ToSign
from signing import Verdict, verify
from tests.services.test_signing_batches import opened, seen, waiting
from tests.support.seeded import Desk

LONG = (pytest.mark.long, pytest.mark.timeout(1800))


@pytest.mark.parametrize("size", [4, pytest.param(signing_batches.MOST, marks=LONG)])
def test_a_batch_of(size: int, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    leader = desk.staff("leader")
    chosen = [waiting(desk) for _ in range(size)]
    swapped = size // 2
    batch_id = opened(desk, [*chosen[:swapped], replace(chosen[swapped], digest="0" * 64), *chosen[swapped + 1 :]])
    whole, grew = signatures.sign, []

    def watched(*arguments, **named):
        grew.append(seen(desk, batch_id).signed)
        return whole(*arguments, **named)

    monkeypatch.setattr(signatures, "sign", watched)
    signer = signers.personal_signer(desk.house, leader, PIN, signatures=size)
    signing_batches.carry_out(desk.house, leader, batch_id, signer, now=desk.clock.now)
    done = seen(desk, batch_id)
    assert (done.signed, done.waiting, [one.number for one in done.failures]) == (size - 1, 0, [chosen[swapped].number])
    assert grew == list(range(size - 1))
    assert verdicts(desk, chosen) == [Verdict.INDETERMINATE if n == swapped else Verdict.PASSED for n in range(size)]
    with desk.house.reading() as session:
        told = session.scalars(select(Event.subject_id).where(Event.kind == "dossier:signed")).all()
    assert len(told) == len(set(told)) == size - 1


def verdicts(desk: Desk, chosen: list[ToSign]) -> list[Verdict]:
    trust = trust_of(desk.house.settings.home)
    files = select(StoredFile).join(Result, Result.file_id == StoredFile.id)
    with desk.house.reading() as session:
        kept = [session.scalars(files.where(Result.id == one.result_id)).one() for one in chosen]
    contents = (desk.house.files.get(one.storage_id, one.key_sealed) for one in kept)
    return [verify(content, trust, at=desk.clock.now()).verdict for content in contents]
