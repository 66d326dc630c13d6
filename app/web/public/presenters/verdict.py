"""Is this paper real? Four answers in plain words; the code of the standard stays small below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.i18n import gettext as _
from app.queries.issued_papers import IssuedPaper
from app.web.filters import vn_date
from signing.verdicts import Change, FileVerdict, RevocationState, SignatureVerdict, Verdict
from workflows.calendar import VIETNAM

PASS, FAIL, NONE, VOID = "pu-v-pass", "pu-v-fail", "pu-v-none", "pu-v-void"
_ICONS = {
    PASS: "patch-check-fill",
    FAIL: "x-octagon-fill",
    NONE: "question-circle-fill",
    VOID: "exclamation-triangle-fill",
}


@dataclass(frozen=True, slots=True)
class Register:
    """What our register knows of a file: the paper, or only that one of our keys signed it."""

    paper: IssuedPaper | None
    is_ours: bool


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """One signature: who, when, proven or claimed, what was found, and what it speaks for."""

    signer: str
    day: str
    time: str
    words: str
    icon: str
    note: str
    coverage: str
    chain: str
    revocation: str


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """The answer, why, what to do, and the proof."""

    css: str
    icon: str
    head: str
    sentence: str
    reasons: tuple[str, ...]
    advice: str
    signatures: tuple[SignatureShown, ...]
    paper: IssuedPaper | None
    test_certificate: bool
    technical: str
    checked_at: datetime
    never_issued: bool = False


def verdict_of_file(verdict: FileVerdict, register: Register, digest: str, *, at: datetime) -> VerdictShown:
    """Return the answer about an uploaded file; `digest` is its SHA-256 in hex."""
    css, head, sentence, advice = _answer(verdict, register)
    return VerdictShown(
        css,
        _ICONS[css],
        head,
        sentence,
        tuple(dict.fromkeys(_reasons(verdict))),
        advice,
        tuple(_signature(one) for one in verdict.signatures),
        register.paper,
        any(one.test_certificate for one in verdict.signatures),
        _technical(verdict, digest),
        at,
        register.is_ours and register.paper is None,
    )


def verdict_of_register(paper: IssuedPaper, *, at: datetime) -> VerdictShown:
    """Return the answer about a paper looked up by its QR: it stands in our register."""
    css, head, sentence, _advice = _void(paper) or (
        PASS,
        _("Giấy này có trong sổ của chúng tôi"),
        _("So số, ngày và tên với giấy bạn đang cầm."),
        "",
    )
    advice = _("Có tệp PDF thì kiểm tra thêm chữ ký số ở khung bên trên: mã QR không nói nội dung có bị sửa hay không.")
    return VerdictShown(css, _ICONS[css], head, sentence, (), advice, (), paper, False, "", at)


def _void(paper: IssuedPaper) -> tuple[str, str, str, str] | None:
    """Return the answer about a paper that no longer counts, None about one that does."""
    if paper.replaced_by:
        advice = _("Người được cấp nhận bản mới miễn phí, tại quầy hoặc ở trang Tra cứu.")
        return VOID, _("Giấy thật, nhưng đã có bản mới"), _("Đừng dùng bản này nữa."), advice
    if paper.withdrawn:
        advice = _("Hỏi nơi cấp giấy vì sao thu hồi và bao giờ có bản khác.")
        return VOID, _("Giấy thật, nhưng đã bị thu hồi"), _("Đừng dùng bản này nữa."), advice
    return None


def _answer(verdict: FileVerdict, register: Register) -> tuple[str, str, str, str]:
    if verdict.verdict is Verdict.PASSED:
        void = _void(register.paper) if register.paper else None
        if void:
            return void
        if register.is_ours and register.paper is None:
            advice = _("Có thể là bản trình ký chưa phát hành. Gọi hoặc mang tệp đến nơi cấp để đối chiếu sổ.")
            sentence = _("Sổ phát hành của chúng tôi không có tệp này.")
            return VOID, _("Chữ ký thật, nhưng giấy chưa được phát hành"), sentence, advice
        sentence = _("Mọi chữ ký đều hợp lệ. Không có gì bị sửa sau khi ký.")
        return PASS, _("Giấy thật và còn nguyên vẹn"), sentence, ""
    if verdict.verdict is Verdict.FAILED:
        altered = any(one.modified_after for one in verdict.signatures)
        head = _("Giấy đã bị sửa sau khi ký") if altered else _("Chữ ký không hợp lệ")
        return FAIL, head, _("Đừng dùng tệp này."), _("Xin bản khác từ người đưa giấy, hoặc gọi nơi cấp giấy.")
    head = _("Chưa kết luận được") if verdict.signatures else _("Tệp không có chữ ký số đọc được")
    advice = _("Thử lại với tệp gốc, chưa qua in, quét hay ghép. Vẫn vậy thì mang giấy đến quầy để đối chiếu sổ.")
    return NONE, head, _("Không có nghĩa là giấy giả."), advice


def _reasons(verdict: FileVerdict) -> Iterator[str]:
    """Yield why it is not a plain yes."""
    if verdict.verdict is Verdict.PASSED:
        return
    if not verdict.signatures:
        yield _(verdict.reason)
    for one in verdict.signatures:
        if one.verdict is not Verdict.PASSED:
            yield f"{one.signer}: {_(one.reason)}"


def _signature(one: SignatureVerdict) -> SignatureShown:
    words = {
        Verdict.PASSED: (_("Hợp lệ"), "check-circle-fill"),
        Verdict.FAILED: (_("Không hợp lệ"), "x-circle-fill"),
        Verdict.INDETERMINATE: (_("Chưa rõ"), "question-circle-fill"),
    }[one.verdict]
    proven = one.timestamp or one.signed_at
    there = proven.astimezone(VIETNAM) if proven else None
    note = _("giờ do máy chủ dấu thời gian xác nhận") if one.timestamp else _("giờ do máy của người ký ghi")
    return SignatureShown(
        one.signer,
        vn_date(there),
        f"{there:%H:%M:%S}" if there else "",
        *words,
        note if there else "",
        _coverage(one),
        " ← ".join(one.chain),
        _revocation(one),
    )


def _coverage(one: SignatureVerdict) -> str:
    """Say which saved state of the file was signed, and what came after it."""
    if not one.revisions:
        return ""
    signed = _("Ký cho lần lưu thứ %(n)s trên %(all)s.", n=one.revision, all=one.revisions)
    if not one.changes:
        return signed + " " + _("Sau đó không thêm gì.")
    words = {
        Change.SIGNATURE: _("chữ ký khác"),
        Change.TIMESTAMP: _("dấu thời gian"),
        Change.EVIDENCE: _("bằng chứng kiểm tra"),
        Change.CONTENT: _("nội dung bị sửa"),
    }
    after = ", ".join(dict.fromkeys(words[change] for change in one.changes))
    return signed + " " + _("Sau đó thêm: %(after)s.", after=after)


def _revocation(one: SignatureVerdict) -> str:
    return {
        RevocationState.GOOD: _("Chứng thư không bị thu hồi khi ký."),
        RevocationState.REVOKED: _("Chứng thư đã bị thu hồi."),
        RevocationState.UNKNOWN: _("Chưa biết chứng thư có bị thu hồi hay không."),
        RevocationState.UNCHECKED: "",
    }[one.revocation]


def _technical(verdict: FileVerdict, digest: str) -> str:
    subs = sorted({one.sub_indication for one in verdict.signatures if one.sub_indication})
    count = _("%(n)s chữ ký", n=len(verdict.signatures))
    return " · ".join((str(verdict.verdict), *subs, count, f"SHA-256 {digest[:12]}…{digest[-12:]}"))
