"""Whatever fails while a company opens or closes, giving the command again ends in one company, or in none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.provisioning.close_company import CloseCompany, JobsStillRun
from application.provisioning.connect_line import LineOrder
from application.provisioning.order import CompanyOrder, Paper
from application.provisioning.runs import Asking
from domain.companies.company import CompanyBusy, CompanyNotFound, NameTaken, State
from domain.provisioning.checklist import Run
from domain.shared.errors import Invalid
from domain.shared.ids import TenantId
from tests.builders.opening import Lots, Opening
from tests.fakes.provisioning import FakeCompanies, FakeLines, FakePlaces, FakeQueues, FakeRuns

LINE = LineOrder("https://whaticket.example.com", api_token="a-token")
ORDER = CompanyOrder("Clínica Sorriso", LINE)


class PowerCutError(Exception):
    """The process died, or something it needs did."""


@dataclass
class Failing:
    """Stands before a port; the call numbered `at` fails, before it does its work or after."""

    port: object
    calls: Iterator[int]
    at: int
    after: bool

    def __getattr__(self, name: str) -> object:
        real = getattr(self.port, name)
        if name == "alone":
            return real

        async def call(*args: object, **kwargs: object) -> object:
            fails = next(self.calls) == self.at
            if fails and not self.after:
                raise PowerCutError
            result = await real(*args, **kwargs)
            if fails:
                raise PowerCutError
            return result

        return call


@dataclass
class World:
    companies: FakeCompanies = field(default_factory=FakeCompanies)
    places: FakePlaces = field(default_factory=FakePlaces)
    lines: FakeLines = field(default_factory=FakeLines)
    queues: FakeQueues = field(default_factory=FakeQueues)
    runs: FakeRuns = field(default_factory=FakeRuns)
    lots: Lots = field(default_factory=Lots)

    def opening(self, at: int = -1, *, after: bool = False) -> Opening:
        companies, places, lines, queues = self._ports(at, after=after)
        return Opening(companies, places, lines, queues, self.runs, self.lots)

    def closing(self, at: int = -1, *, after: bool = False) -> CloseCompany:
        companies, places, _, queues = self._ports(at, after=after)
        return CloseCompany(companies, places, queues)

    def _ports(self, at: int, *, after: bool) -> list:
        calls = count()
        ports = (self.companies, self.places, self.lines, self.queues)
        return [Failing(port, calls, at, after) for port in ports]


class LateLook(FakeRuns):
    """Sees the key's run only at the second look: the same request came in between."""

    looks = 0

    async def of_key(self, key: str) -> Run | None:
        self.looks += 1
        return None if self.looks == 1 else await super().of_key(key)


async def stops(attempt: Callable[[], Awaitable[object]]) -> bool:
    try:
        await attempt()
    except PowerCutError:
        return True
    return False


@given(st.lists(st.tuples(st.integers(0, 14), st.booleans()), max_size=6))
async def test_however_often_opening_fails_one_company_comes_of_it(failures: list[tuple[int, bool]]):
    world = World()
    for at, after in failures:
        if not await stops(lambda at=at, after=after: world.opening(at, after=after)(ORDER)):
            break
        if any(company.state is State.ACTIVE for company in world.companies.kept.values()):
            break
    else:
        await world.opening()(ORDER)

    [company] = world.companies.kept.values()
    [line] = world.lines.kept.values()
    assert company.state is State.ACTIVE
    assert line.tenant == company.id
    assert set(world.places.made) == {company.id}


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), max_size=6))
async def test_however_often_closing_fails_nothing_stays(failures: list[tuple[int, bool]]):
    world = World()
    company = (await world.opening()(ORDER)).company
    world.queues.forgotten.clear()

    for at, after in failures:
        await stops(lambda at=at, after=after: world.closing(at, after=after)(company.id))
    await world.closing()(company.id)

    assert world.companies.kept[company.id].state is State.CLOSED
    assert not world.places.made
    assert company.id in world.queues.forgotten


async def test_the_secrets_printed_are_those_that_are_kept_after_an_opening_that_failed_late():
    world = World()
    assert await stops(lambda: world.opening(6)(ORDER))

    opened = await world.opening()(ORDER)

    assert world.lines.kept[opened.connection.id] == opened.connection


async def test_a_second_company_of_the_same_name_is_refused():
    world = World()
    await world.opening()(ORDER)

    with pytest.raises(NameTaken):
        await world.opening()(CompanyOrder("CLINICA  sorriso", LINE))

    assert len(world.companies.kept) == 1


async def test_a_name_is_free_again_once_its_company_is_closed():
    world = World()
    first = await world.opening()(ORDER)
    await world.closing()(first.company.id)

    second = await world.opening()(ORDER)

    assert second.company.id != first.company.id


async def test_a_half_closed_company_is_not_opened_over():
    world = World()
    company = (await world.opening()(ORDER)).company
    assert await stops(lambda: world.closing(4)(company.id))

    with pytest.raises(NameTaken, match="half closed"):
        await world.opening()(ORDER)


@pytest.mark.parametrize("open_already", [True, False])
async def test_a_request_that_overtakes_itself_gets_the_opening_that_it_began(open_already: bool):
    late = LateLook()
    world, asking = World(runs=late), Asking("os:test", "key-1")
    first = await world.runs.add(Paper(ORDER, world.lots()), asking)
    assert first is not None
    if open_already:
        await world.opening().use_case.carry_on(first.id)
        late.looks = 0

    assert await world.opening().use_case.begin(ORDER, asking) == first.id


async def test_two_people_do_not_open_one_company_at_once():
    world = World()
    async with world.companies.alone("clinica-sorriso"):
        with pytest.raises(CompanyBusy):
            await world.opening()(ORDER)


async def test_closing_waits_for_running_jobs_unless_forced():
    world = World()
    company = (await world.opening()(ORDER)).company
    world.places.running = 2

    with pytest.raises(JobsStillRun, match="2 jobs"):
        await world.closing()(company.id)
    assert world.companies.kept[company.id].state is State.ACTIVE
    closed = await world.closing()(company.id, force=True)

    assert closed.state is State.CLOSED


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"time_zone": "Lua/Cratera"}, {"time_zone": "../etc"}, {"business_facts": "\0"}]
)
def test_an_order_that_cannot_work_is_refused_before_anything_is_made(wrong: dict):
    with pytest.raises(Invalid):
        CompanyOrder(**{"name": "Clínica", "line": LINE} | wrong)


async def test_an_unknown_company_is_not_closed():
    with pytest.raises(CompanyNotFound):
        await World().closing()(TenantId(1))
