"""What is said unasked when its time has come: reminders, questions afterwards, a word to those who did not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.agenda.end_offer import OFFER
from application.agenda.late_answer import TELL_SETTLED, Outcome, Settled
from application.agenda.tell_client import TELL_CHANGE
from application.follow_ups.send_follow_up import SendFollowUp
from application.no_show.check_attendance import CheckAttendance
from application.no_show.reach_out import ReachOut
from application.reminders.jobs import CHECK, FOLLOW_UP, RECOVER, REMIND
from application.reminders.lapse_offer import LapseOffer
from application.reminders.offer_free import LAPSE, OfferFree
from application.reminders.send_reminder import SendReminder
from application.reminders.tell_change import TellChange
from application.reminders.tell_settled import TellSettled
from application.shared.ports import Claim
from domain.agenda.offers import OfferId
from domain.reminders.cadence import Kind
from domain.shared.ids import AppointmentId, WaitingId


@dataclass(frozen=True, slots=True)
class Unasked:
    remind: SendReminder
    check: CheckAttendance
    reach_out: ReachOut
    follow_up: SendFollowUp
    offer: OfferFree
    lapse: LapseOffer
    tell_settled: TellSettled
    tell_change: TellChange


def register(broker: RingBroker, unasked: Unasked) -> None:
    @actor(broker=broker, actor_name=REMIND)
    async def remind(claim: Claim, appointment: int, kind: str) -> str:
        return await unasked.remind(claim, AppointmentId(appointment), Kind(kind))

    @actor(broker=broker, actor_name=CHECK)
    async def check(claim: Claim, appointment: int) -> str:
        return await unasked.check(claim, AppointmentId(appointment))

    @actor(broker=broker, actor_name=RECOVER)
    async def reach_out(claim: Claim, appointment: int) -> str:
        return await unasked.reach_out(claim, AppointmentId(appointment))

    @actor(broker=broker, actor_name=FOLLOW_UP)
    async def follow_up(claim: Claim, appointment: int) -> str:
        return await unasked.follow_up(claim, AppointmentId(appointment))

    @actor(broker=broker, actor_name=OFFER)
    async def offer_free(claim: Claim, after: int = 0) -> str:
        return await unasked.offer(claim, WaitingId(after))

    @actor(broker=broker, actor_name=LAPSE)
    async def lapse_offer(claim: Claim, offer: int) -> str:
        return await unasked.lapse(claim, OfferId(offer))

    _register_news(broker, unasked)


def _register_news(broker: RingBroker, unasked: Unasked) -> None:
    @actor(broker=broker, actor_name=TELL_SETTLED)
    async def tell_settled(claim: Claim, appointment: int, version: int, outcome: str, wished: int) -> str:
        settled = Settled(version, Outcome(outcome), datetime.fromtimestamp(wished, UTC))
        return await unasked.tell_settled(claim, AppointmentId(appointment), settled)

    @actor(broker=broker, actor_name=TELL_CHANGE)
    async def tell_change(claim: Claim, appointment: int) -> str:
        return await unasked.tell_change(claim, AppointmentId(appointment))
