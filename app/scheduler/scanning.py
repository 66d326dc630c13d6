"""Binding scans in the background (ghép bản quét trong nền): originals out of the store, one PDF/A into it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.adapters.scanning.run import Source, digitize, split
from app.queries.accounts import staff_of
from app.scheduler.refused import JobRefused
from app.services import batches, scanning
from app.services.batches import SplitPage
from app.services.scanning import ToBind
from app.services.values import NewFile
from app.wiring import House
from workflows.errors import RuleBroken

PDF, JPEG = "application/pdf", "image/jpeg"


def bind(house: House, arguments: Mapping[str, Any], progress: Callable[[int], None]) -> None:
    """Bind the originals of a scan; a second run of the same job finds it done and does nothing."""
    scan_id = arguments["scan_id"]
    with house.unit_of_work() as uow:
        wanted = scanning.to_bind(uow, scan_id)
    if wanted is None:
        return
    try:
        _bind(house, scan_id, wanted, progress)
    except RuleBroken as refused:
        raise JobRefused(str(refused)) from refused


def _bind(house: House, scan_id: int, wanted: ToBind, progress: Callable[[int], None]) -> None:
    with house.reading() as session:
        staff = staff_of(session, wanted.user_id, house.clock.now())
    if staff is None:
        raise JobRefused("Tài khoản yêu cầu đã bị khóa")
    sources = [Source(one.name, house.files.get(one.storage_id, one.key_sealed), one.turned) for one in wanted.sources]
    with tempfile.TemporaryDirectory(prefix="motcua-bind-") as folder:
        output = Path(folder) / "scan.pdf"
        found = digitize(sources, output, least_dpi=wanted.least_dpi, title=wanted.paper, progress=progress)
        kept = house.files.put(output.read_bytes())
    file = NewFile(kept, PDF, found.pages, f"{wanted.paper[:100]}.pdf", origin="scanned")
    with house.unit_of_work() as uow:
        scanning.bound(uow, staff, scan_id, file, found, house.clock.now())


def split_batch(house: House, arguments: Mapping[str, Any], progress: Callable[[int], None]) -> None:
    """Cut the files of a batch into pages. A file that cannot be opened is named; the others are cut all the same."""
    batch_id = arguments["batch_id"]
    with house.unit_of_work() as uow:
        originals = batches.to_split(uow, batch_id)
    pages: list[SplitPage] = []
    problems: dict[int, str] = {}
    for place, original in enumerate(originals):
        content = house.files.get(original.storage_id, original.key_sealed)
        try:
            for page, picture, share in split(Source(original.name, content)):
                file = NewFile(house.files.put(picture), JPEG, 1, f"{place}-{page.page}.jpg", origin="scanned")
                pages.append(SplitPage(original.original_id, page, file))
                progress(round(99 * (place + share) / len(originals)))
        except RuleBroken as refused:
            problems[original.original_id] = str(refused)
    if originals:
        with house.unit_of_work() as uow:
            batches.was_split(uow, batch_id, pages, problems, house.clock.now())
