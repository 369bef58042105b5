"""What billing needs of the world: its rows, and a payment provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from application.quotas.ports import BillingContacts, UsageRead
from application.shared.ports import Work
from domain.billing.bill import Bill
from domain.billing.plan import Plan, PlanCode
from domain.billing.subscription import Subscription
from domain.billing.told import ProviderEvent
from domain.shared.errors import NotFound, Refused, Unavailable
from domain.shared.ids import InvoiceId, TenantId

UNCLAIMED: Final = "unclaimed"
"""What is kept of an event as long as nobody knows whose it is."""


class NoSubscription(NotFound):
    """This company has no subscription."""


class InvoiceNotFound(NotFound):
    """No invoice of this company has that number."""


class Plans(Protocol):
    async def all(self) -> Sequence[Plan]:
        """Cheapest first, those no longer sold too."""

    async def get(self, code: PlanCode) -> Plan:
        """Raises PlanNotFound."""

    async def put(self, plan: Plan) -> None: ...


class Subscriptions(Protocol):
    """The one subscription of the company whose work is open."""

    async def find(self, *, lock: bool = False) -> Subscription | None: ...

    async def save(self, subscription: Subscription) -> None: ...

    async def zone(self) -> ZoneInfo: ...

    async def references(self) -> tuple[str | None, str | None]:
        """What the provider calls this customer and this subscription."""

    async def refer(self, customer: str, subscription: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Charge:
    """What a payer needs: `pix_copy_paste` is typed or pasted, `pix_qr` is shown as a QR code."""

    external_id: str
    pix_copy_paste: str
    pix_qr: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invoice:
    id: InvoiceId
    bill: Bill
    state: str
    charge: Charge | None = None


class Invoices(Protocol):
    async def issue(self, bill: Bill) -> InvoiceId | None:
        """None when this very bill was issued before. One that credit covers is paid from the start."""

    async def get(self, id: InvoiceId, *, lock: bool = False) -> Invoice:
        """Raises InvoiceNotFound."""

    async def lately(self, limit: int) -> Sequence[Invoice]:
        """Newest first."""

    async def attach(self, id: InvoiceId, charge: Charge) -> None: ...

    async def settle(self, charge: str, state: str, at: datetime) -> None:
        """ "paid", "refunded" or "open", unless something newer is known of it."""

    async def settle_open(self, state: str, at: datetime) -> None:
        """Every one that lay open at that moment; of a payment that names no charge, and of debts that are given up."""

    async def open_since(self) -> datetime | None:
        """When the oldest unpaid one was issued."""

    async def charges_without_effect(self) -> Sequence[str]:
        """The provider's names of charges whose invoices are void, unless they were taken back."""

    async def charge_is_cancelled(self, charge: str) -> None: ...


class ProviderEvents(Protocol):
    async def keep(self, event: ProviderEvent, outcome: str) -> bool:
        """False when an event of this id was kept before."""

    async def note(self, event: ProviderEvent, outcome: str) -> None:
        """What became of it, and that it is this company's."""

    async def unclaimed(self) -> Sequence[ProviderEvent]:
        """Those kept before anybody knew that they are this company's, in the order in which they happened."""


class BillingWork(Work, Protocol):
    """A transaction of the platform about one company."""

    @property
    def plans(self) -> Plans: ...

    @property
    def subscriptions(self) -> Subscriptions: ...

    @property
    def invoices(self) -> Invoices: ...

    @property
    def events(self) -> ProviderEvents: ...

    @property
    def usage(self) -> UsageRead: ...

    @property
    def contacts(self) -> BillingContacts: ...


class ProviderInbox(Protocol):
    """Events before anybody knows whose they are."""

    async def owner(self, event: ProviderEvent) -> TenantId | None: ...

    async def keep(self, event: ProviderEvent, outcome: str) -> bool:
        """False when an event of this id was kept before."""

    async def owners(self) -> Sequence[TenantId]:
        """The companies that something unclaimed is about."""


@dataclass(frozen=True, slots=True)
class Payer:
    """Whom the provider is to ask for money. `reference` is ours, and comes back with every event."""

    reference: str
    name: str
    email: str | None = field(default=None, repr=False)


class GatewayUnavailable(Unavailable):
    """The provider did not answer, or says that it is ill."""


class GatewayRefused(Refused):
    """The provider says no to what was asked: trying again will not help."""


class PaymentGateway(Protocol):
    """Raises GatewayUnavailable and GatewayRefused. `key` makes repeats harmless: the same key is the same thing."""

    async def create_customer(self, payer: Payer, *, key: str) -> str:
        """The provider's name for it."""

    async def create_subscription(self, customer: str, plan: Plan, reference: str, *, key: str) -> str: ...

    async def create_charge(self, subscription: str, cents: int, description: str, *, key: str) -> Charge: ...

    async def cancel_charge(self, charge: str, *, key: str) -> None:
        """Nobody can pay it any more; cancelled again, it stays cancelled."""
