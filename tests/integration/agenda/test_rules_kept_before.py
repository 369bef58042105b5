"""Rules that may not be set any more still hold where they were set before, until somebody mends them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.agenda.rules import Rules
from domain.shared.errors import Invalid
from tests.builders.agenda import Practice
from tests.builders.unasked import Days


async def test_a_lead_as_long_as_the_agenda_is_open_can_be_read_and_mended_and_not_set_again(practice: Practice):
    days, set_up = Days.of(practice), practice.agenda.set_up
    await days._sql("update agenda_rules set lead_minutes = 1440, ahead_days = 1")

    assert (await set_up.rules(practice.tenant)).lead == timedelta(days=1)
    with pytest.raises(Invalid):
        await set_up.set_rules(practice.tenant, Rules(lead=timedelta(days=1), ahead=timedelta(days=1)), "user:x")
    await set_up.set_rules(practice.tenant, Rules(lead=timedelta(days=1)), "user:x")

    assert (await set_up.rules(practice.tenant)).ahead == timedelta(days=60)
