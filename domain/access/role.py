"""Five roles and what each may do: one table, which every route, page and test reads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """`<feature>:<verb>`; also the scopes of an API key. The platform's own stand apart: no company's role holds one."""

    HOME_READ = "home:read"
    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_ATTEND = "conversations:attend"
    """Take over, answer, note, give back."""
    AGENDA_READ = "agenda:read"
    AGENDA_WRITE = "agenda:write"
    """Book, move, cancel, say who came."""
    AGENDA_SETUP = "agenda:setup"
    """Who attends, what for and when."""
    ASSISTANT_READ = "assistant:read"
    ASSISTANT_WRITE = "assistant:write"
    DEAD_LETTERS_READ = "dead_letters:read"
    DEAD_LETTERS_WRITE = "dead_letters:write"
    CONNECTIONS_READ = "connections:read"
    CONNECTIONS_WRITE = "connections:write"
    BILLING_READ = "billing:read"
    BILLING_WRITE = "billing:write"
    USERS_READ = "users:read"
    USERS_WRITE = "users:write"
    API_KEYS_WRITE = "api_keys:write"
    AUDIT_READ = "audit:read"
    COMPANY_EXPORT = "company:export"
    """All that the company has here, in one file."""
    PLATFORM_COMPANIES_READ = "platform:companies:read"
    PLATFORM_COMPANIES_WRITE = "platform:companies:write"
    PLATFORM_WORKERS_READ = "platform:workers:read"
    PLATFORM_DEAD_LETTERS = "platform:dead_letters"
    PLATFORM_AUDIT_READ = "platform:audit:read"
    PLATFORM_API_KEYS_WRITE = "platform:api_keys:write"


class Role(StrEnum):
    OPERATOR = "operator"
    """Runs the platform; belongs to no company."""
    OWNER = "owner"
    MANAGER = "manager"
    ATTENDANT = "attendant"
    VIEWER = "viewer"


_OF_THE_PLATFORM: Final = frozenset(each for each in Permission if each.startswith("platform:"))
_OF_A_COMPANY: Final = frozenset(Permission) - _OF_THE_PLATFORM
_LOOKING: Final = frozenset({Permission.HOME_READ, Permission.CONVERSATIONS_READ, Permission.AGENDA_READ})
_ATTENDING: Final = _LOOKING | {Permission.CONVERSATIONS_ATTEND, Permission.AGENDA_WRITE, Permission.ASSISTANT_READ}
_OWNING: Final = frozenset(
    {
        Permission.BILLING_WRITE,
        Permission.USERS_WRITE,
        Permission.API_KEYS_WRITE,
        Permission.CONNECTIONS_WRITE,
        Permission.COMPANY_EXPORT,
    }
)

GRANTS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.OPERATOR: _OF_THE_PLATFORM,
    Role.OWNER: _OF_A_COMPANY,
    Role.MANAGER: _OF_A_COMPANY - _OWNING,
    Role.ATTENDANT: _ATTENDING,
    Role.VIEWER: _LOOKING,
}
