"""The steps of the checklist that let people and machines in, put the company's name into the world, and ask for money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.access.api_keys import PREFIX_LENGTH, key_digest
from application.access.letters import Letters
from application.access.ports import Passwords, Users
from application.access.proofs import ApiKeys
from application.billing.bills import keep
from application.billing.cancel_charges import CancelCharges
from application.billing.ports import BillingWork
from application.billing.subscribe import Subscribe
from application.provisioning.domains import DnsRecord, DomainProvider
from application.provisioning.order import FirstAdmin
from application.provisioning.steps import NOT_ASKED, GoesWithThePlace, Site
from application.shared.ports import Clock, OpenWork
from domain.access.api_key import ApiKey
from domain.access.role import GRANTS, Role
from domain.access.user import EmailTaken, Membership, User, UserState
from domain.billing.subscription import SERVING

HOSTS: Final = ("chat", "api")
FIRST_TOKEN: Final = "Primeiro token"  # noqa: S105 - what people read


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
        """Whoever has an account, or is to make one, owns nothing before they agree: only a password handed over needs no yes.

        Raises EmailTaken, or Unavailable for a letter that did not leave; one sent before is worth nothing once another was.
        """
        admin = site.order.admin
        if admin is None:
            return NOT_ASKED
        known = await self.users.find(admin.email)
        if known is None:
            return await self._make(admin, site)
        check_may_own(known)
        here = known.membership(site.tenant)
        place = Membership(Role.OWNER, site.tenant, agreed=here is not None and here.agreed)
        if here != place:
            await self.users.put_membership(known.id, place)
        if not place.agreed:
            await self._ask(known, site)
        return "had an account already" if known.id != site.lot.user else "invited by e-mail" if admin.by_mail else None

    async def undo(self, site: Site) -> None:
        """An account of its own goes with the place; one that was there before stays, without this company."""
        known = None if site.order.admin is None else await self.users.find(site.order.admin.email)
        if known is not None and known.id != site.lot.user and known.membership(site.tenant) is not None:
            await self.users.drop_membership(known.id, site.tenant, last_owner=True)

    async def _make(self, admin: FirstAdmin, site: Site) -> str | None:
        lot, place = site.lot, (Membership(Role.OWNER, site.tenant, agreed=not admin.by_mail),)
        if not admin.by_mail:
            password_hash = await self.passwords.hash(lot.password)
            await self.users.add(User(lot.user, admin.email, admin.name, place, password_hash=password_hash))
            return None
        user = User(lot.user, admin.email, admin.name, place, state=UserState.INVITED)
        await self.users.add(user)
        await self._ask(user, site)
        return "invited by e-mail"

    async def _ask(self, user: User, site: Site) -> None:
        write = self.letters.invite if user.state is UserState.INVITED else self.letters.ask_to_join
        await write(user, site.order.name, site.tenant)


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
