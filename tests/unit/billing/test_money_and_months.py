"""Months keep their day, parts of a price add up to it, and costs are never rounded on the way."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.billing.cycle import Cycle, months_after
from domain.billing.money import SPECKS_PER_CENT, in_reais, rate_of, specks, whole_cents
from domain.billing.proration import part, rest, used_until
from domain.shared.errors import Invalid

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ZONES = st.sampled_from([SAO_PAULO, ZoneInfo("America/Noronha"), ZoneInfo("Europe/Lisbon"), ZoneInfo("UTC")])
DAYS = st.dates(date(2016, 1, 1), date(2040, 12, 31))
PRICES = st.integers(0, 1_000_000)


def cycles() -> st.SearchStrategy[Cycle]:
    return st.builds(Cycle.numbered, DAYS, st.integers(0, 30), ZONES)


def moments(cycle: Cycle) -> st.SearchStrategy[datetime]:
    whole = int((cycle.ends - cycle.begins).total_seconds())
    return st.integers(-3600, whole + 3600).map(lambda seconds: cycle.begins + timedelta(seconds=seconds))


def test_a_month_that_began_on_the_last_day_keeps_to_the_last_days():
    days = [months_after(date(2026, 1, 31), index) for index in range(5)]

    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]


@given(DAYS, st.integers(0, 200))
def test_every_month_begins_on_the_anchors_day_or_on_its_last(anchor: date, index: int):
    found = months_after(anchor, index)

    assert (found.year - anchor.year) * 12 + found.month - anchor.month == index
    assert found.day == min(anchor.day, calendar.monthrange(found.year, found.month)[1])


@given(DAYS, st.integers(0, 60), ZONES)
def test_months_follow_each_other_without_gap_or_overlap(anchor: date, index: int, zone: ZoneInfo):
    this, following = Cycle.numbered(anchor, index, zone), Cycle.numbered(anchor, index + 1, zone)

    assert this.ends == following.begins
    assert this.begins < this.ends
    assert (following.first - this.last).days == 1


def test_a_cycle_begins_at_midnight_where_the_company_lives():
    cycle = Cycle(date(2026, 11, 21), date(2026, 12, 21), SAO_PAULO)

    assert cycle.begins == datetime(2026, 11, 21, 3, tzinfo=UTC)


@given(st.data(), cycles(), PRICES)
def test_parts_of_a_month_add_up_to_its_price_however_it_is_cut(data: st.DataObject, cycle: Cycle, price: int):
    cuts = sorted(data.draw(st.lists(moments(cycle), max_size=8)))
    edges = [cycle.begins, *cuts, cycle.ends]
    edges = sorted(min(max(edge, cycle.begins), cycle.ends) for edge in edges)

    parts = [part(price, cycle, a, b) for a, b in pairwise(edges)]

    assert sum(parts) == price
    assert all(one >= 0 for one in parts)


@given(st.data(), cycles(), PRICES)
def test_a_part_is_never_a_cent_away_from_the_exact_one(data: st.DataObject, cycle: Cycle, price: int):
    moment = data.draw(moments(cycle))
    inside = min(max(moment, cycle.begins), cycle.ends)

    exact = (
        Fraction(price)
        * Fraction((inside - cycle.begins) // timedelta(microseconds=1))
        / Fraction((cycle.ends - cycle.begins) // timedelta(microseconds=1))
    )

    assert 0 <= exact - used_until(price, cycle, moment) < 1
    assert used_until(price, cycle, moment) + rest(price, cycle, moment) == price


@given(st.lists(st.integers(0, 10**7), max_size=50), st.integers(1, 999_9999))
def test_a_thousand_calls_cost_exactly_what_they_cost_together(micros: list[int], rate: int):
    together = sum(specks(one, rate) for one in micros)

    assert together == specks(sum(micros), rate)
    assert Fraction(in_reais(together)) == Fraction(sum(micros), 10**6) * Fraction(rate, 10**4)


def test_half_a_cent_goes_up_and_less_goes_down():
    assert whole_cents(SPECKS_PER_CENT // 2) == 1
    assert whole_cents(SPECKS_PER_CENT // 2 - 1) == 0


@pytest.mark.parametrize(("text", "rate"), [("5", 50_000), ("5.4", 54_000), ("5.4321", 54_321), (" 0.0001", 1)])
def test_a_rate_has_four_decimals(text: str, rate: int):
    assert rate_of(text) == rate


@pytest.mark.parametrize("text", ["", "5,40", "-5", "0", "1e3", "5.43211", "٥", "1000", "nan", "."])
def test_what_is_no_rate_is_refused(text: str):
    with pytest.raises(Invalid):
        rate_of(text)
