"""`motcua serve` and `motcua scheduler`: one door each, in a process of its own."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import Final

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app.cli import common, home_folder
from app.cli.supervisor import end_with_parent

BACKLOG: Final = 512


@click.command()
@click.option("--host", help="Address to listen on (MOTCUA_HOST).")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on (MOTCUA_PORT).")
@click.option("--workers", type=click.IntRange(1, 64), help="Worker processes (MOTCUA_WORKERS).")
@click.option("--parent", type=int, hidden=True, help="End when this process is gone.")
def serve(host: str | None, port: int | None, workers: int | None, parent: int | None) -> None:
    """Serve the web pages and the API until stopped."""
    settings = common.settings(host=host, port=port, workers=workers)
    home_folder.prepare(settings)
    # The workers read the environment again: what was said on the command line goes there.
    os.environ |= {"MOTCUA_HOST": settings.host, "MOTCUA_PORT": str(settings.port)}
    if parent:
        end_with_parent(parent)
    Granian(
        "app.factory:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=settings.threads,
        backlog=BACKLOG,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_level=LogLevels.warning,
    ).serve()


@click.command()
@click.option("--once", is_flag=True, help="Carry out what is due now, then end.")
@click.option("--at", type=common.Instant(), help="Act as if it were this time: demo and test homes only.")
@click.option("--parent", type=int, hidden=True, help="End when this process is gone.")
def scheduler(*, once: bool, at: datetime | None, parent: int | None) -> None:
    """Run the sweeps and the background jobs until stopped."""
    home_folder.prepare(common.settings())
    arguments = [sys.executable, "-m", "app.scheduler"]
    arguments += ["--once"] if once else []
    arguments += ["--at", at.isoformat()] if at else []
    arguments += ["--parent", str(parent)] if parent else []
    # Doors do not import each other: this process becomes the scheduler.
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter, no shell
