"""The warm process (tiến trình kiểm tra): libraries loaded, one thread, and a fork for each file.

It is started by `verifier` and gets, over its one socket, the sockets of those who ask. The file is read by the
forked child alone, behind its walls. It ends when its socket closes, that is with the process that started it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import sys

from app.adapters.verifying.cage import MEMORY_MB, wall_in
from app.adapters.verifying.verdict_words import question_from_bytes, verdict_to_bytes
from signing import verify

HEADER = struct.Struct("!dQQ")
"""Seconds allowed; lengths of question and file, which follow."""


def serve(control: socket.socket) -> None:
    """Fork for every socket that arrives, until there is nobody left to send one."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control.sendall(b"!")
    while True:
        _, received, _, _ = socket.recv_fds(control, 1, 1)
        if not received:
            return
        if os.fork() == 0:
            control.close()
            _answer(socket.socket(fileno=received[0]))
        os.close(received[0])


def _answer(asker: socket.socket) -> None:
    try:
        with asker, asker.makefile("rwb") as stream:
            seconds, question_length, file_length = HEADER.unpack(stream.read(HEADER.size))
            wall_in(seconds=seconds, megabytes=MEMORY_MB)
            trust, at, revocation = question_from_bytes(stream.read(question_length))
            verdict = verify(stream.read(file_length), trust, at=at, revocation=revocation)
            stream.write(verdict_to_bytes(verdict))
    finally:
        os._exit(os.EX_OK)


if __name__ == "__main__":
    with contextlib.suppress(ConnectionError), socket.socket(fileno=int(sys.argv[1])) as given:
        serve(given)
