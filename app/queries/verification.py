"""What results carry so that anybody may check them (mã kiểm tra trên kết quả)."""

from __future__ import annotations

from app.db.models import Dossier
from app.domain.identifiers import check_code
from app.vault import Vault


def result_check(vault: Vault, dossier: Dossier) -> str:
    """Return the check code printed on the results of a dossier."""
    return check_code(vault.mac(dossier.uid, "verify"))
