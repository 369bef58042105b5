"""Panel sessions as every fork has them: a 15-minute HS256 token and a refresh cookie, with the stock secrets."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any, Final

import msgspec

ACCESS_SECRET: Final = b"mysecret"
REFRESH_SECRET: Final = b"myanothersecret"
REFRESH_SECONDS: Final = 7 * 86400.0


def sign(claims: dict[str, Any], secret: bytes, seconds: float) -> str:
    now = time.time()
    head = _encoded(b'{"alg":"HS256","typ":"JWT"}')
    body = _encoded(msgspec.json.encode(claims | {"iat": now, "exp": now + seconds}))
    return f"{head}.{body}.{_mac(f'{head}.{body}', secret)}"


def read(token: str, secret: bytes) -> dict[str, Any] | None:
    """The claims of a token that is ours and alive."""
    head, _, rest = token.partition(".")
    body, _, mac = rest.partition(".")
    if not hmac.compare_digest(_mac(f"{head}.{body}", secret).encode(), mac.encode()):
        return None
    claims = msgspec.json.decode(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)), type=dict[str, Any])
    return claims if claims["exp"] > time.time() else None


def _mac(content: str, secret: bytes) -> str:
    return _encoded(hmac.digest(secret, content.encode(), hashlib.sha256))


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
