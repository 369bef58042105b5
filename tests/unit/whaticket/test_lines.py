"""A line shuts for the connection that keeps failing, and for no other; answers that are no failures leave it open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from adapters.telemetry import metrics
from adapters.whaticket.lines import Line, Lines
from application.delivery.ports import (
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from domain.delivery.breaker import Breaker
from domain.shared.ids import ConnectionId, TenantId

CLINIC, SALON = TenantId(1), TenantId(2)
RECEPTION, BACK_OFFICE = ConnectionId("reception"), ConnectionId("back-office")


@dataclass
class Watch:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def lines(watch: Watch, *, at_once: int = 8, patience: float = 5) -> Lines:
    return Lines(
        now=watch,
        new_line=lambda: Line(Breaker(failures_to_open=3, open_seconds=30), asyncio.Semaphore(at_once)),
        patience=patience,
    )


async def use(known: Lines, error: Exception | None = None, *, of: TenantId = CLINIC) -> None:
    async with known.through(of, RECEPTION):
        if error is not None:
            raise error


async def fail(known: Lines, times: int, make: Callable[[str], Exception] = ChannelUnavailable) -> None:
    for _ in range(times):
        with pytest.raises(type(make(""))):
            await use(known, make("no"))


def opened() -> float:
    return metrics.REGISTRY.get_sample_value("secretaria_breaker_opened_total", {"service": "whaticket"}) or 0.0


@pytest.mark.parametrize("make", [ChannelUnavailable, ChannelUnknown])
async def test_failures_in_a_row_shut_the_line_and_say_for_how_long(make: Callable[[str], Exception]) -> None:
    watch, before = Watch(), opened()
    known = lines(watch)
    await fail(known, 3, make)

    watch.now += 10
    with pytest.raises(ChannelUnavailable, match="breaker") as caught:
        await use(known)

    assert caught.value.retry_after == 20
    assert opened() == before + 1


@pytest.mark.parametrize("make", [ChannelRefused, ChannelMisconfigured])
async def test_refusals_never_shut_it(make: Callable[[str], Exception]) -> None:
    known = lines(Watch())

    await fail(known, 2)
    await fail(known, 10, make)
    await fail(known, 2)

    await use(known)


async def test_another_company_or_connection_is_not_touched() -> None:
    known = lines(Watch())
    await fail(known, 3)

    await use(known, of=SALON)
    async with known.through(CLINIC, BACK_OFFICE):
        pass


async def test_after_its_time_one_call_goes_through_and_decides() -> None:
    watch = Watch()
    known = lines(watch)
    await fail(known, 3)

    watch.now += 30
    await fail(known, 1)
    with pytest.raises(ChannelUnavailable, match="breaker"):
        await use(known)

    watch.now += 30
    await use(known)
    await use(known)


async def test_a_full_line_makes_others_wait_and_then_turns_them_away() -> None:
    known = lines(Watch(), at_once=1, patience=0.05)
    leave = asyncio.Event()
    inside = asyncio.Event()

    async def long_call() -> None:
        async with known.through(CLINIC, RECEPTION):
            inside.set()
            await leave.wait()

    calling = asyncio.create_task(long_call())
    await inside.wait()
    with pytest.raises(ChannelUnavailable, match="waiting"):
        await use(known)
    await use(known, of=SALON)

    leave.set()
    await calling
    await use(known)


async def test_a_call_that_was_cancelled_gives_its_room_back() -> None:
    known = lines(Watch(), at_once=1, patience=0.05)

    for _ in range(3):
        with pytest.raises(asyncio.CancelledError):
            await use(known, asyncio.CancelledError())

    await use(known)
