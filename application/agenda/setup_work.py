"""How a company's agenda is set up, as its transactions read and change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.agenda.opening_hours import DayOff
from domain.agenda.people import Professional, Service
from domain.agenda.rules import Rules
from domain.shared.ids import DayOffId, ProfessionalId, ServiceId


class AgendaSetup(Protocol):
    """Who attends what and when. Putting what has no number yet adds it; the number it has now is the answer."""

    async def rules(self) -> Rules: ...

    async def put_rules(self, rules: Rules) -> None: ...

    async def professionals(self, *, also_inactive: bool = False) -> Sequence[Professional]:
        """In the order in which they came."""

    async def professional(self, id: ProfessionalId, *, lock: bool = False) -> Professional:
        """Locked, nobody else takes or gives back of their time until this work ends. Raises ProfessionalNotFound."""

    async def put_professional(self, professional: Professional) -> ProfessionalId:
        """Raises ProfessionalNotFound or AgendaNameTaken."""

    async def services(self, *, also_inactive: bool = False) -> Sequence[Service]: ...

    async def service(self, id: ServiceId) -> Service:
        """Raises ServiceNotFound."""

    async def put_service(self, service: Service) -> ServiceId:
        """Raises ServiceNotFound, ProfessionalNotFound or AgendaNameTaken."""

    async def days_off(self) -> Sequence[DayOff]: ...

    async def add_day_off(self, day_off: DayOff) -> DayOffId:
        """Raises ProfessionalNotFound."""

    async def remove_day_off(self, id: DayOffId) -> None:
        """Raises DayOffNotFound."""
