"""Gives a company a language model of its own, or takes it away again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from application.provisioning.ports import Companies, OwnModels
from domain.assistant.model_terms import OwnModel
from domain.assistant.pricing import Price
from domain.companies.company import State
from domain.shared.errors import Refused
from domain.shared.ids import TenantId

OPEN: Final = frozenset({State.ACTIVE, State.SUSPENDED})


@dataclass(frozen=True, slots=True)
class ModelOrder:
    """What is to change. None stays as it was; an empty name is the installation's again."""

    main: str | None = None
    small: str | None = None
    key: str | None = field(default=None, repr=False)
    prices: Mapping[str, tuple[Price, ...]] = field(default_factory=dict)

    def applied_to(self, own: OwnModel) -> OwnModel:
        """Raises Invalid."""
        return replace(
            own,
            main=own.main if self.main is None else self.main or None,
            small=own.small if self.small is None else self.small or None,
            key=own.key if self.key is None else self.key,
            prices={**own.prices, **self.prices},
        )


@dataclass(frozen=True, slots=True)
class ChooseModel:
    companies: Companies
    own_models: OwnModels

    async def __call__(self, tenant: TenantId, order: ModelOrder | None) -> OwnModel:
        """What the company has of its own now. None forgets all of it, also what can no longer be read."""
        company = await self.companies.get(tenant)
        if company.state not in OPEN:
            raise Refused(f"company {tenant} is {company.state}")
        own = OwnModel() if order is None else order.applied_to(await self.own_models.get(tenant))
        await self.own_models.put(tenant, own)
        return own
