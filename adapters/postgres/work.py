"""One transaction of one company: its schema on the path, its database role on, its jobs inside."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from adapters.postgres.agenda import PostgresAgenda
from adapters.postgres.agenda_appointments import PostgresAppointments
from adapters.postgres.agenda_clients import PostgresClients, PostgresWaitingList
from adapters.postgres.agenda_entries import PostgresEntries
from adapters.postgres.agenda_offers import PostgresOffers
from adapters.postgres.agenda_places import PostgresPlaces
from adapters.postgres.audit import WorkAudit
from adapters.postgres.booking_talks import PostgresBookingTalks
from adapters.postgres.calendar_feeds import PostgresFeeds
from adapters.postgres.calendar_kept import PostgresKeptCalendar
from adapters.postgres.contacts import PostgresContacts
from adapters.postgres.conversations import PostgresConversations
from adapters.postgres.dead_letter_views import PostgresDeadLetterViews
from adapters.postgres.delivery import PostgresOutbox
from adapters.postgres.desk import PostgresDesk
from adapters.postgres.figures import PostgresFigures
from adapters.postgres.follow_ups import PostgresFeedback, PostgresFollowUps
from adapters.postgres.intake import PostgresEnvelopes
from adapters.postgres.jobs import PostgresJobs
from adapters.postgres.lanes import Lanes
from adapters.postgres.letters import PostgresLetters
from adapters.postgres.manners import PostgresManners
from adapters.postgres.names import role_of, schema_of
from adapters.postgres.notices import PostgresNotices
from adapters.postgres.persona import PostgresPersonas, read_persona
from adapters.postgres.pool import Connection
from adapters.postgres.reminders import PostgresReminders
from adapters.postgres.talk_views import PostgresTalkViews
from adapters.postgres.untold_changes import PostgresUntold
from adapters.postgres.usage import PostgresCounters
from application.delivery.outbox import OutgoingNotFound
from application.shared.ledger import Hands
from domain.assistant.persona import Persona
from domain.shared.ids import ConversationId, OutgoingId, TenantId


class NotCommitted(Exception):
    """PostgreSQL undid the transaction, because somebody swallowed an error inside it."""


class PostgresWork:
    """Satisfies every feature's slice of the unit of work by shape."""

    def __init__(
        self, connection: Connection, tenant: TenantId, on_jobs: Callable[[], None], hands: Hands | None, opened: float
    ) -> None:
        self._connection = connection
        self._on_jobs = on_jobs
        self._hands = hands
        self._opened = opened
        self.jobs = PostgresJobs(connection, tenant, hands)
        self.envelopes = PostgresEnvelopes(connection)
        self.contacts = PostgresContacts(connection)
        self.conversations = PostgresConversations(connection)
        self.outbox = PostgresOutbox(connection)
        self.audit = WorkAudit(connection, tenant)
        self.counters = PostgresCounters(connection)
        self.desk = PostgresDesk(connection)
        self.talks = PostgresTalkViews(connection)
        self.dead_letters = PostgresDeadLetterViews(connection)
        self.figures = PostgresFigures(connection)
        self.personas = PostgresPersonas(connection)
        self.agenda = PostgresAgenda(connection)
        self.places = PostgresPlaces(connection)
        self.offers = PostgresOffers(connection)
        self.reminders = PostgresReminders(connection)
        self.notices = PostgresNotices(connection)
        self.manners = PostgresManners(connection)
        self.letters = PostgresLetters(connection)
        self.follow_ups = PostgresFollowUps(connection)
        self.feedback = PostgresFeedback(connection)
        self.appointments = PostgresAppointments(connection)
        self.untold = PostgresUntold(connection)
        self.clients = PostgresClients(connection)
        self.waiting = PostgresWaitingList(connection)
        self.entries = PostgresEntries(connection)
        self.booking_talks = PostgresBookingTalks(connection)
        self.calendar = PostgresKeptCalendar(connection)
        self.feeds = PostgresFeeds(connection)

    async def persona(self) -> Persona:
        return await read_persona(self._connection)

    async def lock_conversation_of(self, id: OutgoingId) -> ConversationId:
        for _ in range(2):  # if it was joined to another while we waited for it, the second look finds that one
            conversation = await self._connection.fetchval(
                "select v.id from conversations v join outgoing o on o.conversation_id = v.id where o.id = $1"
                " for update of v",
                id,
            )
            if conversation is not None:
                return ConversationId(conversation)
        raise OutgoingNotFound(f"there is no outgoing message {id}")

    async def commit(self) -> None:
        await self.audit.write()
        if await self._connection.execute("commit") != "COMMIT":
            raise NotCommitted
        if self.jobs.added:
            self._on_jobs()
        if self._hands is not None:
            for job in self.jobs.taken:
                self._hands.go_on(job, asked_at=self._opened)


@dataclass(frozen=True, slots=True)
class PostgresWorkshop:
    """Opens work in the database of that name: roles belong to the whole cluster, so they carry it.

    `on_jobs` is called after a commit that added jobs: somebody may like to know without looking. A worker has `hands`.
    """

    lanes: Lanes
    database: str
    on_jobs: Callable[[], None] = field(default=lambda: None)
    hands: Hands | None = None

    @asynccontextmanager
    async def __call__(self, tenant: TenantId) -> AsyncIterator[PostgresWork]:
        async with self.lanes.connected(tenant) as connection:
            opened = time.monotonic()
            await connection.execute(self._opening(tenant))
            try:
                yield PostgresWork(connection, tenant, self.on_jobs, self.hands, opened)
            finally:
                if connection.is_in_transaction():
                    await connection.execute("rollback")

    def _opening(self, tenant: TenantId) -> str:
        """The one place where a transaction learns whose it is. Simple protocol: several statements, one round trip.

        `true` makes both settings end with the transaction, so that a pooled connection carries nothing over.
        """
        role = role_of(self.database, tenant).replace("'", "''")
        return (
            f"begin; select set_config('search_path', '{schema_of(tenant)}', true), set_config('role', '{role}', true)"
        )
