"""What a company's secretary is called, how it speaks, when and whom it answers; and every version of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from adapters.postgres.pool import Connection
from application.assistant.ports import Completion
from application.assistant.settings import Version, VersionNotFound
from domain.assistant.attendance import Attendance, Audience, Hours, Shift, Span, WhenClosed
from domain.assistant.manner import Formality, Manner, Measure
from domain.assistant.persona import Faq, Persona
from domain.handoff.entry import Attendant

COLUMNS: Final = "assistant_name, tone, business_name, business_facts, greeting, faq, enabled, manner, attendance"


class _Entry(msgspec.Struct):
    keywords: list[str]
    answer: str


class _Manner(msgspec.Struct):
    formality: Formality = Formality.NEUTRAL
    empathy: Measure = Measure.SOME
    humour: Measure = Measure.NONE
    longest: int = Manner().longest


class _Attendance(msgspec.Struct):
    """`days`: pairs of minutes since midnight, Monday first."""

    shift: Shift = Shift.ALWAYS
    days: list[list[tuple[int, int]]] = msgspec.field(default_factory=lambda: [[] for _ in range(7)])
    audience: Audience = Audience.EVERYONE
    numbers: list[str] = msgspec.field(default_factory=list)
    when_closed: WhenClosed = WhenClosed.ANSWER
    closed_text: str = ""
    daily: int | None = None


class _Persona(msgspec.Struct):
    """A version's whole content."""

    assistant_name: str
    tone: str
    business_name: str
    business_facts: str
    greeting: str
    faq: list[_Entry]
    enabled: bool
    manner: _Manner
    attendance: _Attendance


_FAQ: Final = msgspec.json.Decoder(list[_Entry])
_MANNER: Final = msgspec.json.Decoder(_Manner)
_ATTENDANCE: Final = msgspec.json.Decoder(_Attendance)
_PERSONA: Final = msgspec.json.Decoder(_Persona)


async def read_persona(connection: Connection) -> Persona:
    row = dict(await connection.fetchrow(f"select {COLUMNS} from persona"))  # noqa: S608 - our own words only
    row |= {"faq": _FAQ.decode(row["faq"]), "manner": _MANNER.decode(row["manner"])}
    return _from_row(_Persona(**row | {"attendance": _ATTENDANCE.decode(row["attendance"])}))


class PostgresPersonas:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def version(self, *, lock: bool = False) -> int:
        query = "select version from persona for update" if lock else "select version from persona"
        version: int = await self._connection.fetchval(query)
        return version

    async def history(self, limit: int) -> Sequence[Version]:
        rows = await self._connection.fetch(
            "select id, author_name, at, restored_from from persona_versions order by id desc limit $1", limit
        )
        return [Version(row["id"], row["author_name"], row["at"], row["restored_from"]) for row in rows]

    async def published(self, version: int) -> Persona:
        content = await self._connection.fetchval("select content from persona_versions where id = $1", version)
        if content is None:
            raise VersionNotFound(f"there is no version {version}")
        return _from_row(_PERSONA.decode(content))

    async def publish(self, persona: Persona, by: Attendant, at: datetime, restored_from: int | None) -> int:
        content = _to_row(persona)
        version: int = await self._connection.fetchval(
            "insert into persona_versions (content, author_id, author_name, at, restored_from)"
            " values ($1, $2, $3, $4, $5) returning id",
            _json(content),
            by.id,
            by.name,
            at,
            restored_from,
        )
        await self._connection.execute(
            "update persona set assistant_name = $1, tone = $2, business_name = $3, business_facts = $4, greeting = $5,"
            " faq = $6, enabled = $7, manner = $8, attendance = $9, version = $10, updated_at = $11",
            content.assistant_name,
            content.tone,
            content.business_name,
            content.business_facts,
            content.greeting,
            _json(content.faq),
            content.enabled,
            _json(content.manner),
            _json(content.attendance),
            version,
            at,
        )
        return version

    async def count_preview(self, calls: Sequence[Completion]) -> None:
        if calls:
            await self._connection.executemany(
                "insert into model_calls (model, rung, input_tokens, output_tokens, cost_micros, seconds)"
                " values ($1, 'preview', $2, $3, $4, $5)",
                [(c.model, c.input_tokens, c.output_tokens, c.cost_micros, c.seconds) for c in calls],
            )


def _json(value: Any) -> str:  # noqa: ANN401 - whatever msgspec can write
    return msgspec.json.encode(value).decode()


def _from_row(row: _Persona) -> Persona:
    days = tuple(tuple(Span(opens, closes) for opens, closes in spans) for spans in row.attendance.days)
    return Persona(
        assistant_name=row.assistant_name,
        tone=row.tone,
        business_name=row.business_name,
        business_facts=row.business_facts,
        greeting=row.greeting,
        faq=tuple(Faq(tuple(entry.keywords), entry.answer) for entry in row.faq),
        enabled=row.enabled,
        manner=Manner(row.manner.formality, row.manner.empathy, row.manner.humour, row.manner.longest),
        attendance=Attendance(
            shift=row.attendance.shift,
            hours=Hours(days),
            audience=row.attendance.audience,
            numbers=tuple(row.attendance.numbers),
            when_closed=row.attendance.when_closed,
            closed_text=row.attendance.closed_text,
            daily=row.attendance.daily,
        ),
    )


def _to_row(persona: Persona) -> _Persona:
    manner, attendance = persona.manner, persona.attendance
    days = [[(span.opens, span.closes) for span in spans] for spans in attendance.hours.days]
    return _Persona(
        assistant_name=persona.assistant_name,
        tone=persona.tone,
        business_name=persona.business_name,
        business_facts=persona.business_facts,
        greeting=persona.greeting,
        faq=[_Entry(list(entry.keywords), entry.answer) for entry in persona.faq],
        enabled=persona.enabled,
        manner=_Manner(manner.formality, manner.empathy, manner.humour, manner.longest),
        attendance=_Attendance(
            shift=attendance.shift,
            days=days,
            audience=attendance.audience,
            numbers=list(attendance.numbers),
            when_closed=attendance.when_closed,
            closed_text=attendance.closed_text,
            daily=attendance.daily,
        ),
    )
