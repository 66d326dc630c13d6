"""Signs of life (tình trạng hệ thống): /healthz for people's tools, /readyz for balancers, /metrics for us alone."""

from __future__ import annotations

import hmac
import time

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from werkzeug.exceptions import NotFound

from app.queries import running
from app.web.access import public
from app.web.context import house, now
from app.web.urls import Url, register

LOOPBACK = frozenset({"127.0.0.1", "::1"})
# By route, never by address: an address would carry codes, and each would be a series of its own.
REQUESTS = Counter("motcua_requests_total", "Requests answered", ("route", "method", "status"))
SECONDS = Histogram("motcua_request_seconds", "Time to answer", ("route",))


def install(app: Flask) -> None:
    """Count and time every request of the application."""
    app.before_request(_begin)
    app.after_request(_count)


def healthz() -> Response:
    """Return whether the web answers and when the scheduler last showed that it lives."""
    with house().reading() as db:
        beats = running.heartbeats(db, now())
    late = [beat.process for beat in beats if beat.is_silent]
    return jsonify(
        status="degraded" if late or not beats else "ok",
        processes=[{"process": beat.process, "seen_at": beat.seen_at.isoformat()} for beat in beats],
        silent=late,
    )


def readyz() -> tuple[Response, int]:
    """Return 200 when the database answers, else 503."""
    with house().reading() as db:
        ready = running.database_answers(db)
    return jsonify(ready=ready), 200 if ready else 503


def metrics() -> Response:
    """Return Prometheus metrics to this machine or to the bearer of the token; to others it is not there."""
    if not (_is_local() or _has_token()):
        raise NotFound
    return Response(generate_latest(), mimetype=CONTENT_TYPE_LATEST)


def _begin() -> None:
    g.begun = time.perf_counter()


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "none"
    REQUESTS.labels(route, request.method, response.status_code).inc()
    if "begun" in g:
        SECONDS.labels(route).observe(time.perf_counter() - g.begun)
    return response


def _is_local() -> bool:
    # Behind a proxy every visitor would look local, unless the proxy is named in the settings.
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "Via"))
    return request.remote_addr in LOOPBACK and not forwarded


def _has_token() -> bool:
    wanted = house().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())


URLS = (
    Url("/healthz", healthz, access=public()),
    Url("/readyz", readyz, access=public()),
    Url("/metrics", metrics, access=public()),
)
health = register(Blueprint("health", __name__), URLS)
