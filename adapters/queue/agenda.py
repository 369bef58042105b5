"""What the agenda leaves to jobs: telling a calendar what it could not be told at once."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.agenda.keep import SETTLE
from application.agenda.settle_appointment import SettleAppointment
from application.shared.ports import Claim
from domain.shared.ids import AppointmentId


def register(broker: RingBroker, settle_appointment: SettleAppointment) -> None:
    @actor(broker=broker, actor_name=SETTLE)
    async def settle(claim: Claim, appointment: int) -> str:
        return await settle_appointment(claim, AppointmentId(appointment))
