"""Who is asking: a person at the panel or a machine with a key, already recognised."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.access.role import GRANTS, Permission, Role
from domain.shared.errors import Forbidden
from domain.shared.ids import TenantId


class NotPermitted(Forbidden):
    """This caller's role or key does not include what was asked."""


@dataclass(frozen=True, slots=True)
class Caller:
    """`company` is None for the platform's own people and keys. `session` is None for an API key.

    `name` is for greeting, never for deciding anything; the audit log knows them as `who`.
    """

    id: UUID
    name: str
    permissions: frozenset[Permission]
    company: TenantId | None = None
    session: str | None = None

    def must(self, permission: Permission) -> None:
        """Raises NotPermitted."""
        if permission not in self.permissions:
            raise NotPermitted(f"{permission} is needed")

    def must_cover(self, role: Role) -> None:
        """Nobody gives a role that may do more than they may themselves. Raises NotPermitted."""
        if not GRANTS[role] <= self.permissions:
            raise NotPermitted(f"the role {role} may do more than you may")

    @property
    def who(self) -> str:
        """What the audit log calls them: an id, so that it says nothing of a person who was erased."""
        return f"user:{self.id}" if self.session is not None else f"key:{self.id}"

    @property
    def own_company(self) -> TenantId:
        """Raises NotPermitted for somebody of the platform: their routes are others."""
        if self.company is None:
            raise NotPermitted("this is for a company's own people")
        return self.company
