"""What is taken of professionals' time: the rows behind the one constraint that two people never share a slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg

from adapters.postgres.pool import Connection
from application.agenda.work import Sparing
from domain.agenda.appointment import SlotTaken
from domain.agenda.availability import Stretch
from domain.agenda.diary import Place
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ContactId, HoldId, ProfessionalId

ONE_PERSON_PER_SLOT: Final = "one_person_per_slot"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class PostgresPlaces:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def around(
        self, professionals: Sequence[ProfessionalId], window: Slot
    ) -> Mapping[ProfessionalId, Sequence[Place]]:
        rows = await self._connection.fetch(
            "select id, professional_id, lower(busy) as starts, upper(busy) as ends, appointment_id, contact_id,"
            " held_until from agenda_places where professional_id = any($1::bigint[]) and busy && tstzrange($2, $3)",
            professionals,
            window.starts,
            window.ends,
        )
        found: defaultdict[ProfessionalId, list[Place]] = defaultdict(list)
        for row in rows:
            found[ProfessionalId(row["professional_id"])].append(_place(row))
        return found

    async def taken(
        self, window: Slot, now: datetime, *, sparing: Sparing, of: Sequence[ProfessionalId]
    ) -> Mapping[ProfessionalId, Sequence[Stretch]]:
        """As numbers, joined where they touch: a busy company's look for a time would spend itself on making objects."""
        rows = await self._connection.fetch(
            "select professional_id, array_agg(floor(extract(epoch from lower(busy)))::bigint) as starts,"
            " array_agg(ceil(extract(epoch from upper(busy)))::bigint) as ends"
            " from (select professional_id, unnest(range_agg(busy)) as busy from agenda_places"
            " where professional_id = any($1::bigint[]) and busy && tstzrange($2, $3)"
            " and case when appointment_id is not null then appointment_id is distinct from $5"
            " else held_until > $4 and ($6::bigint is null or contact_id is distinct from $6) end"
            " group by professional_id) as taken group by professional_id",
            of,
            window.starts,
            window.ends,
            now,
            sparing.moved,
            sparing.contact,
        )
        return {
            ProfessionalId(row["professional_id"]): list(zip(row["starts"], row["ends"], strict=True)) for row in rows
        }

    async def take(self, professional: ProfessionalId, place: Place, now: datetime) -> HoldId:
        await self._connection.execute(
            "delete from agenda_places where professional_id = $1 and busy && tstzrange($2, $3) and held_until <= $4",
            professional,
            place.busy.starts,
            place.busy.ends,
            now,
        )
        try:
            id: int = await self._connection.fetchval(
                "insert into agenda_places (professional_id, busy, appointment_id, contact_id, held_until)"
                " values ($1, tstzrange($2, $3), $4, $5, $6) returning id",
                professional,
                place.busy.starts,
                place.busy.ends,
                place.appointment,
                place.contact,
                place.until,
            )
        except asyncpg.ExclusionViolationError as error:
            if error.constraint_name == ONE_PERSON_PER_SLOT:
                raise SlotTaken("somebody else has this time") from error
            raise
        return HoldId(id)

    async def give_back(self, appointment: AppointmentId) -> None:
        await self._connection.execute("delete from agenda_places where appointment_id = $1", appointment)

    async def keep_only(self, professional: ProfessionalId, place: Place, slot: Slot) -> None:
        await self._connection.execute(
            "delete from agenda_places where appointment_id = $1"
            " and not (professional_id = $2 and busy @> tstzrange($3, $4))",
            place.appointment,
            professional,
            slot.starts,
            slot.ends,
        )
        await self._connection.execute(
            "update agenda_places set busy = busy * tstzrange($2, $3) where appointment_id = $1",
            place.appointment,
            place.busy.starts,
            place.busy.ends,
        )

    async def let_go(self, contact: ContactId, taking: Slot | None = None) -> None:
        await self._connection.execute(
            "delete from agenda_places a where contact_id = $1 and (busy && tstzrange($2, $3) or not exists ("
            "select from offers o join waiting_list w on w.id = o.waiting_id where w.contact_id = $1 and o.outcome = 'open'"
            " and o.professional_id = a.professional_id and tstzrange(o.starts, o.ends) && a.busy))",
            contact,
            *((taking.starts, taking.ends) if taking is not None else (EPOCH, EPOCH)),
        )


def _place(row: Any) -> Place:  # noqa: ANN401 - asyncpg has no types
    held = row["held_until"] is not None
    return Place(
        Slot(row["starts"], row["ends"]),
        appointment=None if held else AppointmentId(row["appointment_id"]),
        hold=HoldId(row["id"]) if held else None,
        contact=ContactId(row["contact_id"]) if held else None,
        until=row["held_until"],
    )
