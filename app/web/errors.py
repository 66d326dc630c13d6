"""Refusals and failures as answers (báo lỗi): a page in Vietnamese, or a problem document for programs (RFC 9457).

Each says what happened, where, and how to mend it. What does not exist and what is another unit's look alike.
"""

from __future__ import annotations

import structlog
from flask import Flask, Response, jsonify, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError, Unauthorized

from app.i18n import N_
from app.i18n import gettext as _
from app.web import sessions
from app.web.context import house, reference, staff_or_none
from app.web.forms import sentence_of
from app.web.resend import typed_now
from app.web.responses import page
from workflows.errors import RuleBroken, TransitionNotAllowed

log = structlog.get_logger(__name__)

CONFLICT, UNPROCESSABLE, BROKEN = 409, 422, 500
# Doors that do not open for somebody signed in: a mistake once, a search when it goes on.
WATCHED = frozenset({403, 404})

# status: what happened, and what to do next
SENTENCES = {
    400: (N_("Yêu cầu chưa đúng"), N_("Vui lòng quay lại trang trước và thử lại.")),
    401: (N_("Cần đăng nhập"), N_("Vui lòng đăng nhập rồi làm tiếp.")),
    403: (
        N_("Tài khoản này không có quyền dùng trang"),
        N_("Cần quyền này cho công việc, hãy báo quản trị đơn vị."),
    ),
    404: (
        N_("Không tìm thấy trang hoặc hồ sơ"),
        N_("Kiểm tra lại địa chỉ hoặc mã, hoặc tìm từ danh sách việc."),
    ),
    405: (N_("Trang này không nhận thao tác đó"), N_("Vui lòng mở lại trang từ danh sách việc.")),
    409: (
        N_("Hồ sơ đã thay đổi trong lúc bạn xem"),
        N_("Mở lại hồ sơ để xem bản mới nhất rồi thao tác lại."),
    ),
    413: (
        N_("Nội dung gửi lên quá lớn"),
        N_("Mỗi tệp tối đa {file} MB, mỗi lần gửi tối đa {all} MB. Hãy gửi làm nhiều lần."),
    ),
    415: (N_("Định dạng gửi lên chưa được hỗ trợ"), N_("Vui lòng gửi đúng định dạng mà trang yêu cầu.")),
    422: (N_("Nội dung chưa hợp lệ"), N_("Vui lòng xem lại chỗ được nêu, sửa rồi gửi lại.")),
    429: (N_("Thử quá nhiều lần"), N_("Vui lòng đợi rồi thử lại.")),
    500: (
        N_("Hệ thống gặp sự cố"),
        N_("Dữ liệu đã lưu không mất. Hãy thử lại; nếu vẫn lỗi, báo quản trị mã bên dưới."),
    ),
    503: (N_("Hệ thống đang bận hoặc bảo trì"), N_("Vui lòng thử lại sau ít phút.")),
}


def install(app: Flask) -> None:
    """Answer every error of the application here."""
    app.register_error_handler(RuleBroken, rule_broken)
    app.register_error_handler(StaleDataError, changed_meanwhile)
    app.register_error_handler(CSRFError, form_ran_out)
    app.register_error_handler(Unauthorized, sign_in_first)
    app.register_error_handler(SecurityError, other_host)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(Exception, failed)


def rule_broken(error: RuleBroken) -> Response:
    """Answer 409 where the dossier is in another state than the act needs, else 422."""
    status = getattr(error, "status", CONFLICT if isinstance(error, TransitionNotAllowed) else UNPROCESSABLE)
    log.info("rule broken", code=error.code, where=error.where, **_who_and_where())
    if wants_json():
        return problem(status, sentence_of(error), code=error.code, where=error.where)
    return error_page(status, message=sentence_of(error), where=error.where)


def changed_meanwhile(_error: StaleDataError) -> Response:
    """Answer 409: somebody else changed the same thing between reading and writing."""
    log.info("stale write", reference=reference())
    return answer(CONFLICT)


def form_ran_out(error: CSRFError) -> Response:
    """Answer 400 with the typed fields and a fresh token, so that one click sends them."""
    log.warning("csrf token refused", path=request.path, reason=error.description, reference=reference())
    typed = None if wants_json() else typed_now()
    if typed is None:
        return answer(400)
    return page("account/resend.html", status=400, typed=typed, after_login=False)


def sign_in_first(_error: Unauthorized) -> Response:
    """Send a visitor to sign in; what they had typed waits in the page meanwhile."""
    return problem(401, _(SENTENCES[401][1])) if wants_json() else sessions.to_sign_in(typed_now())


def other_host(_error: SecurityError) -> Response:
    """Answer 400 to a request for a host that is not ours. No page: no address can be built for that host."""
    log.warning("untrusted host", reference=reference())
    return Response(f"{_(SENTENCES[400][0])}: {reference()}", 400, mimetype="text/plain")


def refused(error: HTTPException) -> Response:
    """Answer an HTTP error in our own words; its headers (Allow, Retry-After) stay."""
    if error.response is not None:
        return error.response  # a ready answer, such as a redirect for a missing slash
    if error.code in WATCHED and staff_or_none() is not None:
        log.warning("refused", status=error.code, **_who_and_where())
    response = answer(error.code or BROKEN)
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            response.headers.setdefault(name, value)
    return response


def failed(error: Exception) -> Response:
    """Answer 500 with a reference and nothing else; the log has the rest under the same reference."""
    log.error("unhandled error", reference=reference(), method=request.method, path=request.path, exc_info=error)
    try:
        return answer(BROKEN)
    except Exception as again:  # the page itself may be what is broken
        log.error("error page failed", reference=reference(), exc_info=again)
        return Response(f"{_(SENTENCES[BROKEN][0])}: {reference()}", BROKEN, mimetype="text/plain")


def answer(status: int) -> Response:
    """Return the page or the problem document for `status` in its standing words."""
    what, way = _words(status)
    return problem(status, f"{what}. {way}") if wants_json() else error_page(status)


def error_page(status: int, *, message: str | None = None, where: str | None = None) -> Response:
    """Return the error page: what happened, what to do, the reference."""
    what, way = _words(status)
    return page(
        "errors/error.html",
        status=status,
        title=what,
        message=message or way,
        where=where,
        code=status,
        reference=reference(),
    )


def problem(status: int, detail: str, *, code: str | None = None, where: str | None = None) -> Response:
    """Return a problem document; `where` points to the field or place."""
    what, _way = _words(status)
    facts = {
        "type": "about:blank",
        "title": what,
        "status": status,
        "detail": detail,
        "reference": reference(),
    }
    response = jsonify(facts | {"code": code or f"http_{status}", "where": where})
    response.status_code, response.mimetype = status, "application/problem+json"
    return response


def _words(status: int) -> tuple[str, str]:
    """Return what happened and what to do next, in the reader's language and with this house's limits."""
    what, way = SENTENCES.get(status, SENTENCES[400 if status < BROKEN else BROKEN])
    settings = house().settings
    return _(what), _(way).format(file=settings.upload_file_mb, all=settings.upload_request_mb)


def _who_and_where() -> dict[str, object]:
    """Return what a line of the log tells of a refusal: whose request, for which door, under which reference."""
    person = staff_or_none()
    return {"user": person.user_id if person else None, "door": request.endpoint, "reference": reference()}


def wants_json() -> bool:
    """Tell whether a program is asking: an address below /api, or JSON preferred to HTML."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return best == "application/json"
