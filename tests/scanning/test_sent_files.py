"""Files that people send: each bad one is named with its reason by the one check of every upload."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import img2pdf
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from app.adapters.papers import checked_paper
from app.adapters.scanning.run import Source, digitize
from tests.scanning.test_hostile_files import bomb_pdf, pdf_of, photo, png_of, zipped
from workflows.errors import RuleBroken

SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(2))) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def script_at_opening(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = SCRIPT


def script_by_name(document: pikepdf.Pdf) -> None:
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", SCRIPT])))


def script_behind_another_act(document: pikepdf.Pdf) -> None:
    document.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.GoTo, Next=SCRIPT))


def program_in_a_note(document: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="a.exe"))
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def script_in_a_field(document: pikepdf.Pdf) -> None:
    field = Dictionary(T="a", FT=Name.Tx, AA=Dictionary(K=SCRIPT))
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def acts_that_loop(document: pikepdf.Pdf) -> None:
    act = document.make_indirect(Dictionary(S=Name.GoTo))
    act.Next = act
    document.Root.OpenAction = act


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.exe"] = b"MZ"


ACTIVE = (
    script_at_opening, script_by_name, script_behind_another_act, program_in_a_note, script_in_a_field, acts_that_loop,
)  # fmt: skip
# Made when their test begins: whoever only collects tests does not wait for them.
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "encrypted.pdf": (lambda: pdf_of(encryption=pikepdf.Encryption(owner="a", user="b")), "file_locked"),
    "truncated.pdf": (lambda: pdf_of(3)[:200], "file_broken"),
    "truncated.jpg": (lambda: photo()[: len(photo()) // 2], "file_broken"),
    "many.pdf": (lambda: pdf_of(501), "file_too_big"),
    "bomb.png": (lambda: png_of(30_000, 30_000), "file_too_big"),
    "page.pdf": (lambda: b"<html><script>alert(1)</script></html>", "file_kind"),
    "masked.pdf": (lambda: b"%PDF-1.4\n<html><script>x</script></html>\n" + pdf_of(), "file_two_kinds"),
    "archive.pdf": (zipped, "file_kind"),
    "both.jpg": (lambda: photo() + zipped(), "file_two_kinds"),
    "program.pdf": (lambda: b"MZ" + bytes(400), "file_kind"),
    "attachment.pdf": (lambda: changed(attachment), "file_active"),
} | {f"{one.__name__}.pdf": (partial(changed, one), "file_active") for one in ACTIVE}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_named_with_its_reason(name: str) -> None:
    made, code = BAD[name]
    with pytest.raises(RuleBroken) as refused:
        checked_paper(made(), name)
    assert (refused.value.code, name in str(refused.value)) == (code, True)


def test_a_signed_file_keeps_its_attachments() -> None:
    assert checked_paper(changed(attachment) + b"\n% /ByteRange\n", "hoa-don.pdf").pages == 2


def test_a_picture_that_a_pdf_swells_to_is_not_drawn_when_it_is_taken() -> None:
    assert checked_paper(bomb_pdf(), "bomb.pdf").pages == 1  # drawn later, in a process with walls


def test_a_scan_leaves_scripts_and_attachments_behind(tmp_path) -> None:
    def with_both(document: pikepdf.Pdf) -> None:
        script_at_opening(document)
        attachment(document)
        with pikepdf.open(io.BytesIO(img2pdf.convert(photo()))) as drawn:
            document.pages.extend(drawn.pages)

    bound = tmp_path / "bound.pdf"
    digitize([Source("a.pdf", changed(with_both))], bound)
    checked_paper(bound.read_bytes(), "bound.pdf")
