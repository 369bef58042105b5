"""An alert goes out: a letter to each person who pays the bills, and a signed call to the company's own systems."""

from __future__ import annotations

from dataclasses import dataclass

from application.quotas.ports import Alert, Delivered, News, NewsSender, QuotaWork
from application.quotas.texts import letter
from application.shared.mail import Mailer
from application.shared.ports import Claim, OpenWork
from domain.billing.money import whole_cents
from domain.shared.errors import Unavailable
from domain.shared.ids import AlertId, ContactToTell


@dataclass(frozen=True, slots=True)
class TellByMail:
    """A crash between the mail server's yes and our commit sends the letter twice; between neither, never not at all."""

    open_work: OpenWork[QuotaWork]
    mailer: Mailer

    async def __call__(self, claim: Claim, alert: AlertId, contact: ContactToTell) -> str:
        async with self.open_work(claim.tenant) as work:
            told = await work.alerts.get(alert)
            address = await work.contacts.address(contact)
        if address is not None:
            await self.mailer.send(letter(told, address))
        async with self.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return "nobody_to_tell" if address is None else "told"


class NotTaken(Unavailable):
    """The company's own system did not take the news."""


@dataclass(frozen=True, slots=True)
class TellByWebhook:
    """Every attempt is logged, also the one that fails; then the job's ladder tries again."""

    open_work: OpenWork[QuotaWork]
    sender: NewsSender

    async def __call__(self, claim: Claim, alert: AlertId) -> str:
        async with self.open_work(claim.tenant) as work:
            told = await work.alerts.get(alert)
            endpoint = await work.endpoints.get()
        news = news_of(told)
        delivered = None if endpoint is None else await self.sender.send(endpoint, news)
        async with self.open_work(claim.tenant) as work:
            if delivered is not None:
                await work.endpoints.log(news.id, claim.failures + 1, delivered)
            if _is_over(delivered):
                await work.jobs.finish(claim)
            await work.commit()
        if not _is_over(delivered):
            raise NotTaken("the company's endpoint did not take the news")
        return "nobody_to_tell" if delivered is None else delivered.outcome


def _is_over(delivered: Delivered | None) -> bool:
    return delivered is None or delivered.outcome == "delivered"


def news_of(alert: Alert) -> News:
    return News(
        id=f"quota-alert-{alert.id}",
        type="quota.reached",
        at=alert.at,
        data={
            "threshold": alert.threshold,
            "cycle": alert.cycle.isoformat(),
            "messages": alert.use.messages,
            "tokens": alert.use.tokens,
            "cost_cents": whole_cents(alert.use.cost),
        },
    )
