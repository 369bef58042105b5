"""A contact says something on WhatsApp: it is written down, lands on a ticket, and its webhook goes out."""

from __future__ import annotations

import asyncio
import time

import msgspec

from ops.sandbox.control import MistakeError, UnknownError
from ops.sandbox.whaticket.families import message_body, ticket_body
from ops.sandbox.whaticket.gates import silenced
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.media import Shelf
from ops.sandbox.whaticket.records import Contact, Media, Message, Ticket, WebhookCall
from ops.sandbox.whaticket.spoken import MEDIA_KINDS, Say, Signature, Spoken, Stored
from ops.sandbox.whaticket.webhooks import Webhooks, new_call
from ops.sandbox.whaticket.world import World

Said = tuple[list[Message], list[WebhookCall]]


class Switchboard:
    """What happens on the phones, and how it reaches the webhook."""

    def __init__(self, world: World, webhooks: Webhooks, shelf: Shelf) -> None:
        self.world = world
        self.webhooks = webhooks
        self.shelf = shelf

    async def say(self, line: Line, said: Say, origin: str) -> Said:
        texts = said.fragments or [said.text]
        if said.order and sorted(said.order) != list(range(len(texts))):
            raise MistakeError("order must hold every index of fragments once")
        spoken = [self._write_down(line, said, text, place, origin) for place, text in enumerate(texts)]
        messages = [one.message for one in spoken]
        if not said.deliver:
            return messages, []
        delivery = self._deliver([spoken[place] for place in said.order] or spoken)
        if said.wait:
            return messages, await delivery
        task = asyncio.create_task(delivery)
        self.world.tasks.add(task)
        task.add_done_callback(self.world.tasks.discard)
        return messages, []

    def _write_down(self, line: Line, said: Say, text: str, place: int, origin: str) -> Spoken:
        contact = line.contact(said.phone, name=said.name, lid=said.lid)
        contact.address = said.lid or f"{said.phone}@s.whatsapp.net"
        ticket = None if said.group or said.kind == "status" else line.ticket(contact)
        first = said.timestamp or int(time.time()) - said.age_seconds
        stored = Stored()
        if said.kind in MEDIA_KINDS:
            stored = self.shelf.store(said.kind, said.media or Media(), line.setup.whatsapp_id)
        message = Message(
            direction="staff" if said.from_me else "in", kind=said.kind, text=text, state="received",
            id=said.id if place == 0 else "", timestamp=first + place if said.order else first,
            address=said.group or contact.address, media=said.media, author=contact.name,
        )  # fmt: skip
        message = self.world.record(line, contact, message, ticket=ticket)
        return Spoken(line, message, contact, ticket, said, origin, said.from_me, stored)

    async def _deliver(self, spoken: list[Spoken]) -> list[WebhookCall]:
        calls: list[WebhookCall] = []
        for place, one in enumerate(spoken):
            if place and one.said.gap_ms:
                await asyncio.sleep(one.said.gap_ms / 1000)
            calls += await self._post(one)
        return calls

    async def _post(self, spoken: Spoken) -> list[WebhookCall]:
        line, said, message = spoken.line, spoken.said, spoken.message
        call = new_call(line, message.contact, message_id=message.id)
        call.silent = silenced(spoken)
        if call.silent:
            return [self.webhooks.note(call)]
        if line.family == "events":
            call.event = "message_sent" if spoken.from_me else "message_received"
        body = msgspec.json.encode(message_body(spoken))
        line.keep_post(message.id, body)
        return await self._times(line, call, body, said.times, said.signature, said.signature_age)

    async def _times(
        self, line: Line, call: WebhookCall, body: bytes, times: int, signature: Signature, age: int
    ) -> list[WebhookCall]:
        calls = [msgspec.structs.replace(call) for _ in range(times)]
        posts = (self.webhooks.post(line, one, body, signature=signature, age=age) for one in calls)
        return list(await asyncio.gather(*posts))

    async def replay(self, line: Line, message_id: str, times: int, signature: Signature) -> list[WebhookCall]:
        """Post once more, byte for byte, what was posted about this message (with a fresh signature)."""
        if message_id not in line.posted:
            raise UnknownError(f"webhook of message {message_id}")
        call = new_call(line, "", message_id=message_id)
        return await self._times(line, call, line.posted[message_id], times, signature, 0)

    def echo(self, line: Line, contact: Contact, ticket: Ticket | None, message: Message, origin: str) -> None:
        """Tell of what our own number sent, where the family does."""
        spoken = Spoken(line, message, contact, ticket, Say(phone=contact.phone), origin, from_me=True)
        if silenced(spoken) is None:
            event = "message_sent" if line.family == "events" else "message"
            call = new_call(line, contact.phone, message_id=message.id, event=event)
            self.webhooks.in_background(line, call, msgspec.json.encode(message_body(spoken)))

    def move(self, line: Line, ticket: Ticket, **changes: object) -> Ticket:
        """Change a ticket and tell of it, where the family does."""
        before = msgspec.structs.replace(ticket)
        line.change(ticket, **changes)
        contact = line.contacts[ticket.contact]
        self.world.bell.ring()
        told = ticket_body(line, before, ticket, contact) if line.setup.webhook_url else None
        if told:
            event, body = told
            self.webhooks.in_background(line, new_call(line, contact.phone, event=event), msgspec.json.encode(body))
        return ticket
