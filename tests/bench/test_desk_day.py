"""The day of the desk runs through over HTTP, beside scheduler and report; how fast is for `motcua bench desk`."""

from __future__ import annotations

import pytest

from app.bench.desk_day import measures

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


def test_a_small_day_is_received_in_one_run():
    found = {measure.name: measure for measure in measures(20)}
    assert {"cấp số, thu phí, p95", "tiếp nhận tại quầy, p95", "tiếp nhận trực tuyến, p95"} <= found.keys()
    assert found["20 hồ sơ trong một lượt"].floor >= 1
