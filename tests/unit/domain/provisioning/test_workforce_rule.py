"""How many workers a pool gets: bounded, unhurried, rising under load, falling in calm, still in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.provisioning.workforce import Crew, Load, Policy, next_crew

POLICY = Policy(least=1, most=5, late=2.0, calm=0.5, calm_for=60.0, pause=10.0, in_hand=100)
LATE, CALM, BETWEEN = Load(50, 50, oldest=3.0), Load(), Load(10, 10, oldest=1.0)

loads = st.builds(
    Load,
    waiting=st.integers(0, 10_000),
    running=st.integers(0, 600),
    oldest=st.sampled_from([0.0, 0.4, 0.6, 1.9, 2.1, 99.0]),
)
steps = st.lists(st.tuples(st.floats(0.1, 40.0), loads), min_size=1, max_size=80)
policies = st.builds(
    lambda least, more, pause, rest: replace(POLICY, least=least, most=least + more, pause=pause, calm_for=rest),
    st.integers(0, 4), st.integers(0, 6), st.floats(0.0, 30.0), st.floats(1.0, 120.0),
)  # fmt: skip


def lived(load: Load, *, seconds: int, crew: Crew, policy: Policy = POLICY, since: int = 0) -> list[int]:
    """The sizes, second by second, under a load that does not change."""
    sizes = []
    for now in range(since, since + seconds):
        crew = next_crew(crew, load, policy, float(now))
        sizes.append(crew.size)
    return sizes


@given(policies, st.integers(0, 20), steps)
def test_the_size_stays_within_its_bounds_and_changes_by_one_and_not_too_often(policy, begun, course):
    crew, now = Crew(begun, 0.0), 0.0
    changes: list[float] = []
    for passed, load in course:
        now += passed
        after = next_crew(crew, load, policy, now)

        assert policy.least <= after.size <= policy.most
        inside = policy.least <= crew.size <= policy.most
        if inside:
            assert abs(after.size - crew.size) <= 1
        if after.size != crew.size:
            if changes and inside:
                assert now - changes[-1] >= policy.pause
            changes.append(now)
        crew = after


@given(policies, steps)
def test_it_grows_only_while_jobs_wait_and_shrinks_only_after_so_long_a_calm(policy, course):
    crew, now, calm_began = Crew(policy.least, 0.0), 0.0, None
    for passed, load in course:
        now += passed
        calm_began = None if load.oldest > policy.calm else now if calm_began is None else calm_began
        before, crew = crew, next_crew(crew, load, policy, now)

        if crew.size > before.size:
            assert load.oldest > policy.late
        if crew.size < before.size:
            assert calm_began is not None
            assert now - calm_began >= policy.calm_for
            assert load.running <= policy.in_hand * crew.size
            calm_began = now  # the next one goes after a calm of its own


def test_a_load_that_does_not_go_away_brings_everybody_and_a_long_calm_sends_all_but_the_least_home():
    rising = lived(LATE, seconds=60, crew=Crew(1, -100.0))
    assert rising[0] == 2
    assert [rising.index(size) for size in (2, 3, 4, 5)] == [0, 10, 20, 30]

    falling = lived(CALM, seconds=400, crew=Crew(5, 0.0), since=1)
    assert sorted(falling, reverse=True) == falling
    assert falling[-1] == 1
    assert falling.index(4) == 60


def test_between_the_two_marks_nothing_changes():
    assert set(lived(BETWEEN, seconds=600, crew=Crew(3, -100.0))) == {3}


def test_a_load_that_comes_and_goes_every_few_seconds_makes_no_to_and_fro():
    crew, sizes = Crew(1, -100.0), []
    for now in range(600):
        crew = next_crew(crew, LATE if now % 20 < 10 else CALM, POLICY, float(now))
        sizes.append(crew.size)

    assert sizes == sorted(sizes)


def test_nobody_goes_while_the_others_could_not_hold_what_is_in_hand():
    busy = Load(running=150, oldest=0.0)

    assert set(lived(busy, seconds=600, crew=Crew(2, 0.0))) == {2}
    assert lived(replace(busy, running=100), seconds=600, crew=Crew(2, 0.0))[-1] == 1


def test_a_pool_may_rest_with_nobody_and_wakes_for_the_first_that_waits():
    nobody = replace(POLICY, least=0)

    assert lived(CALM, seconds=100, crew=Crew(1, -100.0), policy=nobody)[-1] == 0
    assert next_crew(Crew(0, -100.0), LATE, nobody, 0.0).size == 1


@pytest.mark.parametrize("wrong", [{"least": 3, "most": 2}, {"least": -1}, {"late": 0.5, "calm": 0.5}])
def test_a_policy_that_contradicts_itself_is_none(wrong):
    with pytest.raises(ValueError, match="least"):
        replace(POLICY, **wrong)
