"""What is assumed of somebody about whom nobody said whether they came."""

from __future__ import annotations

import pytest

from domain.agenda.presence import Presence
from domain.no_show.attendance_check import Evidence, assumed_kept


@pytest.mark.parametrize(
    ("confirmed", "unanswered", "declined", "kept"),
    [
        (True, True, False, True),
        (True, False, False, True),
        (False, True, False, False),
        (False, False, False, True),
        (False, True, True, False),
        (False, False, True, False),
        (True, True, True, False),
    ],
)
def test_the_word_of_the_person_counts_and_silence_counts_only_where_they_were_asked(
    confirmed: bool, unanswered: bool, declined: bool, kept: bool
):
    assert assumed_kept(Evidence(confirmed, unanswered, declined)) is kept


def test_of_nobody_there_is_no_rate():
    assert Presence(0, 0).rate is None


def test_three_of_four_came():
    assert Presence(3, 1).rate == 0.75
