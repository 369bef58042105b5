"""Names and secrets that cannot be guessed, from the operating system's generator."""

from __future__ import annotations

import secrets
import string

from domain.shared.ids import ConnectionId

ALPHABET = string.digits + string.ascii_letters
ID_LENGTH = 22  # 131 bits
SECRET_BYTES = 32  # 256 bits


def new_connection_id() -> ConnectionId:
    return ConnectionId("".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH)))


def new_secret() -> str:
    """Fits a URL, a header and a shell without quoting."""
    return secrets.token_urlsafe(SECRET_BYTES)
