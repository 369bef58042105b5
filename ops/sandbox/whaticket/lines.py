"""One WhatsApp line with all it remembers, and the rules by which a Whaticket keeps its tickets."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from random import Random
from typing import Final

from ops.sandbox.faults import FaultBox
from ops.sandbox.whaticket.profiles import ECHOING, PROFILES, Profile
from ops.sandbox.whaticket.records import ChannelFault, Connection, Contact, Ticket
from ops.sandbox.whaticket.store import Store

REOPENS_WITHIN: Final = 7200.0
REMEMBERED_POSTS: Final = 5000
STAFF: Final = ("Administrador", "Carla", "Marcos")
BRAZIL, WITH_NINE, WITHOUT_NINE = "55", 13, 12


def twin(phone: str) -> str | None:
    """The same Brazilian mobile with or without its ninth digit: WhatsApp knows people by either."""
    if phone.startswith(BRAZIL) and len(phone) == WITH_NINE and phone[4] == "9":
        return phone[:4] + phone[5:]
    if phone.startswith(BRAZIL) and len(phone) == WITHOUT_NINE and phone[4] in "6789":
        return f"{phone[:4]}9{phone[4:]}"
    return None


class Line:
    """A connection at work. Changes go through `store`; `number` gives the ids of contacts and tickets."""

    def __init__(self, setup: Connection, store: Store, chance: Random, number: Callable[[], int]) -> None:
        self.setup = setup
        self.contacts: dict[str, Contact] = {}
        self.tickets: dict[int, Ticket] = {}
        self.faults: FaultBox[ChannelFault] = FaultBox(chance)
        self.sends: deque[float] = deque()
        self.posted: OrderedDict[str, bytes] = OrderedDict()
        self.sessions_from = 0.0
        self.people = {name: place for place, name in enumerate(STAFF, 1)}
        self._latest: dict[str, Ticket] = {}
        self._store = store
        self._number = number

    @property
    def profile(self) -> Profile:
        return PROFILES[self.setup.profile]

    @property
    def family(self) -> str:
        return self.setup.family or self.profile.family

    @property
    def echoes(self) -> bool:
        return self.family in ECHOING if self.setup.echo is None else self.setup.echo

    @property
    def per_minute(self) -> int:
        return self.profile.per_minute if self.setup.per_minute is None else self.setup.per_minute

    def remember(self, thing: Contact | Ticket) -> None:
        if isinstance(thing, Contact):
            self.contacts[thing.phone] = thing
        else:
            self.tickets[thing.id] = thing
            self._latest[thing.contact] = thing

    def find(self, number: str) -> Contact | None:
        """By digits, ninth digit or not, or by LID."""
        if number.endswith("@lid"):
            return next((one for one in self.contacts.values() if one.lid == number), None)
        return self.contacts.get(number) or self.contacts.get(twin(number) or "")

    def contact(self, phone: str, *, name: str = "", lid: str | None = None) -> Contact:
        known = self.find(phone)
        if known is None:
            known = Contact(
                id=self._number(), connection=self.setup.id, phone=phone, name=name or phone,
                address=lid or f"{phone}@s.whatsapp.net", lid=lid,
            )  # fmt: skip
        elif name in {"", known.name} and lid in {None, known.lid}:
            return known
        known.name, known.lid = name or known.name, lid or known.lid
        self.remember(known)
        self._store.keep(known)
        return known

    def current_ticket(self, contact: Contact) -> Ticket | None:
        return self._latest.get(contact.phone)

    def ticket(self, contact: Contact) -> Ticket:
        """The contact's open or pending ticket, the one touched in the last two hours reopened, or a new one."""
        now, known = time.time(), self._latest.get(contact.phone)
        if known and known.status != "closed":
            return known
        if known and now - known.updated_at < REOPENS_WITHIN:
            return self.change(known, status="pending", user_id=None, user=None)
        fresh = Ticket(
            id=self._number(), connection=self.setup.id, contact=contact.phone, status="pending", created_at=now,
            updated_at=now, queue_id=self.setup.queue_id,
        )  # fmt: skip
        return self.change(fresh)

    def change(self, ticket: Ticket, **changes: object) -> Ticket:
        for name, value in changes.items():
            setattr(ticket, name, value)
        ticket.updated_at = time.time()
        self.remember(ticket)
        self._store.keep(ticket)
        return ticket

    def person(self, name: str) -> int:
        return self.people.setdefault(name, len(self.people) + 1)

    def person_named(self, id: int) -> str:
        return next((name for name, number in self.people.items() if number == id), f"Atendente {id}")

    def keep_post(self, message_id: str, body: bytes) -> None:
        self.posted[message_id] = body
        while len(self.posted) > REMEMBERED_POSTS:
            self.posted.popitem(last=False)

    def over_limit(self) -> bool:
        """Counts this send in; true when the minute is full."""
        if not self.per_minute:
            return False
        now = time.monotonic()
        while self.sends and now - self.sends[0] > 60.0:
            self.sends.popleft()
        self.sends.append(now)
        return len(self.sends) > self.per_minute

    def forget(self) -> None:
        self.contacts.clear()
        self.tickets.clear()
        self._latest.clear()
        self.posted.clear()
        self.sends.clear()
        self.faults.remove()


def completed(setup: Connection, number: int) -> Connection:
    """The setup with every empty value filled, so that what was not said is at least known."""
    setup.id = setup.id or f"whats-{number}"
    setup.whatsapp_id = setup.whatsapp_id or number
    setup.token = setup.token or secrets.token_hex(16)
    setup.panel_email = setup.panel_email or f"{setup.id}@exemplo.com.br"
    setup.panel_password = setup.panel_password or secrets.token_hex(8)
    if setup.auth != "none" and not setup.secrets:
        setup.secrets = [secrets.token_hex(32)]
    setup.family = setup.family or PROFILES[setup.profile].family
    return setup
