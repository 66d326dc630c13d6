"""`motcua due … --json` and the dossier's page tell one trace: every unit of a limit, and all that moves a clock."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import date, datetime

import pytest

from app.cli.main import run
from app.domain.channels import Channel
from app.domain.limit_terms import TypedLimits
from app.services import boundaries, correcting, pausing, processing, waiting
from app.services.accounts import administering
from app.services.revising import Revision, newest_version
from app.services.revising_limits import revise_limits
from app.services.values import SupplementAsk
from tests.services.test_boundaries import DEPARTMENT, LAND
from tests.support.seeded import BIRTH, SINGLE, Desk
from tests.web.desk.worker import Worker
from workflows.calendar import VIETNAM

ROW = re.compile(r'<tr><td class="mc-num">(.*?)</td><td>.*?</td><td>(.*?)</td><td class="mc-right mc-num">(.*?)</td>')
RUNNING = "Thời gian giải quyết"
TODAY = date(2026, 11, 23)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def limited(desk: Desk, code: str, amount: str, unit: str, cutoff: str = "") -> None:
    """Give the direct channel of a procedure this limit from today on."""
    typed = TypedLimits(Channel.DIRECT, statutory_amount=amount, statutory_unit=unit, cutoff=cutoff)
    with desk.house.unit_of_work() as uow:
        revision = Revision(code, newest_version(uow, code).id, TODAY)
        by = administering(desk.staff("admin"))
        revise_limits(uow, by, revision, limits=[typed], at=desk.clock.now())


def act(desk: Desk, service: Callable[..., object], login: str, code: str, **more: object) -> None:
    with desk.house.unit_of_work() as uow:
        service(uow, desk.staff(login), code, desk.version(code), at=desk.clock.now(), **more)


def on_the_table(desk: Desk, procedure: str = SINGLE) -> str:
    """A dossier that the officer has."""
    code = desk.receive(procedure).code
    desk.digitize(code)
    act(desk, processing.forward, "clerk", code)
    return code


def told_by_page(worker: Worker, code: str) -> list[tuple[str, str, str]]:
    text = worker.open(f"/mot-cua/ho-so/{code}").text
    table = text.partition('data-testid="why-lines"')[2].partition("</table>")[0]
    return [tuple(map(html.unescape, row)) for row in ROW.findall(table)]


def told_by_command(capsys, *arguments: str) -> list[tuple[str, str, str]]:
    """Return the trace of the command as the page's table would write it."""
    capsys.readouterr()
    assert run(["due", *arguments, "--json"]) == 0
    return [_row(line) for line in json.loads(capsys.readouterr().out)["trace"]]


def _row(line: dict) -> tuple[str, str, str]:
    start, end = (datetime.fromisoformat(line[name]) for name in ("from", "to"))
    span = f"{start:%d/%m %H:%M}" + ("" if end <= start else f" – {end:%d/%m %H:%M}")
    hours = f"{line['minutes'] / 60:.{0 if line['minutes'] % 60 == 0 else 1}f}".replace(".", ",")
    if line["what"] == RUNNING:
        return span, line["why"], hours
    return span, f"{line['what']}. {line['why']}", f"không tính {hours}" if line["minutes"] else "–"


def moment(instant: datetime) -> str:
    return instant.astimezone(VIETNAM).isoformat()


@pytest.mark.parametrize(
    ("amount", "unit", "limit"),
    [
        ("5", "working_days", "5 working days"),
        ("9", "days", "9 days"),
        ("1", "months", "1 month"),
        ("20", "working_hours", "20 working hours"),
        ("80", "hours", "80 hours"),
    ],
)
def test_each_unit_over_holiday_and_weekend(desk, sit_down, capsys, amount, unit, limit):
    limited(desk, SINGLE, amount, unit)
    code = desk.receive().code
    desk.clock.set(at(25, 10))
    facts = ("--received", moment(desk.dossier(code).received_at), "--limit", limit, "--at", moment(desk.clock.now()))
    told = told_by_page(sit_down("clerk"), code)
    assert len(told) > 2
    assert told == told_by_command(capsys, *facts)


