"""What the platform's people do to a company stands in its own log, and an opening's secrets are given once, to who asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from application.companies.export import ExportCompany
from application.provisioning.hand_over import HandOver, NotReady
from application.provisioning.move_to_pool import MoveToPool
from application.provisioning.order import CompanyOrder
from application.provisioning.runs import Asking, PaperBurnt
from application.provisioning.steer import NotLeaving, Steer
from domain.provisioning.checklist import RunNotFound
from domain.shared.ids import TenantId
from tests.builders.opening import Opening
from tests.fakes.audit import FakeAuditLog
from tests.fakes.provisioning import FakeCompanies, FakeLines, FakePlaces, FakeQueues, no_plan
from tests.unit.provisioning.test_rest import World

WHO = "user:operator"


class NoTables:
    async def rows(self, tenant: TenantId):
        yield "contacts", ""


class Shelf:
    def __init__(self) -> None:
        self.parts: list[str] = []

    def begin(self, part: str) -> None:
        self.parts.append(part)

    def close(self) -> Path:
        return Path("/".join(self.parts))


def steering(world: World, log: FakeAuditLog) -> Steer:
    move = MoveToPool(world.companies, FakeQueues(), no_plan)
    return Steer(world.companies, move, ExportCompany(NoTables(), Shelf), log)


async def test_each_deed_is_written_into_the_companys_own_log_with_what_it_changed():
    world, log = World(), FakeAuditLog()
    company, steer = await world.company(), steering(world, log)

    await steer.move(company.id, WHO, "vip")
    await world.rest.leave(company.id, days=3)
    assert await steer.export(company.id, WHO) == Path("contacts")

    deeds = log.deeds
    assert [deed.action for deed in deeds] == ["company.pool", "company.export"]
    assert {(deed.who, deed.company) for deed in deeds} == {(WHO, company.id)}
    assert deeds[0].after == {"pool": "vip"}


async def test_what_is_refused_is_not_written_and_only_of_a_leaving_company_is_anything_packed():
    world, log = World(), FakeAuditLog()
    company, steer = await world.company(), steering(world, log)
    with pytest.raises(NotLeaving):
        await steer.export(company.id, WHO)
    assert log.deeds == []


async def test_the_secrets_of_an_opening_are_given_once_and_to_who_asked_for_it():
    opening = Opening(FakeCompanies(), FakePlaces(), FakeLines(), FakeQueues())
    use_case = opening.use_case
    hand_over = HandOver(opening.runs, use_case)
    order = CompanyOrder("Clínica Sol", token=True)
    id = await use_case.begin(order, Asking(WHO, "painel:1"))
    with pytest.raises(NotReady):
        await hand_over(id, WHO)
    opened = await use_case.carry_on(id)

    with pytest.raises(RunNotFound):
        await hand_over(id, "user:another")
    assert (await hand_over(id, WHO)).token == opened.token
    with pytest.raises(PaperBurnt):
        await hand_over(id, WHO)
