"""How far a database is: told by file names as Alembic tells it by reading every migration."""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory

from app.db import revisions
from app.db.session import make_engine


def test_file_names_say_what_the_migrations_say():
    scripts = ScriptDirectory.from_config(Config(toml_file=revisions.CHECKOUT / "pyproject.toml"))
    assert revisions.newest() == scripts.get_current_head()
    assert all(revisions.is_known(script.revision) for script in scripts.walk_revisions())
    assert not revisions.is_known("9999")


def test_a_migrated_house_is_at_the_newest_and_an_empty_one_at_none(house, tmp_path):
    assert revisions.revision(house.engine) == revisions.newest()
    assert revisions.revision(make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")) is None
