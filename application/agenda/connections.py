"""A company's calendar elsewhere, as it is set up: where it is, its secrets, which event type is which service."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, NewType, Protocol

from domain.shared.errors import Invalid, NotFound
from domain.shared.ids import ProfessionalId, ServiceId, TenantId

CalendarConnectionId = NewType("CalendarConnectionId", str)
"""As it stands in the webhook's address: 22 random letters and digits."""

ID: Final = re.compile(r"[0-9A-Za-z]{22}")
SHORTEST_SECRET: Final = 24


class NoCalendarConnection(NotFound):
    """This company's calendar is the one that is built in."""


@dataclass(frozen=True, slots=True)
class EventTypeOf:
    """`flexible`: it offers several lengths, and is told which."""

    service: ServiceId
    professional: ProfessionalId
    number: int
    flexible: bool = False


@dataclass(frozen=True, slots=True)
class CalendarConnection:
    """With its secrets opened; they never appear in its repr, in logs or in answers. `webhook_secrets`: newest first."""

    id: CalendarConnectionId
    tenant: TenantId
    base_url: str
    api_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if not ID.fullmatch(self.id):
            raise Invalid("22 letters and digits", field="id")
        if not self.api_key or not self.api_key.isascii() or not self.api_key.isprintable():
            raise Invalid("a key of Cal.com (it begins with cal_)", field="api_key")
        if any(len(secret) < SHORTEST_SECRET for secret in self.webhook_secrets):
            raise Invalid(f"at least {SHORTEST_SECRET} characters", field="webhook_secret")


class CalendarConnections(Protocol):
    """At most some seconds stale, unless asked `anew`."""

    async def get(self, id: CalendarConnectionId) -> CalendarConnection | None: ...

    async def anew(self, id: CalendarConnectionId) -> CalendarConnection | None:
        """After a fresh look, unless one was taken within the last second."""

    async def of(self, tenant: TenantId) -> CalendarConnection | None: ...


class CalendarDesk(Protocol):
    """For those who set them up."""

    async def connection(self, tenant: TenantId) -> CalendarConnection | None:
        """As it is now: whoever has just changed it sees the change."""

    async def put(self, connection: CalendarConnection, event_types: Sequence[EventTypeOf]) -> None:
        """Connects, or connects anew: then our webhook at the one before is removed soon. Changes are read from now on."""

    async def remove(self, tenant: TenantId) -> None:
        """The built-in calendar takes over, and our webhook over there is removed soon. Raises NoCalendarConnection."""

    async def left_hanging(self, tenant: TenantId) -> CalendarConnectionId | None:
        """Whose webhook could not be removed lately."""

    async def event_types(self, tenant: TenantId) -> Mapping[tuple[ServiceId, ProfessionalId], EventTypeOf]: ...


class CalendarSecrets(Protocol):
    """By which a calendar elsewhere proves that it is the one that knocks."""

    async def succeed(self, tenant: TenantId, secret: str, *, overlap: timedelta) -> CalendarConnectionId:
        """The one before opens the door for that long yet; the calendar is told the new one soon, and the audit log at once.

        Raises NoCalendarConnection.
        """

    async def seen(self, id: CalendarConnectionId, *, grace: timedelta) -> None:
        """The newest one came: the one before is over after the grace, if it was not to be sooner."""


class GivenUpCalendars(Protocol):
    """What is left of a connection that was given up, or replaced, until our webhook over there is removed."""

    async def get(self, tenant: TenantId, id: CalendarConnectionId) -> CalendarConnection | None:
        """None where it is in use, or nothing is left of it."""

    async def forget(self, tenant: TenantId, id: CalendarConnectionId) -> None: ...

    async def leave_hanging(self, tenant: TenantId, id: CalendarConnectionId) -> None:
        """Its secrets are erased; that there was one is known for a while."""
