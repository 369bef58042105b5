"""Opens a company: schema, database role, queue and first connection.

Whatever step fails, the same command again finishes the same company; its webhooks are accepted only then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from application.provisioning.connect_line import LineOrder, new_line
from application.provisioning.ports import (
    Companies,
    Lines,
    NewConnectionId,
    NewSecret,
    Places,
    Profile,
    Queues,
)
from domain.companies.company import Company, checked_name, slug_of
from domain.companies.connection import Connection
from domain.shared.errors import Invalid

LONGEST_FACTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class CompanyOrder:
    """A company as somebody asks for it."""

    name: str
    line: LineOrder
    time_zone: str = "America/Sao_Paulo"
    business_facts: str = ""

    def __post_init__(self) -> None:
        """Raises Invalid, before anything was made."""
        checked_name(self.name)
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Invalid("not a time zone; for example America/Sao_Paulo", field="time-zone") from None
        if len(self.business_facts) > LONGEST_FACTS or "\0" in self.business_facts:
            raise Invalid(f"text of at most {LONGEST_FACTS} characters", field="business-facts")


@dataclass(frozen=True, slots=True)
class Opened:
    """The new company and its connection, secrets in clear: the only time they are shown."""

    company: Company
    connection: Connection


@dataclass(frozen=True, slots=True)
class OpenCompany:
    companies: Companies
    places: Places
    lines: Lines
    queues: Queues
    new_id: NewConnectionId
    new_secret: NewSecret

    async def __call__(self, order: CompanyOrder) -> Opened:
        name = checked_name(order.name)
        async with self.companies.alone(slug_of(name)):
            company = await self._registered(name, order.time_zone)
            await self.places.make(company.id)
            await self.places.introduce(company.id, Profile(name, order.business_facts))
            await self.queues.forget(company.id)
            line = await self._line_of(company, order.line)
            company.activate()
            await self.companies.save(company)
        return Opened(company, line)

    async def _registered(self, name: str, time_zone: str) -> Company:
        company = await self.companies.find(slug_of(name))
        if company is None:
            return await self.companies.add(name=name, slug=slug_of(name), time_zone=time_zone)
        company.open_again(name=name, time_zone=time_zone)
        await self.companies.save(company)
        return company

    async def _line_of(self, company: Company, order: LineOrder) -> Connection:
        """An earlier try may have left a line whose secrets nobody saw: it keeps its id and gets new ones."""
        left = await self.lines.of(company.id)
        line = left[0].id if left else self.new_id()
        connection = new_line(company.id, line, order, new_secret=self.new_secret)
        await self.lines.put(connection)
        return connection
