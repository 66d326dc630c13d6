"""Web and scheduler as siblings: started together, brought back, stopped cleanly; demo and real kept apart."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import home_folder
from app.cli.main import run
from app.cli.supervisor import Sibling, Supervisor
from app.settings import from_environment

PYTHON = sys.executable
SLEEP = (PYTHON, "-c", "import time; time.sleep(600)")
STUBBORN = (PYTHON, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)")


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    last = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > last:
            return False
        time.sleep(0.02)
    return True


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def keep():
    """Return a function that supervises siblings; all of them are stopped at the end of the test."""
    kept, said = [], []

    def start(*siblings: Sibling) -> tuple[Supervisor, list[str]]:
        supervisor = Supervisor(siblings, environment=os.environ, report=said.append)
        for sibling in siblings:
            supervisor.add(sibling)
        kept.append(supervisor)
        return supervisor, said

    yield start
    for supervisor in kept:
        supervisor.stop()


def test_a_dead_sibling_is_started_again_and_said_so(keep, monkeypatch):
    monkeypatch.setattr("app.cli.supervisor.FIRST_PAUSE_SECONDS", 0.05)
    sibling = Sibling("Trang web", SLEEP)
    supervisor, said = keep(sibling)
    first = sibling.process.pid
    os.kill(first, signal.SIGKILL)
    assert supervisor.run(until=lambda: bool(sibling.process and sibling.process.pid != first))
    assert "Trang web" in said[0]


def test_a_sibling_that_does_not_come_back_is_left_alone(keep):
    sibling = Sibling("Dữ liệu mẫu", (PYTHON, "-c", "raise SystemExit(3)"), comes_back=False)
    supervisor, said = keep(sibling)
    assert supervisor.run(until=lambda: sibling.process is None)
    assert said == ["Dữ liệu mẫu đã dừng với mã 3."]


def test_pauses_grow_so_that_a_broken_sibling_does_not_spin():
    sibling = Sibling("Trang web", SLEEP)
    pauses = []
    for sibling.deaths in range(1, 8):
        pauses.append(sibling.pause())
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_stop_ends_even_the_stubborn(keep, monkeypatch):
    monkeypatch.setattr("app.cli.supervisor.GRACE_SECONDS", 0.3)
    sibling = Sibling("Trang web", STUBBORN)
    supervisor, _ = keep(sibling)
    time.sleep(0.3)
    supervisor.stop()
    assert not alive(sibling.process.pid)


def test_a_child_ends_when_its_supervisor_was_killed(tmp_path: Path):
    pid_file = tmp_path / "pid"
    child = (
        "import os, sys, time; from app.cli.supervisor import end_with_parent; "
        f"end_with_parent(os.getppid()); open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    )
    parent = Sibling("parent", (PYTHON, "-c", f"import subprocess; subprocess.run([{PYTHON!r}, '-c', {child!r}])"))
    parent.start(os.environ)
    assert wait_for(lambda: pid_file.exists() and bool(pid_file.read_text()))
    parent.process.kill()
    parent.process.wait()
    assert wait_for(lambda: not alive(int(pid_file.read_text())))


def test_a_taken_port_is_refused_before_anything_starts(home, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run(["up", "--port", str(port)]) == 2
    assert f"Cổng {port}" in capsys.readouterr().err
    assert list(home.iterdir()) == []


def test_a_home_in_real_use_takes_no_demo_data(home):
    assert run(["db", "upgrade"]) == 0
    with pytest.raises(home_folder.HomeInRealUse):
        home_folder.claim(from_environment(demo=True))


def test_a_demo_home_is_not_opened_as_a_real_one(home):
    home_folder.claim(from_environment(demo=True))
    with pytest.raises(home_folder.HomeIsDemo):
        home_folder.claim(from_environment(demo=False))
    home_folder.claim(from_environment(demo=True))


def test_a_demo_is_prepared_once_for_each_seed(home, tmp_path, monkeypatch):
    settings = from_environment(demo=True)
    home_folder.claim(settings)
    assert not home_folder.demo_is_ready(settings)
    home_folder.note_demo_ready(settings)
    assert home_folder.demo_is_ready(settings)
    (tmp_path / "units.toml").write_text("changed", "utf-8")
    monkeypatch.setattr(home_folder, "SEED", tmp_path)
    assert not home_folder.demo_is_ready(settings)


def test_two_commands_at_once_migrate_an_empty_home_once(home):
    # Two processes, as in life: Alembic keeps its context in a module and is not made for two threads.
    upgrade = [PYTHON, "-m", "app.cli", "db", "upgrade", "--json"]
    running = [subprocess.Popen(upgrade, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [json.loads(process.communicate(timeout=120)[0]) for process in running]
    assert [answer["before"] for answer in answers].count(None) == 1
    assert len({answer["after"] for answer in answers}) == 1


def test_doctor_names_what_is_missing_and_its_next_step(home, capsys):
    assert run(["doctor", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["ok"] is True
    assert all(check["status"] == "ok" or check["next_step"] for check in document["checks"])


def test_doctor_says_no_when_keys_can_be_read_by_others(home, capsys):
    assert run(["keys", "rotate"]) == 0
    (home / "keys" / "vault.json").chmod(0o644)
    capsys.readouterr()
    assert run(["doctor", "--json"]) == 1
    broken = [one for one in json.loads(capsys.readouterr().out)["checks"] if one["status"] == "broken"]
    assert [one["name"] for one in broken] == ["Khóa"]
    assert "chmod 600" in broken[0]["next_step"]
