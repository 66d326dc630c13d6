"""What a PDF carries besides pages (nội dung ẩn trong PDF): scripts and programs to start, files packed inside.

Pages are shown as pictures of our own making, so neither does harm here; but the file is handed on, and what it
shows elsewhere may differ from what was looked at. Walks only where the format lets an action stand, in bounds.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_ACTS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/Rendition"})
_MOST_STEPS = 20_000


def has_scripts(document: pikepdf.Pdf) -> bool:
    """Return whether something runs when the file, a page, a note or a field of it is opened or touched."""
    names = document.Root.get("/Names", Dictionary())
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        return True
    return any(_acts(one) for one, _step in zip(_holders(document), range(_MOST_STEPS), strict=False))


def has_attachments(document: pikepdf.Pdf) -> bool:
    """Return whether files are packed into the document or pinned to its pages."""
    if len(document.attachments):
        return True
    return any(note.get("/Subtype") == Name.FileAttachment for page in document.pages for note in _notes(page.obj))


def _holders(document: pikepdf.Pdf) -> Iterator[Object]:
    yield document.Root
    for page in document.pages:
        yield page.obj
        yield from _notes(page.obj)
    form = document.Root.get("/AcroForm", Dictionary())
    waiting = list(_items(form.get("/Fields"))) if isinstance(form, Dictionary) else []
    for field in waiting[:_MOST_STEPS]:
        yield field
        yield from _items(field.get("/Kids"))


def _acts(holder: Object) -> bool:
    many = holder.get("/AA")
    actions = [holder.get("/OpenAction"), holder.get("/A"), *(many.values() if isinstance(many, Dictionary) else ())]
    return any(_runs(action) for action in actions)


def _runs(action: object) -> bool:
    for _step in range(_MOST_STEPS):
        if not isinstance(action, Dictionary):
            return False
        if str(action.get("/S")) in _ACTS:
            return True
        action = action.get("/Next")
    return True


def _notes(page: Object) -> Iterator[Object]:
    yield from _items(page.get("/Annots"))


def _items(maybe: object) -> Iterator[Object]:
    for one in maybe if isinstance(maybe, Array) else ():
        if isinstance(one, Dictionary):
            yield one
