"""The people behind the addresses: one contact for a number with and without its ninth digit, and for a LID once it is known."""

from __future__ import annotations

from adapters.postgres.pool import Connection
from application.conversations.ports import Recognized
from domain.conversations.inbound import Chat
from domain.shared.ids import AddressId, ContactId

KEEP_THE_PERSON = """
    update conversations n
    set holder = o.holder, holder_reason = o.holder_reason, held_since = o.held_since, staff_at = o.staff_at
    from conversations o
    where o.id = $1 and n.id = $2 and n.holder in ('assistant', 'closed') and o.holder in ('person', 'waiting')
"""
"""Whoever talks with one of the two contacts is not talked over because they turn out to be one."""


class PostgresContacts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._joined = False

    async def recognize(self, address: AddressId, chat: Chat, name: str | None) -> Recognized:
        self._joined = False
        known = await self._connection.fetchrow(
            "select a.connection_id, a.contact_id, c.phone, c.name"
            " from addresses a left join contacts c on c.id = a.contact_id where a.id = $1",
            address,
        )
        contact = known["contact_id"]
        phone = chat.phone.value if chat.phone else None
        if contact is None:
            contact = await self._introduce(address, phone, name)
        elif phone is not None and known["phone"] != phone:
            contact = await self._learn_phone(address, contact, known["phone"], phone, name)
        elif name is not None and known["name"] is None:
            await self._connection.execute("update contacts set name = $2 where id = $1", contact, name)
        if chat.lid is not None and chat.lid != chat.address:
            await self._link(known["connection_id"], chat.lid, contact)
        return Recognized(ContactId(contact), self._joined)

    async def name_of(self, contact: ContactId) -> str | None:
        name: str | None = await self._connection.fetchval("select name from contacts where id = $1", contact)
        return name

    async def phone_of(self, contact: ContactId) -> str | None:
        phone: str | None = await self._connection.fetchval("select phone from contacts where id = $1", contact)
        return phone

    async def _introduce(self, address: AddressId, phone: str | None, name: str | None) -> int:
        contact: int = await self._connection.fetchval(
            "with known as (insert into contacts as c (phone, name) values ($2, $3)"
            " on conflict (phone) do update set name = coalesce(c.name, excluded.name) returning id)"
            " update addresses set contact_id = known.id from known where addresses.id = $1 returning contact_id",
            address,
            phone,
            name,
        )
        return contact

    async def _learn_phone(
        self, address: AddressId, contact: int, had: str | None, phone: str, name: str | None
    ) -> int:
        """A hidden id turned out to be this number. One that changed its number starts anew: the old one is another's now."""
        if had is not None:
            return await self._introduce(address, phone, name)
        owner: int | None = await self._connection.fetchval("select id from contacts where phone = $1", phone)
        if owner is not None:
            await self._join(contact, owner)
            return owner
        await self._connection.execute("update contacts set phone = $2 where id = $1", contact, phone)
        return contact

    async def _link(self, connection_id: str, lid: str, contact: int) -> None:
        other: int | None = await self._connection.fetchval(
            "insert into addresses as a (connection_id, address, contact_id) values ($1, $2, $3)"
            " on conflict (connection_id, address) do update set contact_id = coalesce(a.contact_id, excluded.contact_id)"
            " returning contact_id",
            connection_id,
            lid,
            contact,
        )
        if other is None or other == contact or await self._join(other, contact):
            return
        # It stood beside another number before: its owner changed numbers, and who has the old one now must not be told
        # what is said to this one. Only the address moves; the talk of that time stays where it was led.
        await self._connection.execute(
            "update addresses set contact_id = $3 where connection_id = $1 and address = $2",
            connection_id,
            lid,
            contact,
        )

    async def _join(self, absorbed: int, into: int) -> bool:
        """Two contacts are one person: addresses and talk move, nothing is lost.

        False, and nothing happens, for one that has a number: only a contact without is absorbed.
        """
        numberless = await self._connection.fetchval(
            "select phone is null from contacts where id = $1 for update", absorbed
        )
        if not numberless:
            return False
        self._joined = True
        await self._connection.execute(
            "select from conversations where contact_id = any($1::bigint[]) order by id for update", [absorbed, into]
        )
        await self._connection.execute("update addresses set contact_id = $2 where contact_id = $1", absorbed, into)
        await self._move_agenda(absorbed, into)
        pairs = await self._connection.fetch(
            "select o.id as old, n.id as new from conversations o left join conversations n"
            " on n.connection_id = o.connection_id and n.contact_id = $2 where o.contact_id = $1",
            absorbed,
            into,
        )
        for pair in pairs:
            await self._move_talk(pair["old"], pair["new"], into)
        await self._connection.execute(
            "update contacts n set opted_out_at = coalesce(n.opted_out_at, o.opted_out_at),"
            " email = coalesce(n.email, o.email) from contacts o where o.id = $1 and n.id = $2",
            absorbed,
            into,
        )
        await self._connection.execute("delete from contacts where id = $1", absorbed)
        return True

    async def _move_agenda(self, old: int, contact: int) -> None:
        """Of two places in line for the same thing, the one of the contact that stays is enough."""
        await self._connection.execute(
            "delete from waiting_list o using waiting_list n where o.contact_id = $1 and n.contact_id = $2"
            " and n.service_id = o.service_id",
            old,
            contact,
        )
        for table in ("appointments", "agenda_places", "waiting_list"):
            await self._connection.execute(
                f"update {table} set contact_id = $2 where contact_id = $1",  # noqa: S608
                old,
                contact,
            )

    async def _move_talk(self, old: int, new: int | None, contact: int) -> None:
        if new is None:
            await self._connection.execute("update conversations set contact_id = $2 where id = $1", old, contact)
            return
        await self._connection.execute(KEEP_THE_PERSON, old, new)
        for table in ("messages", "outgoing", "model_calls", "handoff_entries", "held_claims", "notices"):
            await self._connection.execute(
                f"update {table} set conversation_id = $2 where conversation_id = $1",  # noqa: S608
                old,
                new,
            )
        await self._connection.execute("delete from conversations where id = $1", old)
