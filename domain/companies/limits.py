"""What a plan includes beside messages: people, connections, workers of one's own. Each refusal names the limit and the plan."""

from __future__ import annotations

from domain.billing.plan import Plan
from domain.shared.errors import Refused


class PastLimit(Refused):
    """The plan does not include one more."""


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
