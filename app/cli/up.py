"""`motcua up`: web and scheduler as sibling processes, and with --demo an invented house to look at."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from typing import Final

import click

from app.cli import common, home_folder
from app.cli.ready import is_ready
from app.cli.supervisor import Sibling, Supervisor
from app.settings import Settings
from workflows.errors import N_, RuleBroken

MOTCUA: Final = (sys.executable, "-m", "app.cli")
READY_WITHIN_SECONDS: Final = 60.0
ASK_EVERY_SECONDS: Final = 0.25


class PortTaken(RuleBroken):
    """Another program listens where the web should."""

    code = "port_taken"
    sentence = N_(
        "Cổng {port} trên {host} đang có chương trình khác dùng. "
        "Hãy dừng chương trình đó, hoặc chọn cổng khác: motcua up --port 8001 (make run: MOTCUA_PORT=8001)."
    )


class DemoFailed(RuleBroken):
    """The demo house could not be prepared; the reason stands above."""

    code = "demo_failed"
    sentence = N_("Không chuẩn bị được dữ liệu mẫu; nguyên nhân ở ngay trên. Chạy: motcua doctor")


@click.command()
@click.option("--demo", is_flag=True, help="A demo commune and department with invented dossiers.")
@click.option("--host", help="Address to listen on (MOTCUA_HOST).")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on (MOTCUA_PORT).")
@click.option("--workers", type=click.IntRange(1, 64), help="Web worker processes (MOTCUA_WORKERS).")
def up(*, demo: bool, host: str | None, port: int | None, workers: int | None) -> None:
    """Run web and scheduler until Ctrl-C; a sibling that dies is started again."""
    settings = common.settings(demo=demo or None, host=host, port=port, workers=workers)
    _refuse_taken_port(settings)
    home_folder.claim(settings)
    home_folder.prepare(settings)
    environment = _environment(settings)
    supervisor = Supervisor([_web(settings)], environment=environment, report=common.tell)
    supervisor.start()
    try:
        # Beside the web, which takes as long to load: both are ready at about the same time.
        if settings.demo and not home_folder.demo_is_ready(settings):
            _prepare_demo(environment)
            home_folder.note_demo_ready(settings)
        _welcome(settings, supervisor, environment)
        # Not before: somebody waits for the web, nobody for the scheduler, and both are slow to load.
        supervisor.add(_scheduler())
        supervisor.run()
    finally:
        supervisor.stop()
    common.tell("Đã dừng.")


def _web(settings: Settings) -> Sibling:
    """Return the web server alone: `motcua serve` would look at the home once more before it becomes that."""
    command = [sys.executable, "-m", "app.cli.web_server", "--host", settings.host, "--parent", str(os.getpid())]
    for name in ("port", "workers", "threads"):
        command += [f"--{name}", str(getattr(settings, name))]
    return Sibling("Trang web", command)


def _scheduler() -> Sibling:
    """Return the scheduler at once: `motcua scheduler` would only look at the home again and become it."""
    return Sibling("Bộ hẹn giờ", (sys.executable, "-m", "app.scheduler", "--parent", str(os.getpid())))


def _environment(settings: Settings) -> dict[str, str]:
    """Return what the siblings start with: our environment, and what was said on the command line."""
    return dict(os.environ) | {
        "MOTCUA_HOME": str(settings.home),
        "MOTCUA_HOST": settings.host,
        "MOTCUA_PORT": str(settings.port),
        "MOTCUA_WORKERS": str(settings.workers),
        "MOTCUA_DEMO": "1" if settings.demo else "0",
    }


def _prepare_demo(environment: dict[str, str]) -> None:
    if subprocess.run([*MOTCUA, "demo", "prepare"], env=environment, check=False).returncode:
        raise DemoFailed


def _welcome(settings: Settings, supervisor: Supervisor, environment: dict[str, str]) -> None:
    """Wait until the web answers, then say where it is; the demo's dossiers are filled in beside it."""
    last = time.monotonic() + READY_WITHIN_SECONDS
    if not supervisor.run(until=lambda: _answers(settings) or time.monotonic() > last):
        return
    if not _answers(settings):
        common.tell(f"Trang web chưa trả lời sau {READY_WITHIN_SECONDS:.0f} giây; nguyên nhân ở các dòng trên.")
        return
    click.echo(f"\n  Một cửa: {settings.external_url}\n")
    if settings.demo:
        click.echo(f"  Cán bộ đăng nhập: {settings.external_url}/dang-nhap\n")
        subprocess.run([*MOTCUA, "demo", "accounts"], env=environment, check=False)
        supervisor.add(Sibling("Dữ liệu mẫu", (*MOTCUA, "demo", "fill"), comes_back=False))
    else:
        subprocess.run([*MOTCUA, "first-run"], env=environment, check=False)
    click.echo("  Dừng: Ctrl-C\n")


def _answers(settings: Settings) -> bool:
    time.sleep(ASK_EVERY_SECONDS)
    return is_ready(_own_address(settings), settings.port)


def _own_address(settings: Settings) -> str:
    return "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 - compared, not bound


def _refuse_taken_port(settings: Settings) -> None:
    """Raise PortTaken before anything is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as wrong:
            raise PortTaken(where="MOTCUA_PORT", host=settings.host, port=settings.port) from wrong
