"""The steps of the checklist that let people and machines in, put the company's name into the world, and ask for money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from application.access.api_keys import PREFIX_LENGTH, key_digest
from application.access.letters import Letters
from application.access.ports import Passwords, Users
from application.access.proofs import ApiKeys
from application.access.texts import welcome_letter
from application.billing.bills import keep
from application.billing.cancel_charges import CancelCharges
from application.billing.ports import BillingWork
from application.billing.subscribe import Subscribe
from application.provisioning.domains import DnsRecord, DomainProvider
from application.provisioning.order import FirstAdmin, Lot
from application.provisioning.steps import NOT_ASKED, GoesWithThePlace, Site
from application.shared.ports import Clock, OpenWork
from domain.access.api_key import ApiKey
from domain.access.role import GRANTS, Role
from domain.access.user import EmailTaken, Membership, User, UserState
from domain.billing.subscription import SERVING
from domain.shared.ids import TenantId

HOSTS: Final = ("chat", "api")
FIRST_TOKEN: Final = "Primeiro token"  # noqa: S105 - what people read


class Invites(Protocol):
    async def __call__(self, user: User, company: str) -> None: ...


def check_may_own(user: User) -> None:
    """Somebody who has an account. Raises EmailTaken for the platform's people and for who may not log in at all."""
    if user.membership(None) is not None:
        raise EmailTaken("somebody of the platform logs in with this address, and belongs to no company")
    if user.state is UserState.DISABLED:
        raise EmailTaken("somebody whose account is disabled has this address")


@dataclass(frozen=True, slots=True)
class PutDomains:
    """`domain` and `target`: chat.<slug>.<domain> points at target. Without a provider nothing is done."""

    provider: DomainProvider | None
    domain: str = ""
    target: str = ""

    async def do(self, site: Site) -> str | None:
        if self.provider is None:
            return "skipped: no domain is configured (SECRETARIA_DOMAIN)"
        told = [await self.provider.put(record) for record in self._records(site.order.slug)]
        return "; ".join(one for one in told if one) or None

    async def undo(self, site: Site) -> None:
        if self.provider is not None:
            for record in self._records(site.order.slug):
                await self.provider.remove(record.name)

    def _records(self, slug: str) -> list[DnsRecord]:
        return [DnsRecord(f"{host}.{slug}.{self.domain}", self.target) for host in HOSTS]


@dataclass(frozen=True, slots=True)
class AddOwner(GoesWithThePlace):
    users: Users
    passwords: Passwords
    letters: Letters

    async def do(self, site: Site) -> str | None:
        """Raises EmailTaken. A letter that was sent before is worth nothing once another was."""
        admin = site.order.admin
        if admin is None:
            return NOT_ASKED
        known = await self.users.find(admin.email)
        if known is not None and known.id != site.lot.user:
            return await self._take_on(known, site)
        user = known or await self._person(admin, site.lot, site.tenant)
        if known is None:
            await self.users.add(user)
        if admin.by_mail:
            await self.letters.invite(user, site.order.name)
            return "invited by e-mail"
        return None

    async def undo(self, site: Site) -> None:
        """An account of its own goes with the place; one that was there before stays, without this company."""
        known = None if site.order.admin is None else await self.users.find(site.order.admin.email)
        if known is not None and known.id != site.lot.user and known.membership(site.tenant) is not None:
            await self.users.drop_membership(known.id, site.tenant, last_owner=True)

    async def _take_on(self, user: User, site: Site) -> str:
        """Name and password stay the person's own. Raises EmailTaken."""
        check_may_own(user)
        place = Membership(Role.OWNER, site.tenant)
        if user.membership(site.tenant) != place:
            await self.users.put_membership(user.id, place)
        if user.state is UserState.INVITED:
            await self.letters.invite(user, site.order.name)
        else:
            await self.letters.tell(welcome_letter(user.email, user.name, site.order.name, self.letters.public_url))
        return "had an account already"

    async def _person(self, admin: FirstAdmin, lot: Lot, tenant: TenantId) -> User:
        place = (Membership(Role.OWNER, tenant),)
        if admin.by_mail:
            return User(lot.user, admin.email, admin.name, place, state=UserState.INVITED)
        return User(lot.user, admin.email, admin.name, place, password_hash=await self.passwords.hash(lot.password))


@dataclass(frozen=True, slots=True)
class FirstToken(GoesWithThePlace):
    """What a manager may, for the company's own machines."""

    keys: ApiKeys
    clock: Clock

    async def do(self, site: Site) -> str | None:
        if not site.order.token:
            return NOT_ASKED
        lot, scopes = site.lot, GRANTS[Role.MANAGER]
        if lot.key_id in [key.id for key in await self.keys.of(site.tenant)]:
            return None
        prefix, now = lot.key[:PREFIX_LENGTH], self.clock()
        await self.keys.add(ApiKey(lot.key_id, FIRST_TOKEN, prefix, scopes, now, site.tenant), key_digest(lot.key))
        return None


@dataclass(frozen=True, slots=True)
class BeginPaying:
    """The bill and the order to collect it are one transaction; asked for twice, it is one bill."""

    subscribe: Subscribe
    open_work: OpenWork[BillingWork]
    cancel_charges: CancelCharges
    clock: Clock

    async def do(self, site: Site) -> str | None:
        if site.order.plan is None:
            return "skipped: no plan"
        await self.subscribe(site.tenant, site.order.plan, trial_days=site.order.trial_days, placed=True)
        return None

    async def undo(self, site: Site) -> None:
        """What was not paid yet is owed no more, and can be paid no more. Raises GatewayUnavailable, to be done again."""
        async with self.open_work(site.tenant) as work:
            subscription = await work.subscriptions.find(lock=True)
            if subscription is None:
                return
            if subscription.state in SERVING:
                subscription.cancel(now=self.clock(), at_once=True)
            await work.invoices.settle_open("void", self.clock())
            await keep(work, subscription)
            await work.commit()
        await self.cancel_charges(site.tenant)
