"""Pages under load of data: the work list over many dossiers, the tracking page, the memory of a worker."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.bench.timing import Measure, each, each_cpu, percentile, resident_mb
from app.factory import create_app
from app.seed.house import PASSWORD
from app.wiring import House

_LIST_FLOOR = """SELECT d.id, d.code, c.due_at FROM dossiers d JOIN dossier_clocks c ON c.dossier_id = d.id
WHERE d.settling_unit_id = 2 AND d.state IN ('received','processing','awaiting_payment')
ORDER BY c.due_at, d.id LIMIT 50"""


def worklist(house: House, times: int) -> Iterator[Measure]:
    """Yield the p95 of a work-list page as the server makes it, against its bare query; then as processor time."""
    client = signed_in(house)
    client.get("/mot-cua/?nhom=dang-xu-ly")
    for name, timed in (("p95", each), ("bộ xử lý, p95", each_cpu)):
        spent = timed(lambda: client.get("/mot-cua/?nhom=dang-xu-ly"), times)
        with house.reading() as session:
            floor = timed(lambda: session.execute(text(_LIST_FLOOR)).all(), times)
        yield Measure(
            f"trang danh sách việc, {name}", percentile(spent, 0.95), "ms",
            "SQL trần", percentile(floor, 0.95), "≤ 100 ms",
        )  # fmt: skip


def tracking(house: House, number: str, times: int) -> list[Measure]:
    """Return the p95 of the tracking page at 50 requests a second, and its throughput beside an empty view."""
    client = create_app(house=house).test_client()
    path = f"/tra-cuu/{number}"
    client.get(path)
    spent = _paced(client, path, times, per_second=50)
    empty = Flask("empty")
    empty.add_url_rule("/", view_func=lambda: "")
    bare = empty.test_client()
    floor = each(lambda: bare.get("/"), times)
    ours = each(lambda: client.get(path), times)
    return [
        Measure(
            "trang tra cứu, p95 ở 50 yêu cầu/giây",
            percentile(spent, 0.95),
            "ms",
            "trang rỗng p95",
            percentile(floor, 0.95),
            "≤ 50 ms",
        ),
        Measure(
            "trang tra cứu, số trang/giây",
            1000 * times / sum(ours),
            "trang/giây",
            "Flask rỗng",
            1000 * times / sum(floor),
            "tỷ lệ",
            better="more",
        ),
    ]  # fmt: skip


def memory(house: House, number: str, requests: int) -> Measure:
    """Return the resident memory after `requests` requests, against the memory after the first hundred."""
    client = signed_in(house)
    paths = ("/", f"/tra-cuu/{number}", "/mot-cua/", "/thu-tuc?q=khai+sinh", "/mot-cua/tiep-nhan")
    for turn in range(100):
        client.get(paths[turn % len(paths)])
    floor = resident_mb(os.getpid())
    for turn in range(requests):
        client.get(paths[turn % len(paths)])
    name = f"bộ nhớ sau {requests} yêu cầu"
    return Measure(name, resident_mb(os.getpid()), "MB", "sau 100 yêu cầu", floor, "phẳng, ≤ 250 MB")


def signed_in(house: House, login: str = "clerk") -> FlaskClient:
    """Return a browser without JavaScript in which somebody of the demo has signed in."""
    client = create_app(house=house).test_client()
    page = client.get("/dang-nhap").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/dang-nhap", data={"csrf_token": token, "login": login, "password": PASSWORD})
    return client


def _paced(client: FlaskClient, path: str, times: int, *, per_second: int) -> list[float]:
    found, begun = [], time.perf_counter()
    for turn in range(times):
        time.sleep(max(0.0, begun + turn / per_second - time.perf_counter()))
        found += each(lambda: client.get(path), 1)
    return found
