"""One outgoing message: begin, send, write down what became of it, and let the next one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.delivery.outbox import DeliveryWork, Destination, Following
from application.delivery.ports import (
    Channel,
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    Letter,
    Pacing,
)
from application.delivery.queue_reply import send_job
from application.shared.ports import Claim, ClaimLost, Clock, Leases, OpenWork
from domain.delivery.outgoing import FOR_A_PERSON, UNFINISHED, Outcome, Outgoing, State
from domain.delivery.pacing import Typing
from domain.shared.errors import Unavailable
from domain.shared.ids import OutgoingId, TenantId

TOO_LATE: Final = "what it is about has begun"


class DeliveryFailed(Unavailable):
    """This attempt did not work out; the ladder decides about the next."""


@dataclass(frozen=True, slots=True)
class Attempt:
    outgoing: Outgoing
    letter: Letter


@dataclass(frozen=True, slots=True)
class SendMessage:
    open_work: OpenWork[DeliveryWork]
    channel: Channel
    pacing: Pacing
    leases: Leases
    clock: Clock
    typing: Typing
    chance: Callable[[], float]

    async def __call__(self, claim: Claim, id: OutgoingId) -> str:
        """Returns how it ended, as one fixed word. Raises DeliveryFailed when the ladder should go on."""
        async with self.open_work(claim.tenant) as work:
            outgoing, destination = await work.outbox.addressed(id)
            if not await _has_its_turn(work, claim, outgoing):
                await work.jobs.finish(claim)
                await work.commit()
                return "nothing_to_send"
            doubt = outgoing.started_at if outgoing.in_doubt else None
            attempt = Attempt(outgoing, _letter(claim.tenant, outgoing, destination))
            late = outgoing.too_late(self.clock())
            begun = doubt is None and not late and await self._begin(work, claim, attempt)
        if doubt is not None:
            settled = await self._look_up(claim, attempt, doubt)
            if settled is not None:
                return settled
            outgoing.not_sent()
            late = outgoing.too_late(self.clock())
            async with self.open_work(claim.tenant) as work:
                begun = not late and await self._begin(work, claim, attempt)
        if late:
            outgoing.give_up()
            return await self._settle(claim, outgoing, Outcome.FAILED_PERMANENT, TOO_LATE)
        return await self._send(claim, attempt) if begun else "paced"

    async def _begin(self, work: DeliveryWork, claim: Claim, attempt: Attempt) -> bool:
        """Write the attempt down before it is made: from this commit on, a crash leaves it in doubt.

        False when it is too soon for this connection or contact: nothing was tried, so nothing counts.
        """
        wait = await self.pacing.wait(attempt.letter)
        if wait > 0:
            await work.jobs.postpone(claim, self.clock() + timedelta(seconds=wait))
        else:
            attempt.outgoing.begin(self.clock())
            await work.jobs.hold(claim)
            await work.outbox.save(attempt.outgoing)
        await work.commit()
        return wait <= 0

    async def _look_up(self, claim: Claim, attempt: Attempt, since: datetime) -> str | None:
        """Ask the other side about the earlier attempt; None when it surely did not arrive and may be made again."""
        outgoing = attempt.outgoing
        async with self.open_work(claim.tenant) as work:
            known = await work.outbox.same_text_arrived(outgoing, since)
        arrived = await self.channel.was_sent(attempt.letter, since=since, known=known)
        if arrived is None:
            outgoing.lost_sight()
            return await self._settle(claim, outgoing, Outcome.UNKNOWN, "nobody can say whether it arrived", bury=True)
        if arrived:
            outgoing.sent()
            return await self._settle(claim, outgoing, Outcome.RECONCILED)
        return None

    async def _send(self, claim: Claim, attempt: Attempt) -> str:
        outgoing, started = attempt.outgoing, self.clock()
        if not self.leases.held(claim):
            raise ClaimLost
        try:
            sent = await self.channel.send(attempt.letter)
        except (ChannelUnavailable, ChannelMisconfigured) as error:
            outgoing.not_sent()
            await self._not_settled(claim, outgoing, Outcome.FAILED_TEMPORARY, error)
            raise DeliveryFailed(str(error), retry_after=getattr(error, "retry_after", None)) from error
        except ChannelUnknown as error:
            await self._not_settled(claim, outgoing, Outcome.UNKNOWN, error)
            raise DeliveryFailed(str(error)) from error
        except ChannelRefused as error:
            outgoing.give_up()
            return await self._settle(claim, outgoing, Outcome.FAILED_PERMANENT, str(error), bury=True)
        outgoing.sent(sent.external_id)
        return await self._settle(claim, outgoing, Outcome.SENT, seconds=(self.clock() - started).total_seconds())

    async def _not_settled(self, claim: Claim, outgoing: Outgoing, outcome: Outcome, error: Exception) -> None:
        """What became of this attempt; the ladder goes on."""
        async with self.open_work(claim.tenant) as work:
            await work.jobs.hold(claim)
            await work.outbox.record(outgoing, outcome, error=str(error), seconds=None)
            await work.commit()

    async def _settle(
        self,
        claim: Claim,
        outgoing: Outgoing,
        outcome: Outcome,
        error: str | None = None,
        *,
        seconds: float | None = None,
        bury: bool = False,
    ) -> str:
        """The last word on this message, and the first on the next of the same conversation."""
        async with self.open_work(claim.tenant) as work:
            outgoing.conversation = await work.lock_conversation_of(outgoing.id)
            await work.outbox.record(outgoing, outcome, error=error, seconds=seconds)
            if bury:
                await work.jobs.bury(claim, error or outcome)
            else:
                await work.jobs.finish(claim)
            await let_the_next_go(work, outgoing, claim.correlation, due=self._due)
            await work.commit()
        return outcome.lower()

    def _due(self, following: Following) -> datetime | None:
        """None is at once."""
        pause = self.typing.pause(following.characters, chance=self.chance())
        return self.clock() + timedelta(seconds=pause) if pause > 0 else None


async def _has_its_turn(work: DeliveryWork, claim: Claim, outgoing: Outgoing) -> bool:
    """After a first attempt the line may have changed: what a person asks for again stands in its old place, and goes first."""
    if outgoing.state not in UNFINISHED:
        return outgoing.state in FOR_A_PERSON and claim.revived
    if not claim.revived and not outgoing.attempts:
        return True
    return await work.outbox.next_in_line(await work.lock_conversation_of(outgoing.id)) == outgoing.id


async def let_the_next_go(
    work: DeliveryWork, outgoing: Outgoing, correlation: str, *, due: Callable[[Following], datetime | None]
) -> None:
    """Wake the message that waited behind this one: the next part of a reply when it is `due`, anything else at once."""
    following = await work.outbox.next_after(outgoing)
    if following is not None and following.id != outgoing.id:
        pauses = following.goes_on and outgoing.state is State.SENT
        await work.jobs.add(send_job(following.id, correlation, due(following) if pauses else None))


def _letter(tenant: TenantId, outgoing: Outgoing, destination: Destination) -> Letter:
    return Letter(
        tenant=tenant,
        connection=destination.connection,
        to=destination.address,
        text=outgoing.text,
        ticket_id=destination.ticket_id,
        phone=destination.phone,
        number=outgoing.id,
        unasked=outgoing.unasked,
        again=outgoing.attempts > 0,
    )
