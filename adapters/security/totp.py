"""Time-based codes by RFC 6238, as every authenticator app knows them: six digits, thirty seconds, SHA-1."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import pyotp

from adapters.security.chance import PLAIN
from adapters.security.pictures import qr_picture

ISSUER: Final = "Secretaria"
SECONDS: Final = 30
TOLERANCE: Final = 1  # thirty seconds either way: telephones are seldom further off
RECOVERY_CODES: Final = 10
DIGITS: Final = re.compile(r"[0-9]{6}")


class TimeCodes:
    """Implements application.access.proofs.OneTimeCodes."""

    def new_secret(self) -> str:
        return pyotp.random_base32()

    def step_of(self, secret: str, code: str, now: datetime) -> int | None:
        """All candidates are compared, whichever fits: the time it takes tells nothing."""
        shown = "".join(code.split())
        if not DIGITS.fullmatch(shown):
            return None
        totp, found = pyotp.TOTP(secret, interval=SECONDS), None
        for step in range(-TOLERANCE, TOLERANCE + 1):
            at = now + timedelta(seconds=step * SECONDS)
            if hmac.compare_digest(totp.at(at), shown):
                found = totp.timecode(at)
        return found

    def uri(self, secret: str, account: str) -> str:
        return pyotp.TOTP(secret, interval=SECONDS).provisioning_uri(name=account, issuer_name=ISSUER)

    def picture(self, uri: str) -> str:
        return qr_picture(uri)

    def new_recovery_codes(self) -> Sequence[str]:
        return [
            "-".join("".join(secrets.choice(PLAIN) for _ in range(4)) for _ in range(4)) for _ in range(RECOVERY_CODES)
        ]
