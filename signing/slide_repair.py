"""A repair of pyHanko's past validation: its control time never begins after a certificate of the path ended.

EN 319 102-1 (5.6.2.2) slides the control time back to where revocation data is still fresh. With a list that
stays fresh for long, the time then stays after the end of a timestamp authority's certificate, and an archive
that was renewed in time is called INDETERMINATE. To begin at that end is safe: everything else (proofs of
existence, revocation, algorithms) is still asked for as of the control time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pyhanko_certvalidator.ltv import ades_past
from pyhanko_certvalidator.ltv.time_slide import time_slide


def repair() -> None:
    """Put the clamped slide in place; a second call changes nothing."""
    vars(ades_past)["time_slide"] = slide


async def slide(path: Any, init_control_time: datetime, **rest: Any) -> datetime:
    """Return the library's control time, slid from the end of the path's shortest certificate at the latest."""
    ends = [certificate.not_valid_after for certificate in path.iter_certs(include_root=False)]
    moment: datetime = await time_slide(path, init_control_time=min([init_control_time, *ends]), **rest)
    return moment
