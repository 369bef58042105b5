"""The way out to a contact through Whaticket: one POST, and a clear word on what became of it.

The text arrives sanitised and goes out as it is. Beware that Whaticket runs it through Mustache, and that some invisible
letters close tickets there (contracts §2.2): whoever writes texts neutralises them first, this adapter does not.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx2

from adapters.telemetry import metrics
from adapters.whaticket import errors
from adapters.whaticket.client import Answer, call
from adapters.whaticket.destination import endpoint, recipient
from adapters.whaticket.lines import Lines
from adapters.whaticket.profiles import PROFILES, Profile
from adapters.whaticket.reconcile import Reconciler
from application.companies.ports import Connections
from application.delivery.ports import (
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    Letter,
    Sent,
)
from domain.companies.connection import Connection


@dataclass(frozen=True, slots=True)
class WhaticketChannel:
    """Satisfies application.delivery.ports.Channel for every dialect."""

    connections: Connections
    http: httpx2.AsyncClient
    lines: Lines
    reconciler: Reconciler

    async def send(self, letter: Letter) -> Sent:
        connection = await self._connection(letter)
        profile = PROFILES[connection.dialect]
        with _measured():
            address = endpoint(connection.base_url, profile)
            written = {"number": recipient(letter, profile), "body": letter.text}
            async with self.lines.through(letter.tenant, letter.connection):
                answer = await self._post(
                    address.url + profile.path, profile.always | address.options | written, connection
                )
                return read(profile, answer)

    async def was_sent(self, letter: Letter, *, since: datetime, known: int) -> bool | None:
        """Reading a ticket's messages marks them as read over there, and shows the contact blue ticks: the lesser evil."""
        try:
            connection = await self._connection(letter)
        except ChannelMisconfigured:
            return None
        return await self.reconciler.was_sent(connection, letter, since=since, known=known)

    async def _connection(self, letter: Letter) -> Connection:
        connection = await self.connections.get(letter.connection)
        if connection is None or connection.tenant != letter.tenant:
            raise ChannelMisconfigured("the company has no such active connection")
        if not connection.api_token:
            raise ChannelMisconfigured("the connection has no token to send with")
        return connection

    async def _post(self, url: str, body: Mapping[str, str | int], connection: Connection) -> Answer:
        headers = {"authorization": f"Bearer {(connection.api_token or '').strip()}"}
        started = time.perf_counter()
        try:
            return await call(self.http, "POST", url, headers=headers, body=body)
        except errors.CALL_FAILURES as error:
            raise errors.while_sending(error) from error
        finally:
            metrics.WHATICKET_LATENCY.observe(time.perf_counter() - started)


def read(profile: Profile, answer: Answer) -> Sent:
    """What a success says. Raises the Channel errors for anything else, a success with an error inside included."""
    if not answer.body.strip() and profile.empty_is_success and answer.is_success:
        return Sent(queued=profile.queued)
    body = answer.json()
    if not answer.is_success or (isinstance(body, dict) and body.get("error")):
        raise errors.on_answer(profile, answer)
    if not isinstance(body, dict):
        raise ChannelUnknown(f"whaticket: {answer.status} with a body that is not Whaticket's")
    if profile.success is not None and body.get("status") != profile.success:
        raise ChannelUnknown(f"whaticket: {answer.status} without its word of success")
    return Sent(_found_at(profile.id_at, body), queued=profile.queued)


def _found_at(path: tuple[str | int, ...], body: object) -> str | None:
    for step in path:
        if isinstance(body, dict):
            body = body.get(step)
        elif isinstance(body, list) and isinstance(step, int) and step < len(body):
            body = body[step]
        else:
            return None
    return body if path and isinstance(body, str) and body else None


@contextmanager
def _measured() -> Iterator[None]:
    try:
        yield
    except (ChannelUnavailable, ChannelRefused, ChannelMisconfigured, ChannelUnknown) as error:
        metrics.WHATICKET_ERRORS.inc()
        if isinstance(error, ChannelUnavailable):
            metrics.WHATICKET_SEND_RETRY.inc()
        if isinstance(error, ChannelUnknown):
            metrics.DELIVERIES_UNKNOWN.inc()
        raise
    metrics.WHATICKET_SEND_SUCCESS.inc()
