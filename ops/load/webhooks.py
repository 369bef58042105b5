"""Signed webhooks as a relay next to Whaticket sends them: a raw Baileys text message under P1's HMAC."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Target:
    """A webhook that takes signed messages: where it is and the secret both sides know."""

    url: str
    secret: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "127.0.0.1"

    @property
    def port(self) -> int:
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 80)


def text_message(*, phone: str, message_id: str, text: str, at: float) -> bytes:
    """One text from a contact; of the usual size, with the fields that real ones carry and nobody reads."""
    return json.dumps(
        {
            "key": {"remoteJid": f"{phone}@s.whatsapp.net", "fromMe": False, "id": message_id},
            "messageTimestamp": int(at),
            "pushName": "Ana Clara",
            "broadcast": False,
            "status": 2,
            "message": {
                "conversation": text,
                "messageContextInfo": {
                    "deviceListMetadata": {
                        "senderKeyHash": "mZ9Kx3u7XG0mKw==",
                        "senderTimestamp": "1716200000",
                    },
                    "deviceListMetadataVersion": 2,
                    "messageSecret": "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
                },
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def signature(secret: str, body: bytes, at: float) -> dict[str, str]:
    """The two headers that prove the body, for any HTTP client."""
    stamp = str(int(at))
    digest = hmac.digest(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hex()
    return {"X-Signature": digest, "X-Timestamp": stamp}


def request(target: Target, body: bytes, at: float | None = None) -> bytes:
    """The whole HTTP/1.1 request, ready for the socket, so that a generator spends its time on the wire."""
    stamps = signature(target.secret, body, time.time() if at is None else at)
    lines = [
        f"POST {urlsplit(target.url).path or '/'} HTTP/1.1",
        f"Host: {target.host}:{target.port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in stamps.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def phone(number: int) -> str:
    """A Brazilian mobile that is valid and different for every number up to ten million."""
    return f"55119{80_000_000 + number % 10_000_000:08d}"
