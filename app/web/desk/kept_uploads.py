"""Files that come in at the desk (tệp nhận tại quầy): looked at, their signatures judged, then kept.

A bad signature is said at once at every intake; nothing of a refused file is kept.
"""

from __future__ import annotations

from app.adapters.papers import checked_paper
from app.adapters.scanning.kinds import kind_of
from app.services.values import NewFile
from app.web.context import house
from app.web.signed_uploads import refuse_bad_signature
from app.web.uploads import Upload


def kept_paper(upload: Upload, *, where: str) -> NewFile:
    """Return a file that was really opened and kept, with its pages; raises what `checked_paper` does, SignatureBad."""
    paper = checked_paper(upload.content, upload.name, where=where)
    refuse_bad_signature(upload, where=where)
    return NewFile(house().files.put(upload.content), paper.mime, paper.pages, upload.name, origin="scanned")


def kept_scan(upload: Upload, *, where: str = "files") -> NewFile:
    """Return a kept file of the scanner, for a job that opens it; raises what `kind_of` does, SignatureBad."""
    mime = kind_of(upload.content, upload.name)
    refuse_bad_signature(upload, where=where)
    return NewFile(house().files.put(upload.content), mime, 0, upload.name, origin="scanned")
