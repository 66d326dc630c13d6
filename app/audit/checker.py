"""The stand-alone checker of an exported event log. Give it to whoever does not want to trust this program.

    python checker.py EXPORT.jsonl [--key HEX] [--root HEX] [--earlier OLDER.jsonl] [--json]

One file: Python's standard library, and `cryptography` for signatures when --key is given. It imports nothing
of Một cửa and repeats the rules from their description: canonical JSON (RFC 8785 for text, whole numbers,
booleans, null, lists, objects), payload digest sha256(salt + canonical payload), link sha256(previous + canonical
header + payload digest), tree heads as RFC 6962. Exit 0: all holds; 1: something does not; 2: unreadable export.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

FORMAT = "motcua-audit-1"
GENESIS = "0" * 64
HEADER = {"subject", "seq", "kind", "at", "actor", "user"}


class Unreadable(Exception):
    """The file is no export, or is cut off in the middle of a line."""


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 form; fractions never stand in an event and are refused."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).encode()
    if isinstance(value, int):
        return str(value).encode()
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return b"{" + b",".join(canonical(key) + b":" + canonical(value[key]) for key in keys) + b"}"
    raise ValueError(f"a {type(value).__name__} cannot be chained")


def tree_head(leaves: list[bytes]) -> bytes:
    """Return the RFC 6962 tree head over leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(level) // 2 * 2 :]
    return level[0]


class Checker:
    """Reads an export line by line and keeps what does not fit."""

    def __init__(self, key: str = "") -> None:
        self.key = key
        self.faults: list[dict[str, Any]] = []
        self.leaves: dict[int, bytes] = {}
        self.chains: dict[str, list[tuple[int, str, str]]] = {}
        self.newest: dict[str, tuple[int, Any]] = {}
        self.dossiers: dict[str, dict[str, Any]] = {}
        self.roots: list[dict[str, Any]] = []
        self.erasures: list[tuple[str, int, int]] = []
        self.moved_in: dict[int, bytes] = {}
        self.batches: list[tuple[str, int, dict[str, Any]]] = []
        self.whole = False
        self.payloads = False

    def run(self, lines: Iterable[str]) -> None:
        """Read the export and check everything that one export can show."""
        for number, line in enumerate(lines, start=1):
            self._line(number, _parsed(number, line))
        if not self.whole:
            self.fault("export_cut_off", "export")
        for subject, events in self.chains.items():
            self._chain(subject, events)
        if self.payloads:
            self._dossiers()
        for subject, seq, eraser in self.erasures:
            if eraser not in self.leaves:
                self.fault("erasure_unproven", subject, seq)
        for subject, seq, told in self.batches:
            self._batch(subject, seq, told)
        for root in self.roots:
            self._root(root)

    def fault(self, kind: str, subject: str, seq: int = 0, detail: str = "") -> None:
        """Keep one finding."""
        self.faults.append({"kind": kind, "subject": subject, "seq": seq, "detail": detail})

    def head(self) -> str:
        """Return the tree head over all events."""
        return tree_head([self.leaves[number] for number in sorted(self.leaves)]).hex()

    def _line(self, number: int, line: dict[str, Any]) -> None:
        kind = line.get("type")
        if number == 1:
            if kind != "export" or line.get("format") != FORMAT:
                raise Unreadable(f"line 1 does not say {FORMAT}")
            self.payloads = bool(line.get("payloads"))
        elif kind == "event":
            self._event(line)
        elif kind == "dossier":
            self.dossiers[f"dossier:{line['id']}"] = line
        elif kind == "root":
            self.roots.append(line)
        elif kind == "end":
            self.whole = True
            if line["events"] != len(self.leaves) or line["root"] != self.head():
                self.fault("events_differ_from_sums", "export")
        else:
            raise Unreadable(f"line {number} is of no known kind")

    def _event(self, line: dict[str, Any]) -> None:
        header, seq = line["header"], line["header"]["seq"]
        subject = header["subject"]
        if line["id"] in self.leaves:
            self.fault("event_twice", subject, seq)
        self.leaves[line["id"]] = bytes.fromhex(line["hash"])
        self.chains.setdefault(subject, []).append((seq, line["previous"], line["hash"]))
        digest = hashlib.sha256(
            bytes.fromhex(line["previous"]) + canonical(header) + bytes.fromhex(line["payload_hash"])
        ).hexdigest()
        if set(header) != HEADER or digest != line["hash"]:
            self.fault("hash_differs", subject, seq)
        self._payload(line, subject, seq)
        if header["kind"] == "dossier:imported":
            self.moved_in[int(subject.partition(":")[2])] = self.leaves[line["id"]]
        elif header["kind"] == "dossiers:batch_imported" and line["payload"]:
            self.batches.append((subject, seq, line["payload"]))
        if seq >= self.newest.get(subject, (0, None))[0]:
            self.newest[subject] = (seq, (line["payload"] or {}).get("after"))

    def _payload(self, line: dict[str, Any], subject: str, seq: int) -> None:
        if line["erased_by"] is not None:
            self.erasures.append((subject, seq, line["erased_by"]))
        elif line.get("withheld"):
            return
        elif line["payload"] is None or line["salt"] is None:
            self.fault("payload_differs", subject, seq, "missing")
        else:
            try:
                salted = bytes.fromhex(line["salt"]) + canonical(line["payload"])
            except ValueError as wrong:
                self.fault("payload_differs", subject, seq, str(wrong))
                return
            if hashlib.sha256(salted).hexdigest() != line["payload_hash"]:
                self.fault("payload_differs", subject, seq)

    def _chain(self, subject: str, events: list[tuple[int, str, str]]) -> None:
        previous = GENESIS
        for expected, (seq, before, digest) in enumerate(sorted(events), start=1):
            if seq != expected:
                self.fault("sequence_gap", subject, seq, str(expected))
            if before != previous:
                self.fault("previous_differs", subject, seq)
            previous = digest

    def _dossiers(self) -> None:
        for subject, line in self.dossiers.items():
            if subject not in self.newest:
                self.fault("no_events", subject)
                continue
            seq, told = self.newest[subject]
            if line["seq"] != seq:
                self.fault("tail_differs", subject, seq, str(line["seq"]))
            differing = [name for name in told or {} if told[name] != line["now"].get(name)]
            if differing:
                self.fault("structure_differs", subject, seq, ", ".join(sorted(differing)))
        for subject in self.newest:
            if subject.startswith("dossier:") and subject not in self.dossiers:
                self.fault("dossier_missing", subject)

    def _batch(self, subject: str, seq: int, told: dict[str, Any]) -> None:
        """Compare an imported batch with the dossiers that came with it: one taken out left no chain of its own."""
        stretch = range(told["first"], told["last"] + 1)
        leaves = [self.moved_in[number] for number in stretch if number in self.moved_in]
        if len(leaves) != told["imported"] or tree_head(leaves).hex() != told["digest"]:
            self.fault("import_batch_differs", subject, seq, f"{told['first']}–{told['last']}")

    def _root(self, root: dict[str, Any]) -> None:
        stretch = [self.leaves[number] for number in sorted(self.leaves) if root["first"] <= number <= root["last"]]
        subject = f"root:{root['period']}"
        if len(stretch) != root["events"] or tree_head(stretch).hex() != root["root"]:
            self.fault("root_differs", subject)
        if self.key and not _signed(self.key, root):
            self.fault("signature_differs", subject)

    def continues(self, earlier: Checker) -> None:
        """Check that everything an earlier export held stands here unchanged."""
        for number, leaf in earlier.leaves.items():
            if self.leaves.get(number) != leaf:
                self.fault("earlier_event_gone", f"event:{number}")


