"""The names a company has inside PostgreSQL, derived from its number alone and from nothing anybody typed."""

from __future__ import annotations

from domain.shared.errors import Invalid
from domain.shared.ids import TenantId

LONGEST_NAME = 63
"""PostgreSQL cuts longer identifiers in silence, and two companies would share a role."""


def schema_of(tenant: TenantId) -> str:
    return f"tenant_{_checked(tenant)}"


def role_of(database: str, tenant: TenantId) -> str:
    """The company's own role; roles span databases, so the database is part of the name. Raises Invalid."""
    return _fitting(f"{database}_tenant_{_checked(tenant)}")


def tenants_role(database: str) -> str:
    """What every company's role is a member of: it holds the rights on shared tables. Raises Invalid.

    A table's list of rights must fit in one page of the catalog: 2,250 companies filled it.
    """
    return _fitting(f"{database}_tenants")


def quoted(identifier: str) -> str:
    """An identifier as SQL text, whatever it holds."""
    return '"' + identifier.replace('"', '""') + '"'


def _checked(tenant: TenantId) -> int:
    if int(tenant) < 1:
        raise Invalid("a company's number is a positive integer")
    return int(tenant)


def _fitting(name: str) -> str:
    if len(name.encode()) > LONGEST_NAME:
        raise Invalid("the database's name is too long to name its companies' roles; at most 45 bytes")
    return name
