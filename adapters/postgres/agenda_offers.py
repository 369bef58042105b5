"""Freed times as they were offered, one row for each time and each one who waits: nobody is asked twice."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime

from adapters.postgres.agenda_clients import WAITS, wait_from
from adapters.postgres.pool import Connection
from application.agenda.waiting_work import Offered
from domain.agenda.offers import Offer, OfferId, OfferNotFound, Outcome
from domain.agenda.slot import Slot
from domain.shared.ids import ProfessionalId, WaitingId


class PostgresOffers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, offer: Offer) -> OfferId:
        id: int = await self._connection.fetchval(
            "insert into offers (waiting_id, professional_id, starts, ends, until) values ($1, $2, $3, $4, $5) returning id",
            offer.wait,
            offer.professional,
            offer.slot.starts,
            offer.slot.ends,
            offer.until,
        )
        return OfferId(id)

    async def get(self, id: OfferId) -> Offered:
        row = await self._connection.fetchrow(
            "select waiting_id, professional_id, starts, ends, until, outcome from offers where id = $1 for update", id
        )
        if row is None:
            raise OfferNotFound(f"offer {id}")
        waiting = await self._connection.fetchrow(
            f"{WAITS} where id = $1 for update",
            row["waiting_id"],
        )
        offer = Offer(
            id,
            WaitingId(row["waiting_id"]),
            ProfessionalId(row["professional_id"]),
            Slot(row["starts"], row["ends"]),
            row["until"],
            Outcome(row["outcome"]),
        )
        return Offered(offer, wait_from(waiting))

    async def open_to(self, wait: WaitingId) -> Offered | None:
        id: int | None = await self._connection.fetchval(
            "select id from offers where waiting_id = $1 and outcome = 'open' order by id desc limit 1", wait
        )
        return None if id is None else await self.get(OfferId(id))

    async def save(self, offer: Offer) -> None:
        await self._connection.execute("update offers set outcome = $2 where id = $1", offer.id, offer.outcome)

    async def asked(self, wait: WaitingId) -> AbstractSet[tuple[ProfessionalId, datetime]]:
        rows = await self._connection.fetch("select professional_id, starts from offers where waiting_id = $1", wait)
        return {(ProfessionalId(row["professional_id"]), row["starts"]) for row in rows}
