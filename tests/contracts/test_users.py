"""What the port of users promises: our fake, and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest

from adapters.postgres.migrations import migrate
from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.users import PostgresUsers
from application.access.ports import Users
from domain.access.role import Role
from domain.access.user import EmailTaken, LastOwner, Membership, User, UserChanged, UserNotFound, UserState
from domain.billing.plan import Plan, PlanCode
from domain.companies.company import State
from domain.companies.limits import PastLimit, room_for_users
from domain.quotas.allowance import Allowance
from domain.shared.ids import TenantId, UserId
from tests.fakes.access import FakeUsers

OURS, THEIRS, CLOSED = TenantId(1), TenantId(2), TenantId(3)
OWNER = Membership(Role.OWNER, OURS)


def a_user(*memberships: Membership, email: str = "ana@clinica.com.br") -> User:
    return User(UserId(uuid4()), email, "Ana", memberships or (OWNER,), password_hash="h")


@pytest.fixture
async def users(url: str | None) -> AsyncIterator[Users]:
    """Companies 1 and 2 are open, 3 is closed."""
    if url is None:
        yield FakeUsers(closed={CLOSED})
        return
    await migrate(url)
    pool = await build_pool(url, size=4, name="tests")
    companies = PostgresCompanies(pool)
    for slug in ("a", "b", "c"):
        company = await companies.add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
    await companies.save(replace(company, state=State.CLOSED))
    yield PostgresUsers(pool)
    await pool.close()


async def test_somebody_comes_back_as_they_were_put(users: Users):
    user = a_user(OWNER, Membership(Role.VIEWER, THEIRS))
    await users.add(user)

    assert await users.get(user.id) == user
    assert await users.find(user.email) == user
    assert [await users.of(where) for where in (OURS, THEIRS, None)] == [[user], [user], []]
    assert await users.all() == [user]


async def test_strangers_are_not_found(users: Users):
    with pytest.raises(UserNotFound):
        await users.get(UserId(uuid4()))
    assert await users.find("ninguem@clinica.com.br") is None
    assert await users.standing(UserId(uuid4()), OURS) is None


async def test_an_address_is_one_persons(users: Users):
    ana, bia = a_user(), a_user(email="bia@clinica.com.br")
    await users.add(ana)
    await users.add(bia)

    with pytest.raises(EmailTaken):
        await users.add(a_user())
    with pytest.raises(EmailTaken):
        await users.change(bia, replace(bia, email=ana.email))
    assert await users.all() == [ana, bia]


async def test_saving_changes_the_person_and_not_where_they_belong(users: Users):
    user = a_user()
    await users.add(user)
    changed = replace(user, email="nova@clinica.com.br", name="Ana S.", password_hash=None, epoch=4)

    await users.change(user, replace(changed, memberships=()))

    assert await users.get(user.id) == changed


@pytest.mark.parametrize("meanwhile", [{"epoch": 1}, {"state": UserState.DISABLED}, {"email": "b@clinica.com.br"}])
async def test_somebody_changed_meanwhile_is_not_written_over(users: Users, meanwhile: dict[str, object]):
    user = a_user()
    await users.add(user)
    await users.change(user, replace(user, **meanwhile))

    with pytest.raises(UserChanged):
        await users.change(user, user.with_password("another"))
    assert await users.get(user.id) == replace(user, **meanwhile)


async def test_a_role_is_written_over_and_taken_away(users: Users):
    user = a_user(Membership(Role.MANAGER, OURS))
    await users.add(user)

    await users.put_membership(user.id, Membership(Role.VIEWER, OURS))
    await users.put_membership(user.id, Membership(Role.MANAGER, THEIRS))
    assert {(each.role, each.company) for each in (await users.get(user.id)).memberships} == {
        (Role.VIEWER, OURS),
        (Role.MANAGER, THEIRS),
    }

    await users.drop_membership(user.id, OURS)
    assert (await users.get(user.id)).memberships == (Membership(Role.MANAGER, THEIRS),)


async def test_who_has_not_agreed_belongs_nowhere_yet_and_is_no_owner_who_stays(users: Users):
    user, owner = a_user(), a_user(email="bia@clinica.com.br")
    await users.add(user)
    await users.add(owner)
    waiting = Membership(Role.OWNER, THEIRS, agreed=False)
    await users.put_membership(user.id, waiting)

    assert (await users.get(user.id)).membership(THEIRS) == waiting
    assert [each.id for each in await users.of(THEIRS)] == [user.id]
    assert await users.standing(user.id, THEIRS) is None
    assert THEIRS not in [place.company for place in await users.places(user.id)]
    await users.put_membership(owner.id, Membership(Role.OWNER, THEIRS))
    with pytest.raises(LastOwner):
        await users.drop_membership(owner.id, THEIRS)

    await users.put_membership(user.id, replace(waiting, agreed=True))
    assert await users.standing(user.id, THEIRS) is not None
    await users.drop_membership(owner.id, THEIRS)


async def test_the_last_owner_leaves_only_with_the_company(users: Users):
    user = a_user(Membership(Role.OWNER, OURS))
    await users.add(user)

    with pytest.raises(LastOwner):
        await users.drop_membership(user.id, OURS)
    await users.drop_membership(user.id, OURS, last_owner=True)

    assert (await users.get(user.id)).memberships == ()


async def test_places_are_those_one_may_enter(users: Users):
    user = a_user(Membership(Role.MANAGER, OURS))
    await users.add(user)
    await users.put_membership(user.id, Membership(Role.VIEWER, THEIRS))
    assert [place.company for place in await users.places(user.id)] == [OURS, THEIRS]

    await users.put_membership(user.id, Membership(Role.VIEWER, THEIRS, active=False))
    assert [place.company for place in await users.places(user.id)] == [OURS]
    assert await users.places(UserId(uuid4())) == []


async def test_standing_is_what_one_is_at_this_moment(users: Users):
    user = a_user()
    await users.add(user)
    await users.add(a_user(email="outra.dona@clinica.com.br"))

    async def role(company: TenantId | None = OURS) -> Role | None:
        standing = await users.standing(user.id, company)
        return standing and standing.role

    assert [await role(), await role(THEIRS), await role(None)] == [Role.OWNER, None, None]
    await users.put_membership(user.id, Membership(Role.VIEWER, OURS))
    assert await role() is Role.VIEWER
    await users.put_membership(user.id, Membership(Role.VIEWER, OURS, active=False))
    assert await role() is None
    await users.put_membership(user.id, Membership(Role.VIEWER, OURS))
    await users.change(user, user.disabled())
    assert await role() is None
    await users.change(user.disabled(), replace(user, state=UserState.INVITED))
    assert await role() is None


async def test_a_company_keeps_an_owner_who_can_act(users: Users):
    ana, bia = a_user(), a_user(email="bia@clinica.com.br")
    for user in (ana, bia):
        await users.add(user)
    await users.change(bia, bia.disabled())

    for change in (
        users.put_membership(ana.id, Membership(Role.MANAGER, OURS)),
        users.put_membership(ana.id, Membership(Role.OWNER, OURS, active=False)),
        users.drop_membership(ana.id, OURS),
    ):
        with pytest.raises(LastOwner):
            await change
    assert await users.get(ana.id) == ana

    await users.change(bia.disabled(), bia)
    await users.drop_membership(ana.id, OURS)
    with pytest.raises(LastOwner):
        await users.drop_membership(bia.id, OURS)


async def test_two_owners_who_remove_each_other_at_once_do_not_both_succeed(users: Users):
    ana, bia = a_user(), a_user(email="bia@clinica.com.br")
    for user in (ana, bia):
        await users.add(user)

    done = await asyncio.gather(*(users.drop_membership(user.id, OURS) for user in (ana, bia)), return_exceptions=True)

    assert sorted(map(type, done), key=str) == sorted([type(None), LastOwner], key=str)


async def test_nobody_stands_in_a_closed_company_and_operators_stand_in_none(users: Users):
    former, operator = a_user(Membership(Role.OWNER, CLOSED)), a_user(Membership(Role.OPERATOR), email="o@p.example")
    await users.add(former)
    await users.add(operator)

    assert await users.standing(former.id, CLOSED) is None
    standing = await users.standing(operator.id, None)
    assert standing is not None
    assert (standing.role, standing.epoch, standing.name) == (Role.OPERATOR, 0, "Ana")


THREE = Plan(PlanCode("pequeno"), "Pequeno", 0, Allowance(), users=3)


async def test_people_added_side_by_side_never_find_the_same_last_place(users: Users):
    await users.add(a_user())
    newcomers = [a_user(Membership(Role.VIEWER, OURS), email=f"p{number}@clinica.com.br") for number in range(6)]

    found = await asyncio.gather(
        *(users.add(each, room_for_users(THREE)) for each in newcomers), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in found) == ["NoneType"] * 2 + ["PastLimit"] * 4
    assert len(await users.of(OURS)) == 3


async def test_people_let_in_side_by_side_never_find_the_same_last_place(users: Users):
    await users.add(a_user())
    shut_out = [a_user(Membership(Role.VIEWER, OURS, active=False), email=f"p{n}@clinica.com.br") for n in range(6)]
    for each in shut_out:
        await users.add(each)
    inside = Membership(Role.VIEWER, OURS)

    found = await asyncio.gather(
        *(users.put_membership(each.id, inside, room_for_users(THREE)) for each in shut_out), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in found) == ["NoneType"] * 2 + ["PastLimit"] * 4


async def test_another_role_takes_no_further_place(users: Users):
    people = [a_user(), *(a_user(Membership(Role.VIEWER, OURS), email=f"p{n}@clinica.com.br") for n in range(2))]
    for each in people:
        await users.add(each, room_for_users(THREE))

    await users.put_membership(people[1].id, Membership(Role.MANAGER, OURS), room_for_users(THREE))
    with pytest.raises(PastLimit):
        await users.add(a_user(Membership(Role.VIEWER, OURS), email="a.mais@clinica.com.br"), room_for_users(THREE))

    assert (await users.get(people[1].id)).membership(OURS) == Membership(Role.MANAGER, OURS)
