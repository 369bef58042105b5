"""Where a company's people sign on, as its owner sets it up and takes it away: who came in by it goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from application.access.ports import Sessions, Users
from application.access.sign_on import IdentityProviders, NoSignOn, Provider, SignOns
from domain.shared.errors import Invalid
from domain.shared.ids import TenantId
from domain.shared.web_address import checked_address


@dataclass(frozen=True, slots=True)
class ArrangeSignOn:
    """What an owner sets; `client_secret` None keeps the one there is."""

    sign_ons: SignOns
    providers: IdentityProviders
    users: Users
    sessions: Sessions

    async def show(self, company: TenantId) -> Provider:
        """Raises NoSignOn."""
        provider = await self.sign_ons.get(company)
        if provider is None:
            raise NoSignOn("there is none")
        return provider

    async def put(self, company: TenantId, provider: Provider) -> Provider:
        """Whom another issuer vouched for logs in again. Raises Invalid, with the field, where no such provider answers."""
        checked_address(provider.issuer, field="issuer")
        before = await self.sign_ons.get(company)
        moved = before is not None and before.issuer != provider.issuer
        if provider.client_secret is None and before is not None and not moved:
            provider = replace(provider, client_secret=before.client_secret)
        if not provider.client_id.strip():
            raise Invalid("the client id that the provider gave", field="client_id")
        await self.providers.check(provider)
        if moved:
            await self._end_vouched(company)
        await self.sign_ons.put(company, provider)
        if moved:
            await self._end_vouched(company)
        return provider

    async def remove(self, company: TenantId) -> None:
        """Raises Unavailable while sessions cannot be ended: then nothing was taken away."""
        await self._end_vouched(company)
        await self.sign_ons.remove(company)
        await self._end_vouched(company)  # who came in between the two; whoever comes later sees that it is gone

    async def _end_vouched(self, company: TenantId) -> None:
        for user in await self.users.of(company):
            for session in await self.sessions.of(company, user.id):
                if session.vouched:
                    await self.sessions.end(session)
