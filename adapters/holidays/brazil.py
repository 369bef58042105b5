"""The nation's and the states' holidays; a town's own are entered by the company as days off that come every year.

The library, half a second and 20 MB for all the countries of the world, is loaded with the first question: the API has to be
back within seconds after a crash.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

MODULE: Final = "holidays.countries.brazil"


class BrazilianHolidays:
    def __init__(self) -> None:
        self._country: Any = None

    async def between(self, first: date, last: date, *, state: str | None, optional: bool) -> Mapping[date, str]:
        if self._country is None:
            self._country = (await asyncio.to_thread(importlib.import_module, MODULE)).Brazil
        found: dict[date, str] = {}
        for year in range(first.year, last.year + 1):
            found |= _of_year(self._country, year, state, optional)
        return {day: name for day, name in found.items() if first <= day <= last}


@cache  # some 28 states, two kinds, and the years that an agenda is booked ahead
def _of_year(country: Any, year: int, state: str | None, optional: bool) -> dict[date, str]:  # noqa: ANN401
    categories = ("public", "optional") if optional else ("public",)
    return dict(country(subdiv=state, years=[year], language="pt_BR", categories=categories))
