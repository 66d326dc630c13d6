"""A real day at the desk over HTTP (một ngày ở quầy): its mix received in one run, beside scheduler and report.

Six of ten are certified copies, a quarter comes to the desk, the rest waits online. Each request is timed as a
browser would see it, from the first byte sent to the last one read, on a connection that stays open.
"""

from __future__ import annotations

import html
import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from werkzeug.serving import WSGIRequestHandler, make_server

from app.bench.rooms import house_at
from app.bench.timing import Measure, percentile
from app.domain.channels import Channel
from app.factory import create_app
from app.queries.demo import component_rows
from app.seed.demo_people import person
from app.seed.house import PASSWORD
from app.services import submission
from app.services.values import ComponentData, Filing
from app.wiring import House

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

GRID = "/mot-cua/chung-thuc"
RECEIVE = "/mot-cua/tiep-nhan"
ONLINE = "2.000635"
_SHARES = {"certified": 60, "desk": 25, "online": 15}
_HIDDEN = re.compile(r'name="(csrf_token|token|version)" value="([^"]*)"')
_PAPER_FIELD = re.compile(r'<input\b[^>]*name="(c\d+-(?:have|originals|copies)|papers_of)"[^>]*>')
_WRONG = re.compile(r'class="mc-error[^>]*>(.*?)</(?:p|div)>', re.DOTALL)
_VALUE = re.compile(r'value="([^"]*)"')
_USUAL = {
    "id_kind": "cccd", "checked_card": "y", "acts_for": "self", "procedure": "tthn", "own-purpose": "Đăng ký kết hôn",
    "delivery": "desk", "channel": "1", "paid_by": "cash",
}  # fmt: skip


@dataclass
class Browser:
    """One browser of the clerk: keeps its cookies and its connection, and times every request."""

    port: int
    worked: list[float]  # the server's processor time, one entry a request
    spent: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str, *, of: str) -> str:
        """Open a page and return its text."""
        return self._ask("GET", path, None, of=of)[1]

    def post(self, path: str, fields: dict[str, str], *, of: str) -> str:
        """Send a form and return where the answer leads. Raises AssertionError unless it was taken."""
        status, answer = self._ask("POST", path, urlencode(fields), of=of)
        assert status == http.HTTPStatus.SEE_OTHER, f"{path}: {status} {_WRONG.findall(answer)}"  # noqa: S101 - a measure of refusals would say nothing
        return answer

    def reckon(self, path: str, fields: dict[str, str]) -> str:
        """Send a form that comes back reckoned anew, and return it."""
        return self._ask("POST", path, urlencode(fields), of="tính lại")[1]

    def _ask(self, method: str, path: str, body: str | None, *, of: str) -> tuple[int, str]:
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.line.request(method, path, body, heads)
        answer = self.line.getresponse()
        text = answer.read().decode(errors="replace")
        wall = (time.perf_counter() - begun) * 1000
        self.spent.setdefault(of, []).append((wall, self.worked[-1]))
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", text)


