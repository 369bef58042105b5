"""Dramatiq's broker over the ring: actors, messages and middleware are Dramatiq's; only the way to the worker is ours."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NoReturn

from dramatiq.broker import Broker, Consumer
from dramatiq.message import Message

from adapters.queue.ring import Parcel, Ring
from application.shared.ledger import Dispatch
from domain.shared.ids import JobId, TenantId

AsyncActor = Callable[..., Awaitable[str | None]]

QUEUE_PREFIX: Final = "tenant_"


class ForeignMessage(Exception):
    """A message without a company, or that says otherwise than its queue: nobody of ours wrote it."""


class RingBroker(Broker):
    """Declares actors; is fed by the relay and drained by our own worker, which takes from the ring itself."""

    def __init__(self, ring: Ring) -> None:
        super().__init__(middleware=[])
        self.ring = ring

    def declare_queue(self, queue_name: str) -> None:
        """A company's queue begins with its first message; there is nothing to declare."""

    def get_declared_queues(self) -> set[str]:
        return set()

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 30000) -> Consumer:
        del prefetch, timeout
        raise _ours(queue_name)

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> NoReturn:
        del delay
        raise _ours(message.queue_name)

    def actor_function(self, name: str) -> AsyncActor:
        """The coroutine function behind an actor. Raises dramatiq.errors.ActorNotFound."""
        function: AsyncActor = inspect.unwrap(self.get_actor(name).fn)
        return function

    async def hand_over(self, dispatches: list[Dispatch]) -> None:
        await self.ring.push(_parcel(dispatch) for dispatch in dispatches)


def queue_of(tenant: TenantId) -> str:
    return f"{QUEUE_PREFIX}{tenant}"


def tenant_of(queue: str) -> TenantId:
    """Raises ForeignMessage."""
    number = queue.removeprefix(QUEUE_PREFIX)
    if queue == number or not number.isdecimal():
        raise ForeignMessage
    return TenantId(int(number))


def read_dispatch(raw: bytes) -> Dispatch:
    """What a message of the ring hands over. Raises ForeignMessage for anything that is not one of ours."""
    try:
        message: Message[Any] = Message.decode(raw)
        options: Mapping[str, Any] = message.options
        return Dispatch(
            tenant=tenant_of(message.queue_name),
            job=JobId(int(options["job"])),
            fence=int(options["fence"]),
            actor=message.actor_name,
        )
    except ForeignMessage:
        raise
    except Exception as error:
        raise ForeignMessage from error


def _parcel(dispatch: Dispatch) -> Parcel:
    queue = queue_of(dispatch.tenant)
    message: Message[Any] = Message(
        queue_name=queue,
        actor_name=dispatch.actor,
        args=(),
        kwargs={},
        options={"job": dispatch.job, "fence": dispatch.fence},
    )
    return Parcel(dispatch.pool, queue, message.message_id, message.encode())


def _ours(queue: str) -> TypeError:
    return TypeError(f"{queue}: jobs are added in PostgreSQL and taken from the ring")
