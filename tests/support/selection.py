"""Which tests run a second time, on PostgreSQL. docs/testing.md says why these.

What can differ between the two databases lies in services, queries, migrations and the scheduler: their tests all run
again. Pages are drawn from frozen rows and know no database: of their tests those run again that ask it what no other
test asks — lists and searches, counts that are opened page by page, sessions, the API, and every route once.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

PAGES: Final = frozenset(
    {
        "access/test_matrix.py",
        "account/test_sessions.py",
        "account/test_signing_in.py",
        "admin/test_first_run.py",
        "admin/test_operation.py",
        "api/test_api.py",
        "desk/test_every_page.py",
        "desk/test_flags.py",
        "desk/test_index_766.py",
        "desk/test_overviews.py",
        "desk/test_process.py",
        "desk/test_reports.py",
        "desk/test_tables.py",
        "desk/test_worklist.py",
        "public/test_catalogue.py",
        "public/test_every_page.py",
    }
)


def may_differ(test_file: PurePath) -> bool:
    """Tell whether the tests of this file, which touch the database, may answer otherwise on PostgreSQL."""
    *_before, area, folder, name = test_file.parts
    return area != "web" or f"{folder}/{name}" in PAGES
