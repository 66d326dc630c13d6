"""`python -m app.scheduler`: what `motcua scheduler` becomes, after the home has been prepared."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from app import settings as app_settings
from app.logging import configure
from app.scheduler.process import serve
from app.scheduler.ticks import run_once
from app.wiring import build_house
from workflows.calendar import VIETNAM
from workflows.errors import N_, RuleBroken

REFUSED = 2
FAILED = 1


class TimeNotOurs(RuleBroken):
    """A simulated time was asked for in a house that is really in use."""

    code = "time_not_ours"
    sentence = N_("--at chỉ dùng cho nhà mẫu và nhà thử (MOTCUA_DEMO=1); ở nhà dùng thật hãy bỏ --at.")


def main(arguments: list[str] | None = None) -> int:
    """Run the scheduler, or one tick of it; return the exit code: 0 done, 1 a sweep failed, 2 refused."""
    asked = _parser().parse_args(arguments)
    settings = app_settings.from_environment()
    configure(settings.log_format)
    if asked.at and not settings.demo:
        sys.stderr.write(f"{TimeNotOurs()}\n")
        return REFUSED
    house = build_house(settings)
    try:
        if asked.once or asked.at:
            done = run_once(house, asked.at or house.clock.now())
            return FAILED if any(count < 0 for count in done.values()) else 0
        serve(house, parent=asked.parent)
    finally:
        house.engine.dispose()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua scheduler")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--at", type=_instant)
    parser.add_argument("--parent", type=int)
    return parser


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.utcoffset() is not None else at.replace(tzinfo=VIETNAM)


if __name__ == "__main__":
    sys.exit(main())
