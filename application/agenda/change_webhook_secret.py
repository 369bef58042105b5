"""The secret of a calendar's webhook is changed while everything runs: no knock is lost, and the new one is told once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from application.agenda.connections import CalendarConnectionId, CalendarSecrets
from domain.shared.errors import Invalid
from domain.shared.ids import TenantId

OVERLAP: Final = timedelta(hours=24)
LONGEST_OVERLAP: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ChangedSecret:
    id: CalendarConnectionId
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangeWebhookSecret:
    secrets: CalendarSecrets
    new_secret: Callable[[], str]

    async def __call__(self, tenant: TenantId, *, overlap: timedelta = OVERLAP) -> ChangedSecret:
        """The old one ends with the overlap, or minutes after the new one was first seen.

        Raises Invalid or NoCalendarConnection.
        """
        if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
            raise Invalid("the overlap is between 0 and 720 hours", field="overlap")
        secret = self.new_secret()
        return ChangedSecret(await self.secrets.succeed(tenant, secret, overlap=overlap), secret)
