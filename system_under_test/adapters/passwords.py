"""Argon2id hashing with the OWASP minimum: 19 MiB, two passes, one lane; about 20 ms here."""

from __future__ import annotations

from typing import Final

# A real hash with the same costs, of a password that nobody has: an unknown login takes as long.
_NOBODY: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$3pBAD2Nz9ODyocyZ7V4SoA"
    "$V3TFIOLwDmtPwjFjaPNvMVyIZZJdHRyUgP6wRWiD0jQ"
)


class Argon2Passwords:
    """Hashes and verifies."""

    def __init__(self) -> None:
        from argon2 import PasswordHasher

        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

    def hash(self, password: str) -> str:
        """A salted hash."""
        return self._hasher.hash(password)

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether they match; takes as long without a hash, and is then False."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            self._hasher.verify(password_hash or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None
