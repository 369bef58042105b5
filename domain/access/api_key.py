"""A key for a machine: a few permissions of one company, or of the platform, until it expires or is revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.access.role import GRANTS, Permission, Role
from domain.shared.errors import Forbidden, Invalid, NotFound
from domain.shared.ids import TenantId, UserId

LONGEST_NAME: Final = 80


class ApiKeyNotFound(NotFound):
    """There is no such key here."""


class MoreThanOneHas(Forbidden):
    """Nobody gives a key what they may not do themselves."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`prefix` is the part that may be shown: it tells people which key is meant, and us where to look."""

    id: UUID
    name: str
    prefix: str
    scopes: frozenset[Permission]
    created_at: datetime
    company: TenantId | None = None
    created_by: UserId | None = None
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


def checked_scopes(scopes: frozenset[Permission], *, company: TenantId | None) -> frozenset[Permission]:
    """Raises Invalid for none, and for those of the other side."""
    possible = GRANTS[Role.OPERATOR if company is None else Role.OWNER]
    if not scopes or not scopes <= possible:
        raise Invalid("one or more permissions that such a key may have", field="scopes")
    return scopes


def checked_key_name(name: str) -> str:
    """Raises Invalid."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise Invalid(f"a name has 1 to {LONGEST_NAME} printable characters", field="name")
    return tidy
