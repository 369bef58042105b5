"""The people of the caller's company over JSON: listed, invited, given a role, shut out, taken off."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from adapters.http.access import CallerGiven, proven, requires
from adapters.http.auth import Short
from adapters.http.problems import refusal
from application.access.members import Invitation, Members, of_a_company
from domain.access.role import Permission, Role
from domain.access.user import User
from domain.shared.ids import TenantId, UserId

LETTERS: Final = {429: refusal("Too many letters")}
LAST: Final = {409: refusal("The last owner stays one")}


class InvitationIn(msgspec.Struct, forbid_unknown_fields=True):
    email: Short
    name: Short
    role: Role


class RoleIn(msgspec.Struct, forbid_unknown_fields=True):
    role: Role


class UserOut(msgspec.Struct):
    """`state`: active, invited (has not answered the letter yet: until then `name` is the address), disabled (everywhere, by the
    platform). `shut_out`: of this company, by its owner.
    """

    id: UUID
    email: str
    name: str
    role: Role
    state: str
    shut_out: bool


def users_router(members: Members) -> Router:
    handlers = [*_looking(members), *_inviting(members), *_changing(members), *_leaving(members)]
    return Router("/api/users", route_handlers=handlers, tags=["users"])


def _looking(members: Members) -> list[Any]:
    guards = [requires(Permission.USERS_READ)]

    @get("/", guards=guards, summary="Everybody of this company")
    async def people(caller: CallerGiven) -> list[UserOut]:
        return [_out(each, caller.own_company) for each in await members.list(caller.own_company)]

    @get("/{id:uuid}", guards=guards, summary="One of them")
    async def show(id: FromPath[UUID], caller: CallerGiven) -> UserOut:
        return _out(await members.get(caller.own_company, UserId(id)), caller.own_company)

    return [people, show]


def _inviting(members: Members) -> list[Any]:
    guards = [requires(Permission.USERS_WRITE)]

    @post(
        "/",
        guards=[*guards, proven],
        status_code=HTTP_201_CREATED,
        responses=LETTERS | {409: refusal("Somebody logs in with this address already, or the plan has no room")},
        summary="Invite somebody by e-mail; wants a proof of the last ten minutes",
    )
    async def invite(data: JSONBody[InvitationIn], caller: CallerGiven) -> UserOut:
        caller.must_cover(of_a_company(data.role))
        invited = await members.invite(caller.own_company, Invitation(data.email, data.name, data.role))
        return _out(invited, caller.own_company)

    @post(
        "/{id:uuid}/invitation",
        guards=guards,
        status_code=HTTP_204_NO_CONTENT,
        responses=LETTERS | {409: refusal("This person has answered already")},
        summary="Send the letter again",
    )
    async def invite_again(id: FromPath[UUID], caller: CallerGiven) -> None:
        await members.invite_again(caller.own_company, UserId(id))

    return [invite, invite_again]


def _changing(members: Members) -> list[Any]:
    guards = [requires(Permission.USERS_WRITE)]

    @patch(
        "/{id:uuid}",
        guards=[*guards, proven],
        responses=LAST,
        summary="Give another role, from their next request on; wants a proof of the last ten minutes",
    )
    async def give_role(id: FromPath[UUID], data: JSONBody[RoleIn], caller: CallerGiven) -> UserOut:
        caller.must_cover(of_a_company(data.role))
        return _out(await members.give_role(caller.own_company, UserId(id), data.role), caller.own_company)

    @post(
        "/{id:uuid}/shut-out",
        guards=[*guards, proven],
        status_code=HTTP_204_NO_CONTENT,
        responses=LAST,
        summary="Shut out at once; wants a proof of the last ten minutes",
    )
    async def shut_out(id: FromPath[UUID], caller: CallerGiven) -> None:
        await members.shut_out(caller.own_company, UserId(id))

    @post(
        "/{id:uuid}/let-in",
        guards=[*guards, proven],
        status_code=HTTP_204_NO_CONTENT,
        responses={409: refusal("The plan has no room")},
        summary="Let in again; wants a proof of the last ten minutes",
    )
    async def let_in(id: FromPath[UUID], caller: CallerGiven) -> None:
        await members.let_in(caller.own_company, UserId(id))

    return [give_role, shut_out, let_in]


def _leaving(members: Members) -> list[Any]:
    guards = [requires(Permission.USERS_WRITE)]

    @delete("/{id:uuid}/sessions", guards=guards, summary="End all their sessions here")
    async def end_sessions(id: FromPath[UUID], caller: CallerGiven) -> None:
        await members.end_sessions(caller.own_company, UserId(id))

    @delete(
        "/{id:uuid}",
        guards=[*guards, proven],
        responses=LAST,
        summary="Take off the company; wants a proof of the last ten minutes",
    )
    async def take_off(id: FromPath[UUID], caller: CallerGiven) -> None:
        await members.take_off(caller.own_company, UserId(id))

    return [end_sessions, take_off]


def _out(user: User, company: TenantId) -> UserOut:
    membership = user.membership(company)
    assert membership is not None  # the use case looked inside this company
    return UserOut(user.id, user.email, user.name, membership.role, user.state.value, not membership.active)
