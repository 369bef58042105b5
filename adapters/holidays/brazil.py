"""The nation's and the states' holidays; a town's own are entered by the company as days off that come every year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from holidays.constants import OPTIONAL, PUBLIC
from holidays.countries.brazil import Brazil


class BrazilianHolidays:
    def between(self, first: date, last: date, *, state: str | None, optional: bool) -> Mapping[date, str]:
        years = range(first.year, last.year + 1)
        found = (of_year(year, state, optional) for year in years)
        return {day: name for each in found for day, name in each.items() if first <= day <= last}


@lru_cache(maxsize=512)
def of_year(year: int, state: str | None, optional: bool) -> Mapping[date, str]:
    categories = (PUBLIC, OPTIONAL) if optional else (PUBLIC,)
    return MappingProxyType(dict(Brazil(subdiv=state, years=[year], language="pt_BR", categories=categories)))
