"""Broken rules of the core (lỗi quy tắc): facts for the log, a sentence with a way on for the person."""

from __future__ import annotations

from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a sentence for the message catalogue; the core itself translates nothing."""
    return message


class RuleBroken(Exception):
    """A rule of the house or of the law was about to be broken; nothing has been changed.

    `code` is stable and for machines; `sentence` is Vietnamese with {placeholders} and is also the msgid
    of its translation; `facts` fill the placeholders; `where` names the field or place to mend, if any.
    """

    code: ClassVar[str] = "rule_broken"
    sentence: ClassVar[str] = N_("Thao tác không hợp lệ.")

    def __init__(self, *, where: str | None = None, **facts: object) -> None:
        super().__init__(where, facts)
        self.where = where
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence.format_map(self.facts)


class TransitionNotAllowed(RuleBroken):
    """The pair of state and action is not in the table for this kind of actor."""

    code = "transition_not_allowed"
    sentence = N_(
        "Hồ sơ đang ở trạng thái “{state}” nên {actor} không thực hiện được thao tác “{action}”. "
        "Vui lòng tải lại hồ sơ để xem các thao tác hiện có."
    )


class RequirementNotMet(RuleBroken):
    """An action was tried before what it needs was done; `missing` holds the Requirement members.

    The facts carry the same requirements in Vietnamese words.
    """

    code = "requirement_not_met"
    sentence = N_("Chưa thực hiện được “{action}”: {missing}. Vui lòng hoàn tất rồi thực hiện lại.")


class NaiveTime(RuleBroken):
    """An instant came without its time zone; guessing one would move a legal date."""

    code = "naive_time"
    sentence = N_("Thời điểm {value} thiếu múi giờ. Vui lòng ghi kèm múi giờ, ví dụ {value}+07:00.")


class OpeningHoursBroken(RuleBroken):
    """The weekly opening hours cannot be those of a desk; `why` says what is wrong with which day."""

    code = "opening_hours_broken"
    sentence = N_("Giờ làm việc {weekday} chưa đúng: {why}. Ví dụ đúng: 07:30-11:30 13:30-17:00.")


class CalendarContradiction(RuleBroken):
    """Two rows of the calendar say opposite things about one day."""

    code = "calendar_contradiction"
    sentence = N_(
        "Ngày {day} vừa là “{first}” ({first_source}) vừa là “{second}” ({second_source}). "
        "Vui lòng giữ lại một dòng cho ngày này."
    )


class CalendarYearTwice(RuleBroken):
    """Two calendars were given for the same year."""

    code = "calendar_year_twice"
    sentence = N_("Năm {year} có hai lịch làm việc. Vui lòng chỉ giữ một lịch cho mỗi năm.")


class CalendarYearMissing(RuleBroken):
    """A date needs a year that the calendar does not hold: better no answer than a wrong one."""

    code = "calendar_year_missing"
    sentence = N_(
        "Lịch làm việc “{calendar}” chưa có năm {year}. Vui lòng nhập lịch năm {year} rồi tính lại."
    )


class LimitNotUnderstood(RuleBroken):
    """A time limit is written in no known way."""

    code = "limit_not_understood"
    sentence = N_(
        "Không hiểu thời hạn “{text}”. Vui lòng ghi số và đơn vị: N working days, N days, N months, "
        "N working hours, N hours, hoặc same day."
    )


class LimitOutOfRange(RuleBroken):
    """A time limit is zero, negative, or longer than any procedure takes."""

    code = "limit_out_of_range"
    sentence = N_(
        "Thời hạn “{text}” phải là số nguyên từ 1 đến {longest}. Vui lòng kiểm tra lại số ngày hoặc giờ."
    )


class CutoffNotUnderstood(RuleBroken):
    """A cut-off hour is not an hour of the day, or stands at a limit that knows none."""

    code = "cutoff_not_understood"
    sentence = N_("Không hiểu giờ chốt nhận “{text}”. Vui lòng ghi giờ trong ngày, ví dụ 15:00.")


class LimitLongerThanLaw(RuleBroken):
    """A committed limit would end later than the statutory one."""

    code = "limit_longer_than_law"
    sentence = N_(
        "Thời hạn cam kết {committed} dài hơn thời hạn luật định {statutory}. Vui lòng rút ngắn lại."
    )


class SuspensionBackwards(RuleBroken):
    """A suspension ends before, or as, it begins."""

    code = "suspension_backwards"
    sentence = N_(
        "Lần dừng từ {start} kết thúc lúc {end}, không sau lúc bắt đầu. Vui lòng sửa lại thời điểm."
    )


class SuspensionBeforeStart(RuleBroken):
    """A suspension begins before the clock was started."""

    code = "suspension_before_start"
    sentence = N_(
        "Lần dừng từ {start} có trước thời điểm tiếp nhận {started_at}. Vui lòng kiểm tra lại hai thời điểm."
    )


class SuspensionAfterEnd(RuleBroken):
    """A suspension begins or ends after the dossier was resolved."""

    code = "suspension_after_end"
    sentence = N_("Lần dừng từ {start} vượt quá thời điểm kết thúc hồ sơ {ended_at}. Vui lòng kiểm tra lại.")


class SuspensionsOverlap(RuleBroken):
    """Two suspensions hold the clock at the same time, or an open one is followed by another."""

    code = "suspensions_overlap"
    sentence = N_(
        "Hai lần dừng chồng lên nhau: lần từ {first_start} đến {first_end} và lần từ {second_start}. "
        "Vui lòng kết thúc lần trước rồi mới bắt đầu lần sau."
    )


class EndBeforeStart(RuleBroken):
    """A dossier would be resolved before it was received."""

    code = "end_before_start"
    sentence = N_(
        "Hồ sơ kết thúc lúc {ended_at}, trước khi tiếp nhận lúc {started_at}. Vui lòng kiểm tra lại."
    )


class ExtensionNotLater(RuleBroken):
    """A new appointment lies after the old one, on a working day."""

    code = "extension_not_later"
    sentence = N_("Ngày hẹn lại {day} phải là ngày làm việc sau ngày hẹn cũ {old}. Vui lòng chọn lại.")


class StepsBroken(RuleBroken):
    """The internal process has a step that cannot be: its name and the reason are told."""

    code = "steps_broken"
    sentence = N_("Quy trình nội bộ: bước {ordinal} “{step}” {why}.")


class StepsTooLong(RuleBroken):
    """The steps together take longer than the committed limit; names the step that crosses it."""

    code = "steps_too_long"
    sentence = N_(
        "Tổng thời gian các bước là {total} giờ làm việc, vượt thời hạn cam kết {limit} ({allowed} giờ) "
        "từ bước {ordinal} “{step}”. Vui lòng rút ngắn các bước."
    )
