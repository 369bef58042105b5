"""Values that are easy to find again, and the ways in which they could be written where they do not belong."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

import redis

PHONE = "5511987650123"
CPF = "529.982.247-25"
EMAIL = "canario.amarelo@exemplo-canario.com.br"
WORDS = "segredo do canarinho 73914"
TEXT = f"{WORDS}: meu CPF é {CPF}, e-mail {EMAIL}, telefone (11) 98765-0123"
NAME = "Canarina Penosa"


@dataclass(frozen=True, slots=True)
class Canaries:
    """`personal` may be kept for the conversation's sake, in few places; `secret` nowhere in clear."""

    personal: dict[str, str]
    secret: dict[str, str]

    def found_in(self, text: str, *, personal: bool = True) -> list[str]:
        """The names of those that stand there, in whatever clothes."""
        looked_for = self.secret | (self.personal if personal else {})
        return [name for name, value in looked_for.items() if any(form in text for form in forms(value))]


PERSONAL = {
    "phone": PHONE.removeprefix("55"),
    "phone as typed": "98765-0123",
    "CPF": CPF,
    "CPF's digits": "52998224725",
    "e-mail": EMAIL,
    "text": WORDS,
    "name": NAME,
}


def forms(value: str) -> set[str]:
    octets = value.encode()
    # three alignments: inside a longer value the same letters give other base64
    packed = {
        base64.b64encode(b"\0" * n + octets).decode().rstrip("=")[2 * (n > 0) + 2 * (n > 1) : -2] for n in range(3)
    }
    escaped = value.encode("unicode_escape").decode()
    return {value, value.upper(), quote(value, safe=""), octets.hex(), escaped, *(p for p in packed if len(p) >= 8)}


def redis_contents(url: str, namespace: str) -> Iterable[tuple[str, str]]:
    """Every key of the namespace with all that it holds."""
    readers = {
        "string": lambda client, key: client.get(key),
        "hash": lambda client, key: client.hgetall(key),
        "list": lambda client, key: client.lrange(key, 0, -1),
        "set": lambda client, key: client.smembers(key),
        "zset": lambda client, key: client.zrange(key, 0, -1, withscores=True),
        "stream": lambda client, key: client.xrange(key),
    }
    with redis.Redis.from_url(url, decode_responses=True, protocol=2) as client:
        for key in client.scan_iter(count=1000):
            if namespace in key:
                yield key, str(readers[client.type(key)](client, key))
