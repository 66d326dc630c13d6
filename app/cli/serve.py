"""`motcua serve` and `motcua scheduler`: one door each, in a process of its own."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import click

from app.cli import common, home_folder, web_server


@click.command()
@click.option("--host", help="Address to listen on (MOTCUA_HOST).")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on (MOTCUA_PORT).")
@click.option("--workers", type=click.IntRange(1, 64), help="Worker processes (MOTCUA_WORKERS).")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the web pages and the API until stopped."""
    settings = common.settings(host=host, port=port, workers=workers)
    home_folder.prepare(settings)
    # The workers read the environment again: what was said on the command line goes there.
    os.environ |= {"MOTCUA_HOST": settings.host, "MOTCUA_PORT": str(settings.port)}
    web_server.serve(settings.host, settings.port, settings.workers, settings.threads)


@click.command()
@click.option("--once", is_flag=True, help="Carry out what is due now, then end.")
@click.option("--at", type=common.Instant(), help="Act as if it were this time: demo and test homes only.")
def scheduler(*, once: bool, at: datetime | None) -> None:
    """Run the sweeps and the background jobs until stopped."""
    home_folder.prepare(common.settings())
    arguments = [sys.executable, "-m", "app.scheduler"]
    arguments += ["--once"] if once else []
    arguments += ["--at", at.isoformat()] if at else []
    # Doors do not import each other: this process becomes the scheduler.
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter, no shell
