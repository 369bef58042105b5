"""What a plan includes beside messages: people, connections, workers of one's own. Each refusal names the limit and the plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from domain.billing.plan import Plan
from domain.shared.errors import Refused


class PastLimit(Refused):
    """The plan does not include one more."""


Room = Callable[[int], None]
"""Asked with how many there are already, while nobody else can add one; raises where there is no room for one more."""


def room_for_users(plan: Plan | None) -> Room:
    """Without a plan there are no limits."""
    return boundless if plan is None else partial(one_more_user, plan)


def room_for_connections(plan: Plan | None) -> Room:
    return boundless if plan is None else partial(one_more_connection, plan)


def boundless(_: int) -> None:
    """Room for everybody."""


def one_more_user(plan: Plan, held: int) -> None:
    """Raises PastLimit."""
    _one_more(plan, "users", plan.users, held)


def one_more_connection(plan: Plan, held: int) -> None:
    """Raises PastLimit."""
    _one_more(plan, "connections", plan.connections, held)


def dedicated_workers(plan: Plan) -> None:
    """Raises PastLimit."""
    if not plan.dedicated_worker:
        raise PastLimit(f"the plan {plan.code} does not include dedicated workers")


def _one_more(plan: Plan, what: str, most: int | None, held: int) -> None:
    if most is not None and held >= most:
        raise PastLimit(f"the plan {plan.code} includes {most} {what}, and all of them are taken")
