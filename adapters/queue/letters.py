"""Letters about appointments, written by jobs: a mail server may be away for a while."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.reminders.letters.send_letters import LETTERS, SendLetters
from application.shared.ports import Claim
from domain.shared.ids import AppointmentId


def register(broker: RingBroker, send_letters: SendLetters) -> None:
    @actor(broker=broker, actor_name=LETTERS)
    async def send(claim: Claim, appointment: int) -> str:
        return await send_letters(claim, AppointmentId(appointment))
