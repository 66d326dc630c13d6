"""The web server itself (máy chủ web): granian over `app.factory`, and nothing else loaded beside it.

`motcua serve` ends in it. `motcua up`, which has looked after the home already, starts it as a process: the keeper of
the workers has no use for the house, and whoever starts the demo again waits for everything that is loaded in a row.
"""

from __future__ import annotations

import argparse
from typing import Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app.cli.supervisor import end_with_parent

BACKLOG: Final = 512


def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the web pages and the API until stopped; the workers read their settings from the environment."""
    Granian(
        "app.factory:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=threads,
        backlog=BACKLOG,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_level=LogLevels.warning,
    ).serve()


def main() -> None:
    """Serve as the command line says, until the parent is gone."""
    parser = argparse.ArgumentParser(prog="motcua serve")
    parser.add_argument("--host", required=True)
    for name in ("--port", "--workers", "--threads", "--parent"):
        parser.add_argument(name, type=int, required=True)
    asked = parser.parse_args()
    end_with_parent(asked.parent)
    serve(asked.host, asked.port, asked.workers, asked.threads)


if __name__ == "__main__":
    main()
