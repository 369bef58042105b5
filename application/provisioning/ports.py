"""What opening and closing a company needs of the world."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from domain.assistant.model_terms import OwnModel
from domain.companies.company import Company
from domain.companies.connection import Connection
from domain.companies.limits import Room, boundless
from domain.shared.errors import NotFound, Refused
from domain.shared.ids import ConnectionId, TenantId


class ConnectionNotFound(NotFound):
    """No connection has this id."""


class LineChanged(Refused):
    """Somebody else changed this connection meanwhile: look again."""


class Companies(Protocol):
    """The platform's register of companies."""

    def alone(self, slug: str) -> AbstractAsyncContextManager[None]:
        """Nobody else opens or closes the company of this slug meanwhile. Raises CompanyBusy."""

    async def find(self, slug: str) -> Company | None:
        """The company of this slug that is not closed."""

    async def get(self, tenant: TenantId) -> Company:
        """Raises CompanyNotFound."""

    async def all(self) -> Sequence[Company]:
        """Also the closed ones, oldest first."""

    async def add(self, *, name: str, slug: str, time_zone: str) -> Company:
        """A new company, opening. Raises NameTaken."""

    async def save(self, company: Company) -> None: ...

    async def put_into_pool(self, tenant: TenantId, pool: str, *, out_of: Collection[str] | None = None) -> str:
        """The workers of that pool serve the company from now on; the pool it was in before.

        Where that is none of `out_of`, it stays there. Raises CompanyNotFound.
        """


@dataclass(frozen=True, slots=True)
class Profile:
    """What the assistant knows of a business from its first day."""

    business_name: str
    business_facts: str = ""


class Places(Protocol):
    """Where a company's data live: its schema, its tables, its database role."""

    async def make(self, tenant: TenantId) -> None:
        """Nothing happens if the place is there already."""

    async def introduce(self, tenant: TenantId, profile: Profile) -> None:
        """Tells the company's assistant whom it works for."""

    async def running_jobs(self, tenant: TenantId) -> int: ...

    async def remove(self, tenant: TenantId) -> None:
        """Schema, role, jobs, connections and keys, whatever of it is there."""


class Lines(Protocol):
    """Connections for those who set them up; secrets go in clear and are kept sealed."""

    async def put(self, connection: Connection) -> None:
        """Adds the connection, or writes over the one with its id."""

    async def revise(
        self, connection: ConnectionId, revised: Callable[[Connection], Connection], *, seen: int | None = None
    ) -> Connection:
        """What `revised` makes of the connection as it is at that moment: nobody else changes it between the two.

        Raises ConnectionNotFound, whatever `revised` does, and LineChanged where it is no longer of the version `seen`.
        """

    async def add(self, connection: Connection, room: Room) -> None:
        """A further one; `room` is asked with how many of the company's are switched on. Raises what it does."""

    async def of(self, tenant: TenantId) -> Sequence[Connection]:
        """Oldest first, whatever state the company is in."""

    async def get(self, connection: ConnectionId) -> Connection:
        """Raises ConnectionNotFound."""

    async def switched_off(self, tenant: TenantId) -> Collection[ConnectionId]:
        """Those that take nothing in and send nothing out."""

    async def switch(self, connection: ConnectionId, *, active: bool, room: Room = boundless) -> None:
        """`room` is asked before one that is off is switched on, as in `add`. Raises ConnectionNotFound, and what it does."""

    async def succeed_secret(self, connection: ConnectionId, secret: str, *, overlap: timedelta) -> None:
        """`secret` is the webhook secret from now on; the one before is valid too until `overlap` has passed.

        Raises ConnectionNotFound.
        """


class OwnModels(Protocol):
    """What each company chose for itself of the language model; its key goes in clear and is kept sealed."""

    async def get(self, tenant: TenantId) -> OwnModel:
        """An empty one where the company chose nothing. Raises Unavailable where its key cannot be opened."""

    async def put(self, tenant: TenantId, own: OwnModel) -> None:
        """In place of what was there."""


class Queues(Protocol):
    """What Redis holds of companies; never the truth."""

    async def forget(self, tenant: TenantId) -> None:
        """Removes every key of the company."""

    async def move(self, tenant: TenantId, pool: str) -> None:
        """Leaves what lies in the company's queue to the workers of that pool. Raises Unavailable."""


class FreshQueues(Protocol):
    """The same, piece by piece, for a company that begins."""

    async def empty_queue(self, tenant: TenantId) -> None:
        """Raises Unavailable."""

    async def empty_namespace(self, tenant: TenantId) -> None:
        """Raises Unavailable."""

    async def move(self, tenant: TenantId, pool: str) -> None:
        """Raises Unavailable."""


class NewConnectionId(Protocol):
    def __call__(self) -> ConnectionId: ...


class NewSecret(Protocol):
    def __call__(self) -> str: ...