def measures(dossiers: int) -> Iterator[Measure]:
    """Yield the p95 of each kind of request of the day, and of all of them together."""
    worked: list[float] = []
    with house_at() as house, _served(house, worked) as port:
        waiting = _file_online(house, dossiers * _SHARES["online"] // 100)
        browser = Browser(port, worked)
        _sign_in(browser)
        begun = time.perf_counter()
        with _beside(house) as turns:
            _work(browser, dossiers, waiting)
        seconds = time.perf_counter() - begun
    every = [one for spent in browser.spent.values() for one in spent]
    for of, spent in {**browser.spent, f"mọi yêu cầu ({len(every)})": every}.items():
        wall, cpu = zip(*spent, strict=True)
        yield Measure(f"{of}, p95", percentile(wall, 0.95), "ms", "CPU, p95", percentile(cpu, 0.95), "≤ 300 ms")
    yield Measure(f"{dossiers} hồ sơ trong một lượt", seconds, "giây", "lượt chạy bên cạnh", turns[0], "–")


def _work(browser: Browser, dossiers: int, waiting: list[str]) -> None:
    dice = Random(20261122)
    desk = dossiers * _SHARES["desk"] // 100
    day = ["certified"] * (dossiers - desk - len(waiting)) + ["desk"] * desk + waiting
    dice.shuffle(day)
    for turn, what in enumerate(day):
        if what == "certified":
            _certify(browser, dice, turn)
        elif what == "desk":
            _receive(browser, dice, turn)
        else:
            _take_online(browser, what)


def _certify(browser: Browser, dice: Random, turn: int) -> None:
    page = browser.get(GRID, of="mở lưới chứng thực")
    papers = dice.choice((1, 1, 1, 2, 3))
    fields = {**dict(_HIDDEN.findall(page)), "kind": "copy", "rows": "4", "name": person(dice).name, "signer": "1",
              "paid_by": "cash", "act": "number", "token": f"day-{turn}"}  # fmt: skip
    for place in range(1, papers + 1):
        fields |= {f"title-{place}": dice.choice(("btn", "hb", "ks", "cc")), f"pages-{place}": "2"}
        fields |= {f"copies-{place}": str(dice.choice((1, 3, 10)))}
    browser.get(browser.post(GRID, fields, of="cấp số, thu phí"), of="khay sau khi cấp số")


def _receive(browser: Browser, dice: Random, turn: int) -> None:
    who = person(dice)
    page = browser.get(RECEIVE, of="mở trang tiếp nhận")
    typed = {**_USUAL, **dict(_HIDDEN.findall(page)), "token": f"desk-{turn}", "name": who.name, "birth": who.birth,
             "id_number": who.id_number, "sex": who.sex, "address": who.address, "phone": who.phone}  # fmt: skip
    shown = browser.reckon(RECEIVE, {**typed, "act": "all_papers"})
    browser.post(RECEIVE, {**typed, **_papers(shown), "act": "receive"}, of="tiếp nhận tại quầy")


def _take_online(browser: Browser, number: str) -> None:
    path = f"/mot-cua/ho-so/{number}/tiep-nhan"
    page = browser.get(path, of="mở hồ sơ trực tuyến")
    shown = browser.reckon(path, {**dict(_HIDDEN.findall(page)), "act": "all_papers"})
    fields = {**dict(_HIDDEN.findall(shown)), **_papers(shown), "act": "receive"}
    browser.post(path, fields, of="tiếp nhận trực tuyến")


def _papers(page: str) -> dict[str, str]:
    """Return what the table of papers would send: ticked boxes and numbers."""
    found = {}
    for tag in _PAPER_FIELD.finditer(page):
        if not tag[1].endswith("-have") or " checked" in tag[0]:
            value = _VALUE.search(tag[0])
            found[tag[1]] = html.unescape(value[1]) if value else "1"
    return found


def _file_online(house: House, count: int) -> list[str]:
    dice = Random(7)
    with house.reading() as session:
        rows = component_rows(session, ONLINE)
    given = tuple(
        ComponentData(row.ordinal, "exempt" if row.exemption else "electronic", row.exemption) for row in rows
    )
    numbers = []
    for _one in range(count):
        filing = Filing(ONLINE, "H99.105", Channel.ONLINE, person(dice), components=given)
        with house.unit_of_work() as uow:
            numbers.append(submission.file_online(uow, filing, at=house.clock.now()).filing_number)
    return numbers


def _sign_in(browser: Browser) -> None:
    page = browser.get("/dang-nhap", of="đăng nhập")
    fields = {**dict(_HIDDEN.findall(page)), "login": "clerk", "password": PASSWORD}
    browser.post("/dang-nhap", fields, of="đăng nhập")
    browser.spent.clear()


class _Quiet(WSGIRequestHandler):
    """Serves without a line a request, and keeps the connection open as a browser's would be."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def _clocked(app: WSGIApplication, spent: list[float]) -> WSGIApplication:
    """Return `app` with the processor's milliseconds of each request noted: what a loaded machine cannot blur."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        begun = time.thread_time()
        try:
            return list(app(environ, start))
        finally:
            spent.append((time.thread_time() - begun) * 1000)

    return answer


@contextmanager
def _served(house: House, worked: list[float]) -> Iterator[int]:
    app = _clocked(create_app(house=house), worked)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


@contextmanager
def _beside(house: House) -> Iterator[list[int]]:
    """Let scheduler and report run again and again in processes of their own; yield how often both went round."""
    day = house.clock.now().date()
    home = {"MOTCUA_HOME": str(house.settings.home), "MOTCUA_DEMO": "1"}
    commands = (
        [sys.executable, "-m", "app.scheduler", "--at", house.clock.now().isoformat()],
        [sys.executable, "-m", "app.cli", "report", "06a", "--unit", "H99.105", "--from", f"{day:%Y}-01-01",
         "--to", f"{day:%Y}-12-31"],
    )  # fmt: skip
    turns, ended = [0], threading.Event()

    def run() -> None:
        while not ended.is_set():
            for command in commands:
                subprocess.run(command, env=os.environ | home, capture_output=True, check=False)
            turns[0] += 1

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    try:
        yield turns
    finally:
        ended.set()
        worker.join()
