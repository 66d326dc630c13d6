"""Runs the migrations on the engine that `motcua db upgrade` hands over, or on the settings' database."""

from alembic import context

from app.db.base import Base
from app.db.models import Dossier
from app.db.session import make_engine
from app.settings import from_environment

assert Dossier.metadata is Base.metadata  # noqa: S101 - importing the models is what fills the metadata


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    with make_engine(from_environment().database_url).connect() as own:
        run(own)
        own.commit()
