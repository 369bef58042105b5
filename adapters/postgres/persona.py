"""What a company's secretary is called, how it speaks and what it may know."""

from __future__ import annotations

import msgspec

from adapters.postgres.pool import Connection
from domain.assistant.persona import Faq, Persona


class _Entry(msgspec.Struct):
    keywords: list[str]
    answer: str


_FAQ = msgspec.json.Decoder(list[_Entry])


async def read_persona(connection: Connection) -> Persona:
    row = await connection.fetchrow(
        "select assistant_name, tone, business_name, business_facts, greeting, faq, enabled from persona"
    )
    return Persona(
        assistant_name=row["assistant_name"],
        tone=row["tone"],
        business_name=row["business_name"],
        business_facts=row["business_facts"],
        greeting=row["greeting"],
        faq=tuple(Faq(tuple(entry.keywords), entry.answer) for entry in _FAQ.decode(row["faq"])),
        enabled=row["enabled"],
    )
