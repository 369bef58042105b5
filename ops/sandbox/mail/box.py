"""The letter box: SMTP in, a journal out."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Final

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session

from ops.sandbox.journal import Bell, Journal, Numbers

KEPT: Final = 1000
REFUSED: Final = "@refused.example"
LATER: Final = "@later.example"
LARGEST: Final = 10_000_000


class Entry(msgspec.Struct):
    """What a letter carries for the reader's calendar."""

    method: str
    page: str


class Letter(msgspec.Struct):
    """One letter to one address; `at` in epoch seconds."""

    seq: int
    at: float
    sender: str
    to: str
    subject: str
    text: str
    html: str | None
    calendar: Entry | None = None


@dataclass
class Box:
    """Addresses of refused.example are refused for good, those of later.example for now; every other is taken."""

    letters: Journal[Letter]
    numbers: Numbers
    server: asyncio.Server | None = None
    smtp_url: str = ""

    @classmethod
    def empty(cls) -> Box:
        return cls(Journal(Bell(), keep=KEPT), Numbers())

    async def open(self, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(
            lambda: SMTP(self, hostname="sandbox", data_size_limit=LARGEST, enable_SMTPUTF8=True), host, port
        )
        self.smtp_url = f"smtp://{host}:{self.server.sockets[0].getsockname()[1]}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        del server, session, options
        if address.endswith(REFUSED):
            return f"550 5.1.1 <{address}>: no such mailbox here"
        if address.endswith(LATER):
            return f"451 4.3.0 <{address}>: come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del server, session
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        letter = message_from_bytes(content, policy=default)
        for address in envelope.rcpt_tos:
            one = Letter(
                self.numbers(), time.time(), str(letter["From"] or ""), address, str(letter["Subject"] or ""),
                part_of(letter, "plain") or "", part_of(letter, "html"), entry_of(letter),
            )  # fmt: skip
            self.letters.add(one, address.lower())
        return "250 taken"


def part_of(letter: EmailMessage, kind: str) -> str | None:
    body = letter.get_body(preferencelist=(kind,))
    return None if body is None else str(body.get_content()).replace("\r\n", "\n")


def entry_of(letter: EmailMessage) -> Entry | None:
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            return Entry(str(part.get_param("method")), str(part.get_content()))
    return None
