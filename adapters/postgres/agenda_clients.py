"""Contacts as the agenda knows them, and those of them who wait for a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from asyncpg import Range

from adapters.postgres.plain_text import plain_column, plain_words
from adapters.postgres.pool import Connection
from application.agenda.work import Client, ClientNotFound
from domain.agenda.slot import Slot
from domain.agenda.waiting import Standing, Wait, WaitNotFound
from domain.shared.ids import ContactId, ProfessionalId, ServiceId, WaitingId
from domain.shared.phone import Phone

TALKS: Final = "exists (select from conversations v where v.contact_id = c.id) as talks"
CLIENT: Final = f"select c.id, c.name, c.phone, c.email, {TALKS} from contacts c"  # noqa: S608 - our own words only
FIND: Final = f"""
    {CLIENT} where strpos({plain_column("coalesce(c.name, '')")}, $1) > 0 or strpos(coalesce(c.phone, ''), $1) > 0
    order by c.id desc limit $2
"""


class PostgresClients:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, id: ContactId) -> Client:
        row = await self._connection.fetchrow(f"{CLIENT} where c.id = $1", id)
        if row is None:
            raise ClientNotFound(f"there is no contact {id}")
        return client_from(row["id"], row)

    async def by_phone(self, phone: Phone, name: str | None, email: str | None = None) -> ContactId:
        id: int = await self._connection.fetchval(
            "insert into contacts as c (phone, name, email) values ($1, $2, $3) on conflict (phone) do update set"
            " name = coalesce(c.name, excluded.name), email = coalesce(excluded.email, c.email) returning id",
            phone.value,
            name,
            email,
        )
        return ContactId(id)

    async def put_email(self, contact: ContactId, email: str | None) -> None:
        await self._connection.execute("update contacts set email = $2 where id = $1", contact, email)

    async def find(self, words: str, limit: int) -> Sequence[Client]:
        rows = await self._connection.fetch(FIND, plain_words(words), limit)
        return [client_from(row["id"], row) for row in rows]


WAITS: Final = """
    select id, contact_id, service_id, professional_id, wanted_from, wanted_until, state, starts_within from waiting_list
"""

WAIT_ON: Final = """
    update waiting_list set state = 'waiting' where id = (
        select max(w.id) from waiting_list w join offers o on o.waiting_id = w.id
        where w.contact_id = $1 and w.state = 'served' and o.outcome = 'taken' and o.professional_id = $2 and o.starts = $3
            and not exists (select from waiting_list other where other.contact_id = w.contact_id
                and other.service_id = w.service_id and other.state in ('waiting', 'offered')))
"""


class PostgresWaitingList:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, wait: Wait) -> WaitingId:
        id: int = await self._connection.fetchval(
            "insert into waiting_list (contact_id, service_id, professional_id, wanted_from, wanted_until,"
            " starts_within) values ($1, $2, $3, $4, $5, $6)"
            " on conflict (contact_id, service_id) where state in ('waiting', 'offered') do update set"
            " professional_id = excluded.professional_id, wanted_from = excluded.wanted_from,"
            " wanted_until = excluded.wanted_until, starts_within = excluded.starts_within returning id",
            wait.contact,
            wait.service,
            wait.professional,
            wait.within.starts,
            wait.within.ends,
            [Range(each.starts, each.ends) for each in wait.windows] or None,
        )
        return WaitingId(id)

    async def list(self) -> Sequence[Wait]:
        rows = await self._connection.fetch(f"{WAITS} where state in ('waiting', 'offered') order by id")
        return [wait_from(row) for row in rows]

    async def of(self, contact: ContactId) -> Sequence[Wait]:
        rows = await self._connection.fetch(
            f"{WAITS} where contact_id = $1 and state in ('waiting', 'offered') order by id", contact
        )
        return [wait_from(row) for row in rows]

    async def claim(self, id: WaitingId) -> bool:
        done: str = await self._connection.execute(
            "update waiting_list set state = 'offered' where id = $1 and state = 'waiting'", id
        )
        return done == "UPDATE 1"

    async def move(self, id: WaitingId, standing: Standing) -> None:
        await self._connection.execute("update waiting_list set state = $2 where id = $1", id, standing)

    async def wait_on(self, contact: ContactId, professional: ProfessionalId, starts: datetime) -> None:
        await self._connection.execute(WAIT_ON, contact, professional, starts)

    async def remove(self, id: WaitingId) -> None:
        done = await self._connection.execute(
            "update waiting_list set state = 'gone' where id = $1 and state in ('waiting', 'offered')", id
        )
        if done != "UPDATE 1":
            raise WaitNotFound(f"nobody waits under {id}")


def client_from(id: int, row: Any) -> Client:  # noqa: ANN401 - asyncpg has no types
    """Whoever never told a name is known by their number."""
    phone = None if row["phone"] is None else Phone(row["phone"])
    return Client(ContactId(id), row["name"] or row["phone"] or "", phone, row["talks"], row["email"])


def wait_from(row: Any) -> Wait:  # noqa: ANN401 - asyncpg has no types
    return Wait(
        contact=ContactId(row["contact_id"]),
        service=ServiceId(row["service_id"]),
        within=Slot(row["wanted_from"], row["wanted_until"]),
        professional=None if row["professional_id"] is None else ProfessionalId(row["professional_id"]),
        standing=Standing(row["state"]),
        id=WaitingId(row["id"]),
        windows=tuple(Slot(each.lower, each.upper) for each in row["starts_within"] or ()),
    )
