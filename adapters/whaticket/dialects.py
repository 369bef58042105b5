"""Every dialect behind one port: bytes to our words, and the same bytes without secrets."""

from __future__ import annotations

from adapters.whaticket.inbound import read
from adapters.whaticket.stripping import strip_secrets
from domain.conversations.inbound import Inbound


class WhaticketDialects:
    def read(self, body: bytes) -> Inbound:
        return read(body)

    def without_secrets(self, body: bytes) -> str:
        return strip_secrets(body).decode()
