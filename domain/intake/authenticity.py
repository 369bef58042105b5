"""Proof that a webhook comes from whom it says: checked on the raw bytes, in the same time whatever is wrong.

Every function does the whole work also when a secret, a header or a timestamp is missing, so that an unknown
connection, a bad signature and a stale one cannot be told apart by the clock.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

TOLERANCE: Final = 300
"""Seconds a timestamp may be off, both ways, both ends included."""

# Any other spelling of a number would let "1700000000.5" + body pass for "1700000000" + "5." + body.
TIMESTAMP: Final = re.compile(r"[0-9]{10}")
HEX_DIGEST: Final = re.compile(r"(?:sha256=)?([0-9a-f]{64})", re.IGNORECASE | re.ASCII)

NOTHING: Final = "0" * 64
"""Compared where no signature came; no secret that anybody knows gives it."""

FILLER: Final = "tried for the time it takes"
ROTATING: Final = 2
"""As many secrets as a connection has while one replaces the other; fewer are filled up, to cost the same."""


def verify_hmac(
    raw: bytes,
    *,
    signature: str | bytes | None,
    timestamp: str | None,
    secrets: Sequence[str],
    now: datetime,
) -> bool:
    """Is `signature` the hex HMAC-SHA256 of "<timestamp>.<raw>" under one of the secrets, and recent?

    The signature may be bare or behind "sha256=".
    """
    stamp = timestamp if timestamp is not None and TIMESTAMP.fullmatch(timestamp) else None
    known = _signed(f"{stamp}.".encode() + raw, signature, secrets)
    return stamp is not None and abs(int(now.timestamp()) - int(stamp)) <= TOLERANCE and known


def verify_body_hmac(raw: bytes, *, signature: str | bytes | None, secrets: Sequence[str]) -> bool:
    """As `verify_hmac` for a sender that signs the body alone (AutoAtende): a copy never grows old."""
    return _signed(raw, signature, secrets)


def verify_static(presented: str | bytes | None, secrets: Sequence[str]) -> bool:
    """Is `presented` (a header or a token of the path, whole) one of the secrets?"""
    shown = sha256(_octets(presented or "")).digest()

    def opens(secret: str) -> bool:
        return hmac.compare_digest(shown, sha256(_octets(secret)).digest())

    return _any_of(secrets, opens)


def _signed(content: bytes, signature: str | bytes | None, secrets: Sequence[str]) -> bool:
    text = signature.decode("latin-1") if isinstance(signature, bytes) else signature or ""
    match = HEX_DIGEST.fullmatch(text)
    presented = match[1].lower() if match else NOTHING

    def opens(secret: str) -> bool:
        return hmac.compare_digest(presented, hmac.digest(_octets(secret), content, "sha256").hex())

    return _any_of(secrets, opens)


def _any_of(secrets: Sequence[str], opens: Callable[[str], bool]) -> bool:
    """Tries all secrets, and fillers up to ROTATING whose answer never counts; an empty one opens nothing."""
    real = [secret for secret in secrets if secret]
    answers = [opens(secret) for secret in real + [FILLER] * (ROTATING - len(real))]
    return any(answers[: len(real)])


def _octets(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
