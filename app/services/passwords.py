"""Hashing of passwords (băm mật khẩu): argon2id, checked in the same time whether the account exists or not."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

# OWASP's first choice for argon2id: 19 MiB, two passes. Four threads at once then need 76 MiB of a worker,
# where the library's default would need 256.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
_NOBODY = HASHER.hash("no account has this password")


def hash_password(password: str) -> str:
    """Return the argon2id string of `password`; nothing is cut off, however long it is."""
    return HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Tell whether `password` is the one hashed in `stored`; None costs as much time and is never right."""
    try:
        HASHER.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether `stored` was made with weaker parameters than today's, and should be hashed anew."""
    return HASHER.check_needs_rehash(stored)
