"""Where a result lies until it is fetched (chỗ để kết quả)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class ResultShelf(Base):
    """The place of one dossier's result at the desk: a cabinet, a tray, a folder."""

    __tablename__ = "result_shelves"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    place: Mapped[str]
    placed_by: Mapped[str]
    placed_at: Mapped[datetime]
