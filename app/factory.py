"""Builds the web application (create_app): settings, house, guard, words, blueprints. Nothing imports it.

`granian --factory app.factory:create_app` or `flask --app app.factory run`.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from jinja2 import FileSystemBytecodeCache
from werkzeug.middleware.proxy_fix import ProxyFix

from app import i18n, logging
from app.settings import Settings, from_environment
from app.web import errors, filters, health, numbers, security, sessions
from app.web.access import refuse_undeclared
from app.web.account.urls import account
from app.web.admin.urls import admin
from app.web.api.urls import api
from app.web.context import EXTENSION, now, staff_or_none
from app.web.desk.urls import desk
from app.web.public.urls import public
from app.wiring import House, build_house

ROOT = Path(__file__).parent.parent
BLUEPRINTS = (public, desk, account, admin, api, health.health)
A_YEAR = 365 * 24 * 60 * 60  # seconds; addresses of static files change with their content


def create_app(settings: Settings | None = None, house: House | None = None) -> Flask:
    """Return the application over `house`, or over one built from `settings` (default: the environment).

    Raises SettingsInvalid, and AccessUndeclared when a route says nothing of who may use it.
    """
    house = house or build_house(settings or from_environment())
    # Before the first line: the default would print local variables, passwords among them.
    logging.configure(house.settings.log_format)
    app = Flask(__name__, static_folder="web/static", template_folder=str(ROOT / "templates"))
    move_in(app, house)
    app.config.update(BOOTSTRAP_SERVE_LOCAL=True, SEND_FILE_MAX_AGE_DEFAULT=A_YEAR)
    Bootstrap5(app)
    _install_words(app)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(_compiled_in(house.settings.home)))
    for part in (numbers, health, sessions, security, errors, filters):
        part.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    refuse_undeclared(app)
    _trust_proxies(app, house.settings.proxies)
    return app


def move_in(app: Flask, house: House) -> None:
    """Let `app` serve `house` from now on, with the key of its cookies."""
    app.extensions[EXTENSION] = house
    app.config["SECRET_KEY"] = house.vault.mac("cookies and forms", "flask")


def _compiled_in(home: Path) -> Path:
    """Return the folder of compiled templates: the first look at a page after a start compiles nothing."""
    folder = home / "templates"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _install_words(app: Flask) -> None:
    i18n.install(app.jinja_env)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        language=i18n.current_locale, staff=staff_or_none, now=now, session_seconds=sessions.seconds_left
    )
    app.url_defaults(_version_of_static)


def _version_of_static(endpoint: str, values: dict[str, Any]) -> None:
    """Add a digest of the file's content to its address, so that browsers may keep it for a year."""
    if endpoint == "static" and "filename" in values:
        values.setdefault("v", _digest(values["filename"]))


@lru_cache(maxsize=256)
def _digest(filename: str) -> str:
    path = ROOT / "app" / "web" / "static" / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"


def _trust_proxies(app: Flask, proxies: int) -> None:
    # Off by default: without a proxy of ours, X-Forwarded-… is only what a visitor claims.
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]  # Werkzeug's documented way