def _signed(key: str, root: dict[str, Any]) -> bool:
    # Only who gives a key needs the library.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - optional
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - optional

    words = f"{root['period']}\n{root['first']}\n{root['last']}\n{root['events']}\n{root['root']}\n".encode()
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(root["signature"] or ""), words)
    except (InvalidSignature, ValueError):
        return False
    return True


def _parsed(number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as wrong:
        raise Unreadable(f"line {number}: {wrong}") from wrong
    if not isinstance(found, dict):
        raise Unreadable(f"line {number} is no object")
    return found


def check(lines: Iterable[str], key: str = "") -> Checker:
    """Return what was found in an export. Raises Unreadable."""
    checker = Checker(key)
    try:
        checker.run(lines)
    except (KeyError, TypeError, ValueError) as wrong:
        raise Unreadable(f"a line lacks what it must hold: {wrong!r}") from wrong
    return checker


def _lines_of(path: str) -> Iterator[str]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - one plain file, no pathlib needed
        yield from file


def main(arguments: list[str] | None = None) -> int:
    """Check one export from the command line and return the exit code."""
    reader = argparse.ArgumentParser(description="Check an exported event log of Mot cua.")
    reader.add_argument("export")
    reader.add_argument("--key", default="", help="public key of the house (hex), got another way than the export")
    reader.add_argument("--root", default="", help="tree head over all events that somebody noted before")
    reader.add_argument("--earlier", default="", help="an export taken before: all of it must still be there")
    reader.add_argument("--json", action="store_true")
    asked = reader.parse_args(arguments)
    try:
        checker = check(_lines_of(asked.export), asked.key)
        if asked.earlier:
            checker.continues(check(_lines_of(asked.earlier)))
    except (OSError, UnicodeDecodeError, Unreadable) as wrong:
        sys.stderr.write(f"unreadable: {wrong}\n")
        return 2
    if asked.root and asked.root != checker.head():
        checker.fault("root_differs", "export", detail="not the tree head that was noted")
    _say(checker, as_json=asked.json)
    return 1 if checker.faults else 0


def _say(checker: Checker, *, as_json: bool) -> None:
    sums = {"events": len(checker.leaves), "subjects": len(checker.chains), "roots": len(checker.roots)}
    answer = {"holds": not checker.faults, **sums, "root": checker.head(), "faults": checker.faults}
    if as_json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    verdict = "the log holds" if not checker.faults else f"{len(checker.faults)} faults"
    sys.stdout.write(f"{verdict}: {sums['events']} events, {sums['subjects']} subjects, {sums['roots']} roots\n")
    sys.stdout.write(f"tree head {answer['root']}\n")
    for fault in checker.faults:
        sys.stdout.write(f"  {fault['kind']} {fault['subject']} event {fault['seq']} {fault['detail']}\n")


if __name__ == "__main__":
    sys.exit(main())
