"""What a language model charges, as data: a wrong figure is mended here, or per company, without touching code.

Source: ai.google.dev/gemini-api/docs/pricing, paid tier, standard, text, prompts up to 200k tokens, as transcribed on
2026-10-07. Output includes thinking. The 3.6 to 3.8 Flash models are at half price until the end of 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens, from a day on."""

    input: float
    output: float
    since: date = date.min


PROMOTED: Final = (Price(0.75, 3.75), Price(1.50, 7.50, since=date(2027, 1, 1)))

PRICES: Final[Mapping[str, tuple[Price, ...]]] = {
    "gemini-3.8-flash": PROMOTED,
    "gemini-3.7-flash": PROMOTED,
    "gemini-3.6-flash": PROMOTED,
    "gemini-3.5-flash": (Price(1.50, 9.00),),
    "gemini-3.5-flash-lite": (Price(0.30, 2.50),),
    "gemini-3.1-flash-lite": (Price(0.25, 1.50),),
    "gemini-3-flash-preview": (Price(0.50, 3.00),),
    "gemini-3.1-pro-preview": (Price(2.00, 12.00),),
    "gemini-2.5-flash": (Price(0.30, 2.50),),
    "gemini-2.5-flash-lite": (Price(0.10, 0.40),),
}


@dataclass(frozen=True, slots=True)
class PriceList:
    """`own` prices, of a company with its own contract, come before the public ones."""

    own: Mapping[str, tuple[Price, ...]] = field(default_factory=dict)

    def cost_micros(self, model: str, *, input_tokens: int, output_tokens: int, on: date) -> int:
        """Millionths of a US dollar, rounded up. An unknown model costs what the dearest one does: never too little."""
        price = self._price(model.removeprefix("models/"), on)
        micros = input_tokens * round(price.input * 1_000_000) + output_tokens * round(price.output * 1_000_000)
        return -(-micros // 1_000_000)

    def _price(self, model: str, on: date) -> Price:
        listed = self.own.get(model) or PRICES.get(model)
        if listed:
            return _in_force(listed, on)
        every = [_in_force(prices, on) for prices in (*PRICES.values(), *self.own.values())]
        return Price(max(price.input for price in every), max(price.output for price in every))


def _in_force(prices: tuple[Price, ...], on: date) -> Price:
    return max((price for price in prices if price.since <= on), key=lambda price: price.since, default=prices[0])
