"""The assistant's settings as a company's people edit them: the one in force, those before it, and publishing another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from application.assistant.ports import Completion
from application.quotas.ports import MeteredWork
from application.shared.audit import AuditedWork
from application.shared.ports import Clock, OpenWork
from domain.assistant.persona import Persona
from domain.audit.entry import Deed
from domain.handoff.entry import Attendant
from domain.shared.errors import NotFound, Refused
from domain.shared.ids import TenantId

SHOWN = 30


class ChangedMeanwhile(Refused):
    """Somebody else published settings after these were opened."""


class VersionNotFound(NotFound):
    """There is no such version of the settings."""


@dataclass(frozen=True, slots=True)
class Version:
    """`restored_from` is the version that was brought back."""

    id: int
    by: str
    at: datetime
    restored_from: int | None


@dataclass(frozen=True, slots=True)
class InForce:
    """`version` is 0 until somebody publishes."""

    persona: Persona
    version: int
    history: Sequence[Version]


class PersonaBook(Protocol):
    """The settings of the company whose work is open."""

    async def version(self, *, lock: bool = False) -> int: ...

    async def history(self, limit: int) -> Sequence[Version]:
        """Newest first."""

    async def published(self, version: int) -> Persona:
        """Raises VersionNotFound."""

    async def publish(self, persona: Persona, by: Attendant, at: datetime, restored_from: int | None) -> int: ...

    async def count_preview(self, calls: Sequence[Completion]) -> None: ...


class SettingsWork(MeteredWork, AuditedWork, Protocol):
    @property
    def personas(self) -> PersonaBook: ...

    async def persona(self) -> Persona: ...


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    open_work: OpenWork[SettingsWork]
    clock: Clock

    async def in_force(self, tenant: TenantId) -> InForce:
        async with self.open_work(tenant) as work:
            return InForce(await work.persona(), await work.personas.version(), await work.personas.history(SHOWN))

    async def publish(self, tenant: TenantId, persona: Persona, by: Attendant, *, seen: int) -> int:
        """The number of the new version; `seen` is the one that was being edited. Raises ChangedMeanwhile."""
        async with self.open_work(tenant) as work:
            if await work.personas.version(lock=True) != seen:
                raise ChangedMeanwhile(f"version {seen} is no longer in force")
            before = await work.persona()
            version = await work.personas.publish(persona, by, self.clock(), None)
            await work.audit.record(_told(by, "assistant.published", version, before, persona))
            await work.commit()
        return version

    async def roll_back(self, tenant: TenantId, to: int, by: Attendant) -> int:
        """An earlier version in force again, as a version of its own. Raises VersionNotFound."""
        async with self.open_work(tenant) as work:
            await work.personas.version(lock=True)
            before, after = await work.persona(), await work.personas.published(to)
            version = await work.personas.publish(after, by, self.clock(), to)
            await work.audit.record(_told(by, "assistant.restored", version, before, after))
            await work.commit()
        return version


def _told(by: Attendant, action: str, version: int, before: Persona, after: Persona) -> Deed:
    """The whole text is in the version; the log says which settings are others."""
    return Deed(f"user:{by.id}", action, f"version:{version}", before=_flat(before), after=_flat(after))


def _flat(persona: Persona) -> dict[str, object]:
    return {name: str(value) for name, value in asdict(persona).items()}
