"""What the register of openings promises: our fake, and PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from adapters.postgres.migrations import migrate
from adapters.postgres.pool import build_pool
from adapters.postgres.runs import PostgresRuns
from adapters.security.envelope import Envelopes
from adapters.security.lots import draw_lot
from adapters.security.master_keys import GivenMasterKeys
from application.provisioning.order import CompanyOrder, Paper
from application.provisioning.runs import Asking, PaperBurnt, Runs
from domain.provisioning.checklist import Run, RunNotFound, RunState, StepState
from tests.fakes.provisioning import FakeRuns

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOMEBODY, KEYED = Asking("os:ana"), Asking("os:ana", "the-same-request")


@pytest.fixture
async def runs(url: str | None) -> AsyncIterator[Runs]:
    if url is None:
        yield FakeRuns()
        return
    await migrate(url)
    pool = await build_pool(url, size=2, name="tests")
    yield PostgresRuns(pool, Envelopes(GivenMasterKeys([os.urandom(32)])))
    await pool.close()


def a_paper(name: str = "Clínica Sorriso") -> Paper:
    return Paper(CompanyOrder(name, business_facts="Abre às 8h"), draw_lot())


async def begun(runs: Runs, asking: Asking = SOMEBODY, name: str = "Clínica Sorriso") -> Run:
    run = await runs.add(a_paper(name), asking)
    assert run is not None
    return run


async def undone(runs: Runs, run: Run) -> None:
    run.begin_undoing()
    run.end_undoing()
    await runs.save(run)


async def test_an_opening_begins_with_every_step_waiting(runs: Runs):
    run = await begun(runs)

    assert (run.name, run.asked_by, run.state, run.keyed) == ("Clínica Sorriso", "os:ana", RunState.RUNNING, False)
    assert {item.state for item in run.items} == {StepState.WAITING}
    assert await runs.get(run.id) == run


async def test_what_came_of_each_step_is_kept(runs: Runs):
    run = await begun(runs)
    first, second, *_ = run.items
    first.begin(NOW)
    first.finish(NOW, "not asked for")
    second.begin(NOW)
    second.fail(NOW, "postgres away")
    run.fail()

    await runs.save(run)

    assert await runs.get(run.id) == run


async def test_an_opening_nobody_began_is_not_found(runs: Runs):
    with pytest.raises(RunNotFound):
        await runs.get(4711)


async def test_one_name_has_one_unfinished_opening_at_a_time(runs: Runs):
    run = await begun(runs)

    assert await runs.add(a_paper(), SOMEBODY) is None
    assert await runs.unfinished(run.slug) == run

    await undone(runs, run)
    assert await runs.unfinished(run.slug) is None
    assert (await begun(runs)).id != run.id


async def test_one_key_is_one_opening_whatever_the_name(runs: Runs):
    run = await begun(runs, KEYED)

    assert run.keyed
    assert await runs.add(a_paper("Outra"), KEYED) is None
    assert await runs.of_key("the-same-request") == run
    assert await runs.of_key("another") is None


async def test_the_paper_comes_back_as_it_was_written_last(runs: Runs):
    run, other = await begun(runs), a_paper()

    await runs.write(run, other)

    assert await runs.paper(run) == other


async def test_a_burnt_paper_is_gone_unless_its_key_lives(runs: Runs):
    plain, keyed = await begun(runs), await begun(runs, KEYED, "Outra")

    await runs.burn(plain)
    await runs.burn(keyed)

    with pytest.raises(PaperBurnt):
        await runs.paper(plain)
    assert (await runs.paper(keyed)).order.name == "Outra"


async def test_what_outlived_its_day_is_forgotten_without_anybody_asking(database: str):
    await migrate(database)
    pool = await build_pool(database, size=2, name="tests")
    runs = PostgresRuns(pool, Envelopes(GivenMasterKeys([os.urandom(32)])))
    old, new = await begun(runs, KEYED), await begun(runs, Asking("os:ana", "another-request"), "Outra")
    await undone(runs, old)
    assert await runs.forget() == 0
    await pool.execute("update public.provisionings set paper_until = now() where id = $1", old.id)

    assert await runs.forget() == 1

    assert await runs.of_key("the-same-request") is None
    with pytest.raises(PaperBurnt):
        await runs.paper(old)
    assert (await runs.paper(new)).order.name == "Outra"
    assert await runs.forget() == 0
    await pool.close()


async def test_the_latest_come_first(runs: Runs):
    names = ["Uma", "Duas", "Três"]
    for name in names:
        await begun(runs, name=name)

    assert [run.name for run in await runs.lately(2)] == ["Três", "Duas"]
