"""Names and secrets that cannot be guessed, from the operating system's generator."""

from __future__ import annotations

import base64
import secrets
import string
from uuid import UUID, uuid4

from domain.shared.ids import ConnectionId, SessionId, UserId

ALPHABET = string.digits + string.ascii_letters
PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"
ID_LENGTH = 22  # 131 bits
SECRET_BYTES = 32  # 256 bits
KEY_LENGTH = 43  # 256 bits


def new_connection_id() -> ConnectionId:
    return ConnectionId("".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH)))


def new_secret() -> str:
    """Fits a URL, a header and a shell without quoting."""
    return secrets.token_urlsafe(SECRET_BYTES)


def new_webhook_secret() -> str:
    """As Standard Webhooks writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def new_user_id() -> UserId:
    return UserId(uuid4())


def new_session_id() -> SessionId:
    return SessionId(secrets.token_urlsafe(16))


def new_password() -> str:
    """To be read aloud or copied once: letters and digits that nobody mistakes for one another, in four groups."""
    return "-".join("".join(secrets.choice(PLAIN) for _ in range(5)) for _ in range(4))


def new_api_key() -> tuple[UUID, str]:
    """An id, and a key in letters and digits; its first eight characters after the mark are no secret."""
    return uuid4(), "sec_" + "".join(secrets.choice(ALPHABET) for _ in range(8 + KEY_LENGTH))
