"""Letters to a mail server, one connection each: they are few, and a kept connection is one more thing that dies.

Who is written to stands in no log line and in no error: what a server answers repeats addresses, so only its code is told.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from adapters.telemetry import metrics
from application.shared.mail import CalendarPart, Mail
from domain.shared.errors import Invalid, Refused, Unavailable

SECONDS: Final = 15.0
INVITATION: Final = "convite.ics"
PORTS: Final = {"smtp": 25, "smtps": 465}
TLS_WISHES: Final = frozenset({"auto", "required", "none"})


class MailServerAway(Unavailable):
    """The mail server did not answer, or asks to come back later."""


class AddressRefused(Refused):
    """The mail server will never take a letter to this address."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """`tls`: "implicit" from the first byte; "required" or "auto" by STARTTLS; "none"."""

    host: str
    port: int
    tls: str
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @classmethod
    def at(cls, url: str) -> SmtpServer:
        """smtp://user:password@host:587?starttls=required or smtps://...; without a wish, STARTTLS where it is offered.

        A password is never sent in the clear to another machine. Raises Invalid, without repeating the URL.
        """
        try:
            parts = urlsplit(url)
            port, host = parts.port, parts.hostname
        except ValueError:
            host = port = None
            parts = urlsplit("")
        wish = parse_qs(parts.query).get("starttls", ["auto"])[-1]
        if parts.scheme not in PORTS or not host or wish not in TLS_WISHES:
            raise Invalid("smtp://user:password@host:587 or smtps://user:password@host:465")
        username = unquote(parts.username) if parts.username else None
        if username and wish == "auto" and not _is_here(host):
            wish = "required"
        return cls(
            host=host,
            port=port or PORTS[parts.scheme],
            tls="implicit" if parts.scheme == "smtps" else wish,
            username=username,
            password=unquote(parts.password) if parts.password else None,
        )


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Implements application.shared.mail.Mailer. `sender` is the From of every letter."""

    server: SmtpServer
    sender: str
    seconds: float = SECONDS
    trust: ssl.SSLContext | None = None

    async def send(self, mail: Mail) -> None:
        try:
            letter = self._letter(mail)
            async with asyncio.timeout(self.seconds):
                await self._hand_over(letter)
        except (AddressRefused, ValueError):
            metrics.MAILS.labels(outcome="refused").inc()
            raise AddressRefused("the mail server does not take letters to this address") from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            metrics.MAILS.labels(outcome="unavailable").inc()
            raise MailServerAway(_told(error)) from None
        metrics.MAILS.labels(outcome="sent").inc()

    async def _hand_over(self, letter: EmailMessage) -> None:
        server = self.server
        try:
            await aiosmtplib.send(
                letter,
                hostname=server.host,
                port=server.port,
                username=server.username,
                password=server.password,
                timeout=self.seconds,
                use_tls=server.tls == "implicit",
                start_tls={"required": True, "auto": None}.get(server.tls, False),
                tls_context=self.trust,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(500 <= one.code < 600 for one in error.recipients):
                raise AddressRefused("recipient") from None
            raise
        except aiosmtplib.SMTPDataError as error:
            if 500 <= error.code < 600:
                raise AddressRefused("letter") from None
            raise

    def _letter(self, mail: Mail) -> EmailMessage:
        """Raises ValueError where a header would be more than one line."""
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"], letter["Subject"] = self.sender, mail.to, mail.subject
        letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain="secretaria")
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(mail.text)
        if mail.html is not None:
            letter.add_alternative(mail.html, subtype="html")
        if mail.calendar is not None:
            _invite(letter, mail.calendar)
        return letter


class NoMailServer:
    """Where no mail server is set: letters wait on the ladder and end as dead letters, to be sent once there is one."""

    async def send(self, mail: Mail) -> None:
        del mail
        raise MailServerAway("no mail server is set: SMTP_URL")


def _invite(letter: EmailMessage, part: CalendarPart) -> None:
    """As an alternative, which mail programs turn into buttons, and as a file for those that only open files."""
    page = part.page.decode()
    letter.add_alternative(page, subtype="calendar", params={"method": part.method})
    letter.add_attachment(part.page, maintype="application", subtype="ics", filename=INVITATION)


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _told(error: BaseException) -> str:
    """The kind of trouble and the server's number for it."""
    code = getattr(error, "code", None)
    return f"the mail server: {type(error).__name__}" + (f" {code}" if isinstance(code, int) else "")
