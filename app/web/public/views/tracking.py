"""Following a dossier: by number alone its progress, with the secret all that its owner may know."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from flask import Response, request

from app.domain.identifiers import normal_number
from app.i18n import gettext as _
from app.queries import tracking
from app.queries.tracking import Tracked
from app.queries.usual_time import UsualTime, usual_time
from app.services.own_dossier import note_fetched, withdraw_own
from app.web import guesses
from app.web.context import house, now
from app.web.filters import vn_datetime
from app.web.public import grants
from app.web.public.presenters.steps import progress_shown
from app.web.public.presenters.tracking import tracked_shown
from app.web.responses import download, found, page, see_other

NOT_FOUND = 404
LONGEST_NUMBER = 60


def track() -> Response:
    """The two boxes; a number in the address fills the first."""
    return page("public/track.html", typed=request.args.get("ma", "")[:LONGEST_NUMBER], wrong=None)


def track_number(number: str) -> Response:
    """The address of the QR on paper: progress, and a box that the script fills with the secret."""
    return _progress(number, wrong_secret=False)


def track_open() -> Response:
    """Number and secret open the dossier; a number alone shows its progress."""
    number = normal_number(request.form.get("code", "")[:LONGEST_NUMBER])
    secret = request.form.get("secret", "")
    if not secret.strip():
        return _progress(number, wrong_secret=False)
    guesses.refuse_guessing(number)
    with house().reading() as db:
        dossier = tracking.proven(db, house().vault, number, secret)
    if dossier is None:
        with house().reading() as db:
            replaced_at = tracking.replaced_receipt(db, house().vault, number, secret)
        if replaced_at is not None:
            return _progress(number, wrong_secret=True, wrong=_replaced(replaced_at))
        guesses.count_wrong(number)
        return _progress(number, wrong_secret=True)
    grants.open_dossier(dossier.id, dossier.secret_mac)
    return see_other("public.track_dossier")


def track_dossier() -> Response:
    """The dossier this browser has opened."""
    dossier = opened()
    if dossier is None:
        return see_other("public.track")
    response = page("public/track_dossier.html", dossier=tracked_shown(dossier, _usual(dossier), now=now()))
    response.headers["Cache-Control"] = "no-store"
    return response


def track_close() -> Response:
    """Leave the dossier behind: for the next person at this machine."""
    grants.close_dossier()
    return see_other("public.track")


def download_result(result_id: int) -> Response:
    """The citizen's copy of the result, exactly as it was signed and sealed."""
    dossier = found(opened())
    with house().reading() as db:
        file = found(tracking.result_file(db, dossier.id, result_id))
    content = house().files.get(file.storage_id, file.key_sealed)
    with house().unit_of_work() as uow:
        note_fetched(uow, dossier.id, at=now())
    return download(content, f"{dossier.number}-{file.symbol or file.title}.pdf", media_type=file.mime)


def withdraw() -> Response:
    """Withdraw a filing that is not received yet; afterwards only the desk can, for the applicant."""
    dossier = found(opened())
    with house().unit_of_work() as uow:
        withdraw_own(uow, dossier.id, at=now())
    return see_other("public.track_dossier")


def opened() -> Tracked | None:
    """Return the dossier that this browser has proven, or None when it has to prove it again."""
    kept = grants.opened_dossier()
    if kept is None:
        return None
    with house().reading() as db:
        dossier = tracking.tracked(db, house().calendars, kept[0], at=now())
    return dossier if dossier and grants.still_holds(dossier.secret_mac, kept[1]) else None


def _usual(dossier: Tracked) -> UsualTime | None:
    """Return how long such dossiers take: asked once a day and process, it changes slowly."""
    if dossier.clockwork is None:
        return None
    code, unit_id, a_day = dossier.procedure_code, dossier.settling_unit_id, dossier.clockwork.minutes_a_day
    return _usual_of_day(house().settings.database_url, code, unit_id, a_day, now().date())


@lru_cache(maxsize=256)
def _usual_of_day(_database: str, code: str, unit_id: int, minutes_a_day: int, _day: date) -> UsualTime | None:
    with house().reading() as db:
        return usual_time(db, code, unit_id, minutes_a_day=minutes_a_day, at=now())


def _replaced(at: datetime) -> str:
    return _(
        "Giấy tiếp nhận này đã được thay bằng giấy cấp lại lúc %(at)s. Vui lòng dùng mã trên giấy mới.",
        at=vn_datetime(at),
    )


def _progress(number: str, *, wrong_secret: bool, wrong: str | None = None) -> Response:
    """Return the progress of a number; unknown, hidden and another house's numbers answer alike."""
    guesses.refuse_guessing(number)
    with house().reading() as db:
        known = tracking.progress(db, number)
    if known is None:
        if not wrong_secret:
            guesses.count_wrong(number)
        return page("public/track.html", typed=number, wrong=_not_found(), status=NOT_FOUND)
    if wrong_secret and wrong is None:
        wrong = _("Mã bí mật chưa khớp với mã hồ sơ. Xem lại 8 ký tự cạnh mã QR rồi nhập lại.")
    return page(
        "public/track_progress.html", progress=progress_shown(known), wrong=wrong, status=422 if wrong_secret else 200
    )


def _not_found() -> str:
    return _("Không tìm thấy hồ sơ khớp với thông tin đã nhập. Xem lại mã in trên Giấy tiếp nhận rồi nhập lại.")
