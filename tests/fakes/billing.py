"""What stands around billing and quotas, in memory: letters, news, a payment provider; each signs its port's contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from application.billing.ports import Charge, GatewayRefused, Payer
from application.quotas.ports import Delivered, Endpoint, News
from application.shared.mail import Mail
from domain.billing.plan import Plan
from domain.shared.errors import Refused


@dataclass
class FakeMailer:
    """Takes every letter, except for addresses of `refused.example`; `script` is raised first."""

    taken: list[Mail] = field(default_factory=list)
    script: list[Exception] = field(default_factory=list)

    async def send(self, mail: Mail) -> None:
        if self.script:
            raise self.script.pop(0)
        if mail.to.endswith("@refused.example") or "\n" in mail.to + mail.subject:
            raise Refused("the mail server does not take letters to this address")
        self.taken.append(mail)


@dataclass
class FakeNews:
    sent: list[tuple[Endpoint, News]] = field(default_factory=list)
    script: list[Delivered] = field(default_factory=list)

    async def send(self, endpoint: Endpoint, news: News) -> Delivered:
        if self.script:
            return self.script.pop(0)
        self.sent.append((endpoint, news))
        return Delivered("delivered", 200, 0.01)


@dataclass
class FakeGateway:
    """Gives the same answer to the same key, as a provider must."""

    answers: dict[str, str | Charge] = field(default_factory=dict)
    customers: set[str] = field(default_factory=set)
    subscriptions: set[str] = field(default_factory=set)
    cancelled: list[str] = field(default_factory=list)

    async def create_customer(self, payer: Payer, *, key: str) -> str:
        name = self._once(key, f"cus_{len(self.answers)}")
        self.customers.add(name)
        return name

    async def create_subscription(self, customer: str, plan: Plan, reference: str, *, key: str) -> str:
        if customer not in self.customers:
            raise GatewayRefused("no such customer")
        name = self._once(key, f"sub_{len(self.answers)}")
        self.subscriptions.add(name)
        return name

    async def create_charge(self, subscription: str, cents: int, description: str, *, key: str) -> Charge:
        if subscription not in self.subscriptions:
            raise GatewayRefused("no such subscription")
        known = self.answers.get(key)
        if isinstance(known, Charge):
            return known
        code = f"00020126FAKE{cents:010d}"
        made = Charge(f"ch_{len(self.answers)}", code, code, datetime.now(UTC) + timedelta(days=3))
        self.answers[key] = made
        return made

    async def cancel_charge(self, charge: str, *, key: str) -> None:
        if not any(isinstance(known, Charge) and known.external_id == charge for known in self.answers.values()):
            raise GatewayRefused("no such charge")
        if charge not in self.cancelled:
            self.cancelled.append(charge)

    def _once(self, key: str, fresh: str) -> str:
        answer = self.answers.setdefault(key, fresh)
        assert isinstance(answer, str)
        return answer
