"""What a board sees of sending: every call timed, and each outcome under the name the boards have always used."""

from __future__ import annotations

import httpx2
import pytest

from adapters.telemetry import metrics
from application.delivery.ports import ChannelMisconfigured, ChannelRefused, ChannelUnavailable, ChannelUnknown
from tests.integration.whaticket.scripted import Reply, scripted
from tests.integration.whaticket.whaticket_parts import a_channel, a_connection, a_letter

COUNTED = {
    "success": "secretaria_whaticket_send_success_total",
    "errors": "secretaria_whaticket_errors_total",
    "retry": "secretaria_whaticket_send_retry_total",
    "unknown": "secretaria_deliveries_unknown_total",
    "calls": "secretaria_whaticket_latency_seconds_count",
}


def counted() -> dict[str, float]:
    return {short: metrics.REGISTRY.get_sample_value(name) or 0.0 for short, name in COUNTED.items()}


async def grown(http: httpx2.AsyncClient, reply: Reply, error: type[Exception] | None) -> dict[str, float]:
    before = counted()
    async with scripted(reply) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url))
        if error is None:
            await channel.send(a_letter())
        else:
            with pytest.raises(error):
                await channel.send(a_letter())
    return {short: value - before[short] for short, value in counted().items() if value != before[short]}


@pytest.mark.parametrize(
    ("reply", "error", "expected"),
    [
        (Reply(200), None, {"success": 1, "calls": 1}),
        (Reply(503), ChannelUnavailable, {"errors": 1, "retry": 1, "calls": 1}),
        (Reply(413), ChannelRefused, {"errors": 1, "calls": 1}),
        (Reply(401), ChannelMisconfigured, {"errors": 1, "calls": 1}),
        (Reply(200, b"?"), ChannelUnknown, {"errors": 1, "unknown": 1, "calls": 1}),
    ],
)
async def test_each_outcome_moves_its_own_figures(
    http: httpx2.AsyncClient, reply: Reply, error: type[Exception] | None, expected: dict[str, float]
) -> None:
    assert await grown(http, reply, error) == expected
