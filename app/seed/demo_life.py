"""One dossier's life in the demo (một đời hồ sơ), act by act through the real services.

Each life is a generator: it yields the time of its next act and is woken at that time, so that the lives of
all dossiers run side by side and every number is drawn in the order of the days.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.db.unit_of_work import UnitOfWork
from app.domain.channels import Channel, Delivery
from app.domain.people import Role, Staff
from app.domain.result_drafts import ResultDraft
from app.queries.demo import Standing, component_rows, standing_of
from app.queries.printing_result import result_document
from app.seed.demo_cast import Cast, scan
from app.seed.demo_people import person
from app.seed.demo_plan import Plan
from app.seed.house import PIN
from app.services import digitizing, intake, payments, processing, results, returning, signatures, submission, waiting
from app.services.values import ComponentData, Filing, NewFile, Reception, SupplementAsk
from app.wiring import House
from workflows.calendar import WorkingCalendar

_ASK = SupplementAsk(("Tờ khai: bổ sung ngày, chữ ký", "Giấy tờ chứng minh: nộp bản rõ hơn"), "Bản nộp thiếu và mờ")


@dataclass
class Life:
    """What a life needs at hand."""

    house: House
    cast: Cast
    dice: Random
    calendar: WorkingCalendar
    plan: Plan
    until: datetime

    def run(self) -> Iterator[datetime]:
        """Yield the time of each next act; ends when the story ends or reaches `until`."""
        yield self.plan.at
        number, at = yield from self._come_in()
        if number:
            yield from self._through_the_office(number, at)

    def _come_in(self) -> Iterator[datetime]:
        plan, at = self.plan, self.plan.at
        filing = self._filing()
        clerk = self.cast.clerk(plan.authority)
        if plan.channel is not Channel.ONLINE:
            with self._act() as uow:
                received = intake.receive_new(uow, clerk, Reception(filing), at)
            return received.code, at
        with self._act() as uow:
            filed = submission.file_online(uow, filing, at=at)
        if plan.fate == "waiting":
            return "", at
        at = yield self._later(at, self.dice.randint(20, 380))
        if plan.fate == "refused":
            with self._act() as uow:
                intake.refuse(uow, clerk, filed.filing_number, self._version(filed.filing_number), _REFUSED, at)
            return "", at
        if plan.fate == "intake_supplement":
            with self._act() as uow:
                version = self._version(filed.filing_number)
                intake.ask_supplement_at_intake(uow, clerk, filed.filing_number, version, _ASK, at)
            at = yield self._later(at, self.dice.randint(400, 2_000))
            with self._act() as uow:
                submission.answer_supplement(uow, filed.filing_number, filed.secret, "Tôi đã bổ sung đủ.", {}, at)
            at = yield self._later(at, self.dice.randint(20, 300))
        with self._act() as uow:
            number = filed.filing_number
            return intake.receive_filed(uow, clerk, number, self._version(number), None, at).code, at

    def _through_the_office(self, number: str, at: datetime) -> Iterator[datetime]:
        at = yield self._later(at, 10)
        self._digitize(number, at)
        while (now := self._standing(number)).role:
            at = yield self._later(at, self._minutes(now.minutes))
            if now.role == Role.OFFICER and self.plan.fate not in {"smooth", "late"} and not now.had_its_fate:
                ended, at = yield from self._befalls(number, now, at)
                if ended:
                    return
                now = self._standing(number)
            self._do_step(number, now, at)
        if now.state == "processing":
            at = yield self._later(at, 60)
            self._release(number, now, at)
        at = yield self._later(at, self.dice.choice((30, 200, 700, 2_500, 9_000)))
        self._return(number, at)

    def _befalls(self, number: str, now: Standing, at: datetime) -> Iterator[datetime]:
        """Let fate have its way once, at the officer's step; return whether it ended the dossier, and when."""
        officer = self.cast.of(self.plan.authority, Role.OFFICER, now.division)
        leader = self.cast.of(self.plan.authority, Role.LEADER)
        clerk = self.cast.clerk(self.plan.authority)
        fate = self.plan.fate
        if fate == "supplement":
            with self._act() as uow:
                waiting.ask_supplement(uow, officer, number, now.version, _ASK, at=at)
            at = yield self._later(at, self.dice.randint(300, 3_000))
            with self._act() as uow:
                version = self._version(number)
                waiting.take_supplement(uow, clerk, number, version, note="Người nộp mang bản bổ sung đến quầy", at=at)
        elif fate == "payment":
            with self._act() as uow:
                waiting.ask_payment(uow, officer, number, now.version, amount_vnd=120_000, notice="TB-118", at=at)
            at = yield self._later(at, self.dice.randint(100, 1_500))
            self._settle_fee(number, at)
        elif fate == "extended":
            self._extend(number, now, leader, at)
        elif fate == "withdrawn":
            with self._act() as uow:
                waiting.withdraw(uow, clerk, number, now.version, reason="Người nộp đề nghị rút để làm lại", at=at)
            return True, at
        elif fate == "stopped":
            with self._act() as uow:
                waiting.stop(
                    uow, leader, number, now.version, ground="Không đủ điều kiện theo quy định", reason="Trùng hồ sơ", at=at
                )
            return True, at
        return False, at

    def _extend(self, number: str, now: Standing, leader: Staff, at: datetime) -> None:
        if now.promised_at is None or now.promised_at - at < timedelta(days=2):
            return
        new_day = self.calendar.add_working_days(now.promised_at.date(), 3)
        with self._act() as uow:
            waiting.extend(uow, leader, number, now.version, new_day=new_day, reason="Chờ xác minh tại cơ sở", at=at)

    def _do_step(self, number: str, now: Standing, at: datetime) -> None:
        staff = self.cast.clerk(self.plan.authority) if now.role == Role.CLERK else None
        staff = staff or self.cast.of(self.plan.authority, Role(now.role), now.division)
        if now.role == Role.RECORDS:
            self._release(number, now, at)
        elif now.role == Role.LEADER and now.result_id:
            self._sign(number, now, at)
        elif now.next_role == Role.LEADER and now.role == Role.OFFICER:
            self._propose(number, now, at)
        else:
            with self._act() as uow:
                processing.forward(uow, staff, number, now.version, at=at)

    def _propose(self, number: str, now: Standing, at: datetime) -> None:
        officer = self.cast.of(self.plan.authority, Role.OFFICER, now.division)
        content = (("Ông (Bà)", now.subject), ("Nội dung", "Hồ sơ đủ điều kiện theo quy định"))
        draft = ResultDraft("approval", now.result_name, content)
        file = self._drawn(officer, number, draft) if now.result_form == "electronic" else None
        with self._act() as uow:
            results.propose_result(uow, officer, number, now.version, draft, file=file, at=at)

    def _drawn(self, officer: Staff, number: str, draft: ResultDraft) -> NewFile:
        with self.house.reading() as session:
            url = self.house.settings.external_url
            form = result_document(session, self.house.vault, officer, number, draft, base_url=url)
        kept = self.house.files.put(self.house.pdf.render(form))
        return NewFile(kept, "application/pdf", 1, f"{draft.title}.pdf", origin="generated")

    def _sign(self, number: str, now: Standing, at: datetime) -> None:
        leader = self.cast.of(self.plan.authority, Role.LEADER)
        if now.result_form == "electronic":
            chosen = [signatures.ToSign(number, now.version, now.result_id)]
            signatures.sign_results(self.house, leader, chosen, PIN, at)
            return
        with self._act() as uow:
            results.approve_paper(uow, leader, number, now.version, now.result_id, at)

    def _release(self, number: str, now: Standing, at: datetime) -> None:
        records = self.cast.of(self.plan.authority, Role.RECORDS)
        if now.result_form == "electronic":
            signatures.seal_result(
                self.house, records, signatures.ToSign(number, now.version, now.result_id), PIN, at
            )
            return
        symbol = f"{self.plan.number}/{at.year}-BM" if now.result_form == "paper_external" else ""
        with self._act() as uow:
            results.release_paper(
                uow, records, number, now.version, now.result_id, symbol=symbol, issued_on=at.date(), at=at
            )

    def _return(self, number: str, at: datetime) -> None:
        now = self._standing(number)
        if now.state != "finished":
            return
        if now.fee_left:
            self._settle_fee(number, at)
            now = self._standing(number)
        clerk = self.cast.clerk(self.plan.authority)
        with self._act() as uow:
            returning.return_result(
                uow, clerk, number, now.version, delivery=Delivery(now.delivery), received_by=now.subject,
                identity="cccd", at=at,
            )

    def _settle_fee(self, number: str, at: datetime) -> None:
        now = self._standing(number)
        if not now.fee_left:
            return
        clerk = self.cast.clerk(self.plan.authority)
        method = "online" if self.plan.channel is Channel.ONLINE else self.dice.choice(("cash", "cash", "qr"))
        with self._act() as uow:
            payments.pay(uow, clerk, number, now.version, amount_vnd=now.fee_left, method=method, at=at)

    def _digitize(self, number: str, at: datetime) -> None:
        clerk = self.cast.clerk(self.plan.authority)
        for ordinal, name in self._standing(number).on_paper:
            file = scan(self.house, name[:60], self.plan.number * 10 + ordinal)
            with self._act() as uow:
                digitizing.attach_to_component(uow, clerk, number, ordinal, file, at)

    def _filing(self) -> Filing:
        plan = self.plan
        with self.house.reading() as session:
            papers = component_rows(session, plan.procedure)
        form = "electronic" if plan.channel is Channel.ONLINE else "paper"
        given = tuple(
            ComponentData(row.ordinal, "exempt", row.exemption)
            if row.exemption
            else ComponentData(row.ordinal, form if row.required else "missing", originals=1)
            for row in papers
        )
        return Filing(
            procedure_code=plan.procedure,
            unit_code=plan.authority,
            channel=plan.channel,
            applicant=person(self.dice),
            components=given,
            is_assisted=plan.channel is Channel.ONLINE and self.dice.random() < 0.25,
            request_id=f"demo-{plan.number}",
        )

    def _minutes(self, allotted: int) -> int:
        return max(3, int(allotted * self.plan.haste * self.dice.uniform(0.8, 1.2)))

    def _later(self, at: datetime, working_minutes: int) -> datetime:
        return self.calendar.add_working_minutes(at, max(1, working_minutes))

    def _standing(self, number: str) -> Standing:
        with self.house.reading() as session:
            return standing_of(session, number)

    def _version(self, number: str) -> int:
        return self._standing(number).version

    @contextmanager
    def _act(self) -> Iterator[UnitOfWork]:
        with self.house.unit_of_work() as uow:
            yield uow


_REFUSED = "Thành phần hồ sơ không thuộc thẩm quyền giải quyết của xã; đề nghị nộp tại nơi đăng ký cư trú."
