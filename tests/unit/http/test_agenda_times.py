"""A chosen or typed hour as a moment: always of the day that the form shows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.panel.agenda_times import read_time
from domain.shared.errors import Invalid

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
TUESDAY = "2026-11-24"
TEN_AT_NIGHT = "2026-11-25T01:00:00+00:00"
"""Already Wednesday in UTC."""


def test_an_offered_time_is_read_by_the_companys_own_day():
    assert read_time(TUESDAY, TEN_AT_NIGHT, SAO_PAULO) == datetime(2026, 11, 25, 1, tzinfo=UTC)


@pytest.mark.parametrize("day", ["2026-11-25", "2026-11-23", "amanhã", ""])
def test_a_time_offered_for_another_day_than_the_form_shows_is_refused(day: str):
    with pytest.raises(Invalid):
        read_time(day, TEN_AT_NIGHT, SAO_PAULO)


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(0, 1439), st.integers(-2, 2))
def test_whatever_is_read_is_of_that_day(day: date, minute: int, off: int):
    at = datetime.combine(day, datetime.min.time(), SAO_PAULO) + timedelta(minutes=minute)
    shown = (day + timedelta(days=off)).isoformat()
    if off:
        with pytest.raises(Invalid):
            read_time(shown, at.isoformat(), SAO_PAULO)
    else:
        assert read_time(shown, at.isoformat(), SAO_PAULO) == at
