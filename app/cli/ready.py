"""Whether a web server is ready (đã sẵn sàng): asked from outside, as a balancer asks."""

from __future__ import annotations

import http.client

_PATIENCE_SECONDS = 5


def is_ready(host: str, port: int) -> bool:
    """Tell whether /readyz answers well; False too where nobody answers yet."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
