"""Which bytes a signature speaks for (phạm vi được ký), and what was added after it.

Two independent looks: our own strict one at the byte range, and pyHanko's comparison of every later revision
under a policy narrower than its default: only further signatures, timestamps and evidence are legitimate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.verdicts import Change

# One case throughout and no white space: the gap is outside the digest, so it may hold nothing but the value.
_HEXADECIMAL = re.compile(rb"<(?:(?:[0-9A-F]{2})+|(?:[0-9a-f]{2})+)>")
_EVIDENCE = ModificationLevel.LTA_UPDATES
_LAST_LINES = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
_LINE_ENDS = b"\r\n"
_TAIL = 128
_TIMESTAMP = "/DocTimeStamp"

ONLY_SIGNATURES = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        DocInfoRule().as_qualified(_EVIDENCE),
        XrefStreamRule().as_qualified(_EVIDENCE),
        ObjectStreamRule().as_qualified(_EVIDENCE),
        DSSCompareRule().as_qualified(_EVIDENCE),
        MetadataUpdateRule().as_qualified(_EVIDENCE),
    ],
    form_rule=FormUpdatingRule(field_rules=[SigFieldCreationRule(), SigFieldModificationRule()]),
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`sound`: the byte range is the file around this signature; `whole`: up to the file's last byte.

    `revision` of `revisions` is what it speaks for, counted from 1; `changes` is what the later ones brought.
    """

    sound: bool
    whole: bool
    modified_after: bool
    revision: int = 0
    revisions: int = 0
    changes: tuple[Change, ...] = ()


def coverage_of(signature: EmbeddedPdfSignature, *, file: bytes) -> Coverage:
    """Return what the byte range covers and whether a revision after it is anything but a signature."""
    end = _end_of_range(signature, file)
    if end is None:
        return Coverage(sound=False, whole=False, modified_after=True)
    signature.compute_integrity_info(diff_policy=ONLY_SIGNATURES)
    changed = not _only_signatures(signature) or _has_loose_bytes(signature, file, end=end)
    revision, revisions = signature.signed_revision + 1, signature.reader.xrefs.total_revisions
    changes = _changes(signature, revision=revision, revisions=revisions, altered=changed)
    return Coverage(True, end == len(file), changed, revision, revisions, changes)


def _changes(signature: EmbeddedPdfSignature, *, revision: int, revisions: int, altered: bool) -> tuple[Change, ...]:
    """Return what each later revision brought; one without a signature is evidence unless something was altered."""
    others = {other.signed_revision: other for other in signature.reader.embedded_signatures}
    found = []
    for number in range(revision, revisions):
        if number in others:
            is_time = others[number].sig_object_type == _TIMESTAMP
            found.append(Change.TIMESTAMP if is_time else Change.SIGNATURE)
        else:
            found.append(Change.CONTENT if altered else Change.EVIDENCE)
    return tuple(found) if not altered or Change.CONTENT in found else (*found, Change.CONTENT)


def _end_of_range(signature: EmbeddedPdfSignature, file: bytes) -> int | None:
    numbers = [int(n) for n in signature.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        return None
    _, first, second, rest = numbers
    gap, end = file[first:second], second + rest
    if end > len(file) or not _HEXADECIMAL.fullmatch(gap):
        return None
    return end if bytes.fromhex(gap[1:-1].decode()) == signature.pkcs7_content else None


def _has_loose_bytes(signature: EmbeddedPdfSignature, file: bytes, *, end: int) -> bool:
    """Return whether bytes stand behind the last revision: readers skip them, and nobody signed them."""
    is_last = signature.signed_revision == signature.reader.xrefs.total_revisions - 1
    return bool(is_last and file[end:].strip(_LINE_ENDS)) or not _LAST_LINES.search(file[-_TAIL:])


def _only_signatures(signature: EmbeddedPdfSignature) -> bool:
    result: object = signature.diff_result
    if not isinstance(result, DiffResult) or result.modification_level > ModificationLevel.FORM_FILLING:
        return False
    # An empty signature field may carry a picture that nobody signed: it counts as a change.
    signed = {str(s.field_name) for s in signature.reader.embedded_signatures}
    return set(result.changed_form_fields) <= signed and _permitted(signature, result)


def _permitted(signature: EmbeddedPdfSignature, result: DiffResult) -> bool:
    limit = signature.docmdp_level
    return limit is None or result.modification_level.value <= limit.value
