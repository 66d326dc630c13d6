"""One web application for many houses: a test moves its own in.

Adding the routes and compiling the templates takes longer than most tests, and both are the same in every house.
"""

from __future__ import annotations

import os
from typing import Final

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from app.factory import create_app, move_in
from app.wiring import House
from tests.support.database_run import TEMPLATES

# What `create_app` reads from the settings beyond the house itself: these ask for an application of their own.
READ_ONCE: Final = ("external_url", "host", "proxies", "session_hours", "upload_request_mb", "log_format")
_built: dict[tuple[object, ...], Flask] = {}


def application(house: House) -> Flask:
    """Return the application over `house`. The house before it has moved out: one at a time."""
    wanted = tuple(getattr(house.settings, name) for name in READ_ONCE)
    if wanted not in _built:
        _built[wanted] = create_app(house=house)
        _built[wanted].jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ[TEMPLATES])
    move_in(_built[wanted], house)
    return _built[wanted]
