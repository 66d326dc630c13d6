"""Addresses of the administration. Administrators see no dossier; auditors read the log and the operation."""

from __future__ import annotations

from flask import Blueprint

from app.domain.people import Role
from app.web.access import public, requires
from app.web.admin import (
    api_keys,
    audit,
    authority,
    calendar,
    keys,
    navigation,
    overview,
    procedures,
    reminders,
    revising,
    revising_limits,
    setup,
    units,
    users,
)
from app.web.urls import Url, register

ADMIN = requires(Role.ADMIN)
WATCHING = requires(Role.ADMIN, Role.AUDITOR)
POST = ("POST",)

URLS = (
    # First run: no account exists yet, the secret of the terminal opens it
    Url("/thiet-lap", setup.show, access=public(), endpoint="setup"),
    Url("/thiet-lap", setup.save, POST, access=public(), endpoint="set_up"),
    # Overview and operation
    Url("/", overview.overview, access=ADMIN),
    Url("/van-hanh", overview.operation, access=WATCHING),
    Url("/van-hanh/viec/<int:job_id>", overview.run_job_again, POST, access=ADMIN),
    Url("/van-hanh/tin/<int:message_id>", overview.send_again, POST, access=ADMIN),
    Url("/nhat-ky", audit.audit, access=WATCHING),
    # Accounts
    Url("/tai-khoan", users.users, access=ADMIN),
    Url("/tai-khoan/moi", users.new_user, access=ADMIN),
    Url("/tai-khoan/moi", users.create_user, POST, access=ADMIN),
    Url("/tai-khoan/<int:user_id>", users.user, access=ADMIN),
    Url("/tai-khoan/<int:user_id>/vai-tro", users.save_roles, POST, access=ADMIN),
    Url("/tai-khoan/<int:user_id>/mat-khau", users.reset_password, POST, access=ADMIN),
    Url("/tai-khoan/<int:user_id>/trang-thai", users.save_active, POST, access=ADMIN),
    # Units
    Url("/don-vi", units.units, access=ADMIN),
    Url("/don-vi", units.add_unit, POST, access=ADMIN),
    Url("/don-vi/<int:unit_id>", units.unit, access=ADMIN),
    Url("/don-vi/<int:unit_id>", units.save_unit, POST, access=ADMIN),
    Url("/don-vi/<int:unit_id>/tai-khoan", units.save_account, POST, access=ADMIN),
    Url("/don-vi/<int:unit_id>/bo", units.remove_unit, POST, access=ADMIN),
    # Reminders
    Url("/nhac-han", reminders.reminders, access=ADMIN),
    Url("/nhac-han", reminders.save_reminders, POST, access=ADMIN),
    # Authority to sign, absence
    Url("/tham-quyen", authority.authorities, access=ADMIN),
    Url("/tham-quyen", authority.grant_authority, POST, access=ADMIN),
    Url("/tham-quyen/<int:authority_id>/het", authority.end_authority, POST, access=ADMIN),
    Url("/vang-mat", authority.absences, access=ADMIN),
    Url("/vang-mat", authority.set_absence, POST, access=ADMIN),
    Url("/vang-mat/<int:absence_id>/het", authority.end_absence, POST, access=ADMIN),
    # Signing keys
    Url("/khoa-ky", keys.keys, access=ADMIN),
    Url("/khoa-ky", keys.register_key, POST, access=ADMIN),
    Url("/khoa-ky/<int:key_id>/thoi-dung", keys.retire_key, POST, access=ADMIN),
    # Keys of linked systems
    Url("/khoa-ket-noi", api_keys.api_keys, access=ADMIN),
    Url("/khoa-ket-noi", api_keys.give_key, POST, access=ADMIN),
    Url("/khoa-ket-noi/<int:key_id>/thu-hoi", api_keys.take_back_key, POST, access=ADMIN),
    # Procedures
    Url("/thu-tuc", procedures.procedures, access=ADMIN),
    Url("/thu-tuc", procedures.open_or_close, POST, access=ADMIN),
    Url("/thu-tuc/<code>", procedures.procedure, access=ADMIN),
    Url("/thu-tuc/<code>/thoi-han", revising_limits.limits, access=ADMIN, endpoint="revise_limits"),
    Url("/thu-tuc/<code>/thoi-han", revising_limits.save_limits, POST, access=ADMIN, endpoint="save_limits"),
    Url("/thu-tuc/<code>/quy-trinh", revising.steps, access=ADMIN, endpoint="revise_steps"),
    Url("/thu-tuc/<code>/quy-trinh", revising.save_steps, POST, access=ADMIN, endpoint="save_steps"),
    Url("/thu-tuc/<code>/phi", revising.fees, access=ADMIN, endpoint="revise_fees"),
    Url("/thu-tuc/<code>/phi", revising.save_fees, POST, access=ADMIN, endpoint="save_fees"),
    Url("/thu-tuc/<code>/thanh-phan", revising.papers, access=ADMIN, endpoint="revise_papers"),
    Url("/thu-tuc/<code>/thanh-phan", revising.save_papers, POST, access=ADMIN, endpoint="save_papers"),
    # Working calendar
    Url("/lich", calendar.calendar, access=ADMIN),
    Url("/lich/ngay", calendar.add_day, POST, access=ADMIN),
    Url("/lich/ngay/bo", calendar.remove_day, POST, access=ADMIN),
    Url("/lich/xac-nhan", calendar.confirm_year, POST, access=ADMIN),
    Url("/lich/du-kien", calendar.propose_year, POST, access=ADMIN),
    Url("/lich.csv", calendar.export_days, access=ADMIN, endpoint="calendar_file"),
    Url("/lich/nhap", calendar.import_days, POST, access=ADMIN),
    Url("/lich/gio", calendar.hours, access=ADMIN),
    Url("/lich/gio", calendar.save_hours, POST, access=ADMIN),
)
admin = register(Blueprint("admin", __name__, url_prefix="/quan-tri"), URLS)
admin.context_processor(lambda: {"menu": navigation.menu()})
