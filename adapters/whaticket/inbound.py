"""A webhook's bytes in, our words out: the first family that recognises its own shape reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from adapters.whaticket import baileys, envelope_b, flow_node, simple, whapiv4, whazing, wire, wwebjs
from adapters.whaticket.wire import Node, UnreadableWebhook
from domain.conversations.inbound import Inbound

__all__ = ["UnreadableWebhook", "read"]

# Order matters where one shape holds another's marks: the signed node may carry anything at its top.
FAMILIES: Final[tuple[tuple[Callable[[Node], bool], Callable[[Node], Inbound]], ...]] = (
    (flow_node.fits, flow_node.read),
    (baileys.fits, baileys.read),
    (baileys.fits_wrapped, baileys.read_wrapped),
    (whapiv4.fits, whapiv4.read),
    (envelope_b.fits, envelope_b.read),
    (wwebjs.fits_izing, wwebjs.read_izing),
    (wwebjs.fits_press_ticket, wwebjs.read_press_ticket),
    (whazing.fits, whazing.read),
)


def read(body: bytes) -> Inbound:
    """Raises UnreadableWebhook, and nothing else whatever the bytes."""
    payload = wire.decode(body)
    for fits, read_family in FAMILIES:
        if fits(payload):
            return read_family(payload)
    return simple.read(payload)
