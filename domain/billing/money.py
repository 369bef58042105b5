"""Costs far below a cent, added without ever rounding, and shown in cents only at the end.

A *speck* is a ten-billionth of a real: exactly what a millionth of a US dollar makes at a rate of four decimals. So a
call's cost is a whole number of specks, and so is the sum of a million calls.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from domain.shared.errors import Invalid

SPECKS_PER_CENT: Final = 10**8
RATE_UNIT: Final = 10_000
"""Rates are whole ten-thousandths: 5.4321 BRL per USD is 54321."""


def specks(cost_micros: int, rate: int) -> int:
    """What millionths of a dollar cost in reais, exactly; `rate` in ten-thousandths of a real per dollar."""
    return cost_micros * rate


def rate_of(text: str) -> int:
    """ "5.4321" as a whole number of ten-thousandths. Raises Invalid."""
    whole, _, decimals = text.strip().partition(".")
    if not (f"{whole}{decimals}".isdecimal() and f"{whole}{decimals}".isascii() and whole and len(decimals) <= 4):
        raise Invalid("reais per dollar, such as 5.4321")
    rate = int(whole) * RATE_UNIT + int(decimals.ljust(4, "0"))
    if not 0 < rate < 1000 * RATE_UNIT:
        raise Invalid("reais per dollar, such as 5.4321")
    return rate


def whole_cents(amount: int) -> int:
    """Specks in cents, rounded to the nearest; half a cent goes up."""
    return (2 * amount + SPECKS_PER_CENT) // (2 * SPECKS_PER_CENT)


def in_reais(amount: int) -> Decimal:
    """Specks as reais, every decimal kept."""
    return Decimal(amount).scaleb(-10)