@pytest.mark.parametrize(("hour", "due"), [(9, "23/11"), (11, "25/11")])
def test_the_same_day_by_the_cutoff_of_its_procedure(desk, sit_down, capsys, hour, due):
    limited(desk, BIRTH, "", "same_day", "10:00")
    desk.clock.set(at(23, hour))
    code = desk.receive(BIRTH).code
    now = moment(desk.clock.now())
    facts = ("--received", now, "--limit", "same day", "--cutoff", "10:00", "--at", now)
    told = told_by_page(sit_down("clerk"), code)
    assert told == told_by_command(capsys, *facts)
    assert told[-1][0].startswith(due)


def test_stops_that_ended_and_one_that_lasts(desk, sit_down, capsys):
    code = on_the_table(desk)
    begun, ended, asked = at(23, 10), at(25, 9), at(25, 10)
    desk.clock.set(begun)
    act(desk, pausing.pause, "officer", code, ground="public_notice", document="BB-1", reason="Niêm yết")
    desk.clock.set(ended)
    act(desk, pausing.resume, "officer", code, note="")
    desk.clock.set(asked)
    ask = SupplementAsk(("Tờ khai: thiếu chữ ký",), "Chưa đủ căn cứ")
    act(desk, waiting.ask_supplement, "officer", code, ask=ask)
    desk.clock.set(at(27, 15))
    stops = (f"{moment(begun)}/{moment(ended)}@public_notice", f"{moment(asked)}/@supplement")
    facts = ("--limit", "2 working days", "--suspend", stops[0], "--suspend", stops[1])
    told = told_by_page(sit_down("officer"), code)
    received = moment(desk.dossier(code).received_at)
    assert told == told_by_command(capsys, "--received", received, *facts, "--at", moment(desk.clock.now()))
    assert any("Đang dừng tính thời hạn" in why for _span, why, _hours in told)


def test_a_new_appointment(desk, sit_down, capsys):
    limited(desk, SINGLE, "3", "working_days")
    code = on_the_table(desk)
    desk.clock.set(at(25, 9))
    act(desk, waiting.extend, "leader", code, new_day=date(2026, 12, 2), reason="Chờ xác minh")
    received, now = moment(desk.dossier(code).received_at), moment(desk.clock.now())
    told = told_by_page(sit_down("officer"), code)
    appointed = f"{now}/2026-12-03T00:00@Chờ xác minh"
    facts = ("--received", received, "--limit", "3 working days", "--extend", appointed, "--at", now)
    assert told == told_by_command(capsys, *facts)
    assert any("02/12" in why for _span, why, _hours in told)


def test_the_second_start_of_a_dossier_received_elsewhere(desk, sit_down, capsys):
    code = desk.receive(LAND, settling_code=DEPARTMENT).code
    received = moment(desk.clock.now())
    assert told_by_page(sit_down("clerk"), code) == []  # no clock runs yet
    desk.clock.set(at(25, 10))
    with desk.house.unit_of_work() as uow:
        boundaries.take_over(uow, desk.staff("clerk.so"), code, desk.version(code), desk.clock.now())
    dossier, now = desk.dossier(code), moment(desk.clock.now())
    limit = dossier.committed_limit or dossier.statutory_limit or ""
    told = told_by_page(sit_down("clerk.so"), code)
    assert told[0][0] == "25/11 10:00"
    facts = ("--received", received, "--competent", now, "--limit", limit, "--at", now)
    assert told == told_by_command(capsys, *facts)


def test_a_corrected_reception(desk, sit_down, capsys):
    code = desk.receive().code
    correction = {"field": "received_at", "value": "16:00 20/11/2026", "reason": "Ghi nhầm"}
    act(desk, correcting.propose, "clerk", code, **correction)
    act(desk, correcting.confirm, "leader", code)
    told = told_by_page(sit_down("clerk"), code)
    facts = ("--received", "2026-11-20T16:00", "--limit", "2 working days", "--at", moment(desk.clock.now()))
    assert told == told_by_command(capsys, *facts)
    assert told[0][0] == "20/11 16:00"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--competent", "2026-04-19T09:00"), "có trước lúc tiếp nhận"), (("--extend", "mai"), "một lần hẹn lại")],
)
def test_what_the_command_cannot_take_is_said(seeded_home, capsys, arguments, words):
    assert run(["due", "--received", "2026-04-20T09:00", "--limit", "3 days", *arguments]) == 2
    assert words in capsys.readouterr().err
