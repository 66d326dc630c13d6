"""What typed limits are refused for (lỗi thời hạn): each sentence says which channel, what and how to mend it."""

from __future__ import annotations

from workflows.errors import N_, RuleBroken


class LimitNeeded(RuleBroken):
    """At least one channel needs a statutory limit, and whatever has a shortened one always."""

    code = "limit_needed"
    sentence = N_("{what}: chưa ghi thời hạn theo quy định. Vui lòng ghi số và đơn vị.")


class CommittedTooLong(RuleBroken):
    """What is promised may be shorter than the law's limit of the same channel or case, never longer."""

    code = "committed_longer_than_law"
    sentence = N_(
        "{what}: thời hạn rút ngắn {committed} dài hơn thời hạn theo quy định {statutory}. "
        "Ghi thời hạn ngắn hơn, hoặc để trống."
    )


class CutoffWithoutSameDay(RuleBroken):
    """A cut-off is a rule on results of the same day; other limits know none."""

    code = "cutoff_without_same_day"
    sentence = N_("Giờ chốt nhận {cutoff} chỉ dùng cho thời hạn trong ngày. Vui lòng bỏ trống, hoặc chọn “trong ngày”.")


class DecisionNeeded(RuleBroken):
    """A shortened limit rests on a decision with number and date, and begins on a day."""

    code = "decision_needed"
    sentence = N_(
        "{what}: thời hạn rút ngắn cần đủ số quyết định, ngày quyết định và ngày hiệu lực. Vui lòng bổ sung."
    )


class DecisionWithoutShortening(RuleBroken):
    """A decision stands where the limit is the law's."""

    code = "decision_without_shortening"
    sentence = N_(
        "{what} có quyết định nhưng thời hạn không rút ngắn. Ghi thời hạn rút ngắn, hoặc bỏ quyết định."
    )


class DecisionAhead(RuleBroken):
    """A decision of tomorrow has not been taken."""

    code = "decision_ahead"
    sentence = N_("Ngày quyết định {value} ở sau hôm nay ({today}). Vui lòng kiểm tra lại.")


class ShortenedBeforeDecision(RuleBroken):
    """No decision shortens a limit before it was taken."""

    code = "shortened_before_decision"
    sentence = N_("Ngày hiệu lực {since} sớm hơn ngày quyết định {decided}. Vui lòng đối chiếu với quyết định.")


class ShortenedAfterVersion(RuleBroken):
    """A version may not promise what a decision only allows later."""

    code = "shortened_after_version"
    sentence = N_(
        "Quyết định rút ngắn có hiệu lực từ {since}, sau ngày áp dụng {applied}. Chọn ngày áp dụng từ {since}."
    )


class CaseTwice(RuleBroken):
    """Papers and dossiers know a case by its name."""

    code = "case_twice"
    sentence = N_("Trường hợp “{name}” đã có ở trên. Vui lòng đặt tên khác, hoặc gộp làm một.")


class CaseHasPapers(RuleBroken):
    """A case cannot go, or be called otherwise, while papers are asked for it alone."""

    code = "case_has_papers"
    sentence = N_(
        "Trường hợp “{name}” còn giấy tờ riêng ở Thành phần hồ sơ ({paper}). "
        "Vui lòng đổi giấy tờ đó trước, hoặc giữ tên."
    )
