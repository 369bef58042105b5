"""Whose company rests comes in and is told why; whose company is being closed is told so after the right password."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from application.access.begin_session import Tickets
from application.access.check_password import WrongCredentials
from application.access.ports import Place
from application.access.sign_in import Attempt, CompanyCloses
from application.access.texts import CLOSES, RESTS, why_it_rests
from domain.access.role import Role
from domain.access.user import Membership
from domain.companies.company import State
from domain.shared.ids import TenantId
from tests.builders.access import Gate

ZONE = ZoneInfo("America/Sao_Paulo")
PASSWORD = "tranquila e longa"


async def test_people_of_a_suspended_company_come_in_to_answer():
    gate = Gate()
    ana = await gate.person()
    gate.users.states[TenantId(1)] = State.SUSPENDED

    assert isinstance(await gate.sign_in(Attempt(ana.email, PASSWORD, "1.2.3.4")), Tickets)


async def test_of_a_closing_company_only_who_knows_the_password_hears_of_it():
    gate = Gate()
    ana = await gate.person()
    gate.users.states[TenantId(1)] = State.CLOSING

    with pytest.raises(CompanyCloses) as told:
        await gate.sign_in(Attempt(ana.email, PASSWORD, "1.2.3.4"))
    assert str(told.value) == CLOSES
    for email, password in ((ana.email, "another"), ("nobody@clinica.com.br", PASSWORD)):
        with pytest.raises(WrongCredentials):
            await gate.sign_in(Attempt(email, password, "1.2.3.4"))


async def test_who_belongs_to_another_company_too_comes_in_there():
    gate = Gate()
    ana = await gate.person()
    await gate.users.put_membership(ana.id, Membership(Role.VIEWER, TenantId(2)))
    gate.users.states[TenantId(1)] = State.CLOSING

    tickets = await gate.sign_in(Attempt(ana.email, PASSWORD, "1.2.3.4"))

    assert isinstance(tickets, Tickets)
    assert tickets.session.company == TenantId(2)
    with pytest.raises(CompanyCloses):
        await gate.sign_in(Attempt(ana.email, PASSWORD, "1.2.3.4", company=TenantId(1)))


def test_why_it_rests_says_until_when_data_are_kept():
    until = datetime(2026, 12, 21, 15, tzinfo=UTC)

    assert why_it_rests(Place(TenantId(1), "Sol", State.ACTIVE), ZONE) is None
    assert why_it_rests(Place(TenantId(1), "Sol", State.SUSPENDED), ZONE) == RESTS
    assert "21/12/2026, 12:00" in str(why_it_rests(Place(TenantId(1), "Sol", State.SUSPENDED, until), ZONE))
