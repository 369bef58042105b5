"""Pools of workers: most companies share one; some have workers of their own."""

from __future__ import annotations

import re
from typing import Final

from domain.shared.errors import Invalid
from domain.shared.ids import TenantId

SHARED: Final = "shared"
DEDICATED: Final = "dedicated"
"""What people say for "its own pool", whose name holds the company's number."""

NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
OWN: Final = re.compile(r"tenant_([0-9]+)")


def dedicated_to(tenant: TenantId) -> str:
    return f"tenant_{tenant}"


def pool_for(tenant: TenantId, asked: str) -> str:
    """The pool that is meant. Raises Invalid for what is no name, and for another company's own pool."""
    if asked == DEDICATED:
        return dedicated_to(tenant)
    if not NAME.fullmatch(asked):
        raise Invalid("a pool's name is lower-case letters, digits, - and _, at most 40, first a letter", field="pool")
    if OWN.fullmatch(asked) and asked != dedicated_to(tenant):
        raise Invalid(f"{asked} belongs to another company", field="pool")
    return asked
