"""The days on which Brazil rests, as the library knows them and the agenda asks for them."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.holidays.brazil import BrazilianHolidays

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
NATIONAL = {
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 4, 21),
    date(2027, 5, 1),
    date(2027, 9, 7),
    date(2027, 10, 12),
    date(2027, 11, 2),
    date(2027, 11, 15),
    date(2027, 11, 20),
    date(2027, 12, 25),
}
CARNIVAL, CORPUS_CHRISTI = date(2027, 2, 9), date(2027, 5, 27)


async def test_the_nations_ten_days_are_kept_everywhere():
    found = await BrazilianHolidays().between(*YEAR, state=None, optional=False)

    assert set(found) == NATIONAL
    assert found[date(2027, 9, 7)] == "Independência do Brasil"


@pytest.mark.parametrize(
    ("state", "day"), [("SP", date(2027, 7, 9)), ("BA", date(2027, 7, 2)), ("RS", date(2027, 9, 20))]
)
async def test_a_state_keeps_its_own_day_too(state: str, day: date):
    found = await BrazilianHolidays().between(*YEAR, state=state, optional=False)

    assert set(found) >= NATIONAL | {day}


async def test_carnival_is_kept_by_whoever_says_so():
    holidays = BrazilianHolidays()

    assert not {CARNIVAL, CORPUS_CHRISTI} & set(await holidays.between(*YEAR, state=None, optional=False))
    assert {CARNIVAL, CORPUS_CHRISTI} <= set(await holidays.between(*YEAR, state=None, optional=True))


async def test_only_the_days_that_were_asked_for_are_told_also_over_new_year():
    found = await BrazilianHolidays().between(date(2027, 12, 25), date(2028, 1, 1), state=None, optional=False)

    assert list(found) == [date(2027, 12, 25), date(2028, 1, 1)]
