"""What quotas need of the world: today's counters, an answer in no time, and who is to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from application.shared.ports import Work
from domain.billing.cycle import Cycle
from domain.quotas.allowance import Allowance, Use
from domain.quotas.standing import Standing
from domain.shared.errors import NotFound
from domain.shared.ids import AlertId, ContactToTell, TenantId


class Quotas(Protocol):
    async def standing(self, tenant: TenantId) -> Standing:
        """How the company stands now, by an answer that is some seconds old at most, and the fresher the less is left."""


class Billed(Protocol):
    """A call of the model as it was billed; cost in millionths of a US dollar."""

    @property
    def input_tokens(self) -> int: ...

    @property
    def output_tokens(self) -> int: ...

    @property
    def cost_micros(self) -> int: ...


class Counters(Protocol):
    async def add(self, day: date, use: Use, *, watch: bool) -> None:
        """Counts with the transaction: a turn that is undone has used nothing, one that is kept is counted once.

        `watch`: somebody should look at the thresholds soon.
        """


class MeteredWork(Work, Protocol):
    @property
    def counters(self) -> Counters: ...


class UsageRead(Protocol):
    async def within(self, cycle: Cycle) -> Use: ...


class AlertNotFound(NotFound):
    """No alert of this company has that number."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A threshold that was reached, with what was used when it was noticed."""

    id: AlertId
    cycle: date
    threshold: int
    use: Use
    at: datetime


class Alerts(Protocol):
    async def raise_once(self, cycle: date, threshold: int, use: Use) -> AlertId | None:
        """None when the company was told before."""

    async def get(self, id: AlertId) -> Alert:
        """Raises AlertNotFound."""

    async def lately(self, limit: int) -> Sequence[Alert]:
        """Newest first."""


class BillingContacts(Protocol):
    async def all(self) -> Sequence[ContactToTell]: ...

    async def address(self, contact: ContactToTell) -> str | None:
        """None when it was taken away meanwhile."""

    async def put(self, addresses: Sequence[str]) -> None:
        """These and no others."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a company's own systems hear of things, and the secret that proves it is us."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one attempt: "delivered", "refused" (they answered no) or "unreachable"."""

    outcome: str
    status: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class News:
    """An event for a company's own systems; `id` stays the same in every attempt, so that they can know repeats."""

    id: str
    type: str
    at: datetime
    data: dict[str, object]


class Endpoints(Protocol):
    async def get(self) -> Endpoint | None: ...

    async def put(self, endpoint: Endpoint | None) -> None: ...

    async def log(self, event: str, attempt: int, delivered: Delivered) -> None: ...


@dataclass(frozen=True, slots=True)
class Entitled:
    """What a company with a subscription may use, and in which cycle."""

    allowance: Allowance
    cycle: Cycle


class QuotaWork(Work, Protocol):
    """A transaction of the platform about one company's use."""

    async def entitled(self) -> Entitled | None: ...

    @property
    def usage(self) -> UsageRead: ...

    @property
    def alerts(self) -> Alerts: ...

    @property
    def contacts(self) -> BillingContacts: ...

    @property
    def endpoints(self) -> Endpoints: ...


class NewsSender(Protocol):
    async def send(self, endpoint: Endpoint, news: News) -> Delivered:
        """Never raises for what the other side does; signed by Standard Webhooks."""
