"""Passwords by argon2id, and the tokens of signed-in browsers."""

import hashlib
import secrets
import threading
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ia_workbench.kernel import Refused

SHORTEST_PASSWORD = 15  # characters; NIST SP 800-63B for a password that stands alone
MEMORY_KIB = 47104  # 46 MiB, one pass, one lane: OWASP Password Storage Cheat Sheet
MOST_AT_ONCE = threading.BoundedSemaphore(2)  # each hash takes 46 MiB: more at once would starve a small machine

PasswordHash = NewType("PasswordHash", str)
_HASHER = PasswordHasher(time_cost=1, memory_cost=MEMORY_KIB, parallelism=1)
_NOBODY = _HASHER.hash(secrets.token_urlsafe(32))


def hash_password(password: str) -> PasswordHash:
    """Return the argon2id hash of a password; refuses one of fewer than 15 characters.

    Takes a tenth of a second on purpose: call it before a transaction that writes, or every other writer waits too.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("A password needs at least {length} characters.", length=SHORTEST_PASSWORD)
    with MOST_AT_ONCE:
        return PasswordHash(_HASHER.hash(password))


def password_fits(password_hash: str | None, password: str) -> bool:
    """Say whether a password fits a hash. An account without one takes as long to refuse as any other."""
    with MOST_AT_ONCE:
        try:
            return _HASHER.verify(password_hash or _NOBODY, password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def new_token() -> str:
    """Return a fresh random token of 256 bits, safe in a cookie and a form."""
    return secrets.token_urlsafe(32)


def new_password() -> str:
    """Return a fresh random password that can be read out and typed: five groups of four letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(5))


def token_digest(token: str) -> str:
    """Return what is stored of a token: its SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
