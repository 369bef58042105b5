"""Everybody's own account: password, address, second factor, where one is logged in. Only people have one; keys are refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from litestar import Request, Response, Router, delete, get, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_202_ACCEPTED, HTTP_204_NO_CONTENT

from adapters.http.access import Access, CallerGiven, requires
from adapters.http.auth import Password, Short, TokensOut, ip_of, told
from adapters.http.client_address import ClientAddress
from adapters.http.problems import refusal
from application.access.caller import Caller
from application.access.own_account import ChangeEmail, ChangePassword, OwnSecondFactor, PasswordChange
from application.access.sign_out import OwnSessions
from application.access.step_up import Proof, ProveAgain
from domain.access.session import Session
from domain.shared.ids import SessionId

TRIES: Final = {429: refusal("Too many tries")}


class ProofIn(msgspec.Struct, forbid_unknown_fields=True):
    """`code` where there is a second factor."""

    password: Password
    code: Short = ""


class PasswordIn(msgspec.Struct, forbid_unknown_fields=True):
    current: Password
    new: Password


class EmailIn(msgspec.Struct, forbid_unknown_fields=True):
    email: Short


class TicketIn(msgspec.Struct, forbid_unknown_fields=True):
    ticket: Short


class CodeOnlyIn(msgspec.Struct, forbid_unknown_fields=True):
    code: Short


class EnrolmentOut(msgspec.Struct):
    """`svg` is the QR code of `uri`; `secret` is for who types it. Not shown again."""

    secret: str
    uri: str
    svg: str


class RecoveryOut(msgspec.Struct):
    """Each opens once in place of a code. Shown this once."""

    recovery_codes: list[str]


class SessionOut(msgspec.Struct):
    id: str
    began: datetime
    renewed: datetime
    ends: datetime
    agent: str
    this_one: bool


@dataclass(frozen=True, slots=True)
class Account:
    """What these routes call; `address` says where somebody calls from."""

    prove: ProveAgain
    password: ChangePassword
    email: ChangeEmail
    second_factor: OwnSecondFactor
    sessions: OwnSessions
    address: ClientAddress


def account_router(account: Account) -> Router:
    handlers = [*_proofs(account), *_address(account), *_second_factor(account), *_sessions(account)]
    return Router("/api/account", route_handlers=handlers, tags=["account"])


def _proofs(account: Account) -> list[Any]:
    @post(
        "/proof",
        guards=[requires()],
        status_code=HTTP_204_NO_CONTENT,
        responses=TRIES,
        summary="Show once more who you are",
    )
    async def prove(data: JSONBody[ProofIn], caller: CallerGiven, request: Request[Any, Any, Any]) -> None:
        await account.prove(caller, Proof(data.password, data.code, ip_of(request, account.address)))

    @post(
        "/password",
        guards=[requires()],
        status_code=HTTP_200_OK,
        responses=TRIES,
        summary="Change it; all other sessions end",
    )
    async def password(data: JSONBody[PasswordIn], caller: CallerGiven, request: Request[Any, Any, Any]) -> TokensOut:
        ip = ip_of(request, account.address)
        tickets = await account.password(caller, PasswordChange(data.current, data.new, ip))
        access: Access = request.app.state.access
        if any(access.cookies.shown(request)):
            access.cookies.set(request.scope, tickets, access.renew.clock())
        return told(tickets, access.renew.clock)

    return [prove, password]


def _address(account: Account) -> list[Any]:
    @post(
        "/email",
        guards=[requires()],
        status_code=HTTP_202_ACCEPTED,
        responses=TRIES | {409: refusal("Somebody already logs in with it")},
        summary="Ask for another address to log in with",
    )
    async def email(data: JSONBody[EmailIn], caller: CallerGiven) -> None:
        await account.email.ask(caller, data.email)

    @post(
        "/email/confirmation",
        status_code=HTTP_204_NO_CONTENT,
        responses={409: refusal("The link is no longer good, or the address is somebody else's by now")},
        summary="The new address's letter was read",
    )
    async def confirm_email(data: JSONBody[TicketIn]) -> None:
        await account.email.confirm(data.ticket)

    return [email, confirm_email]


def _second_factor(account: Account) -> list[Any]:
    own = account.second_factor

    @post(
        "/second-factor",
        guards=[requires()],
        status_code=HTTP_200_OK,
        responses={409: refusal("Another is in use: do without it first")},
        summary="Begin to set one up",
    )
    async def propose(caller: CallerGiven) -> EnrolmentOut:
        enrolment = await own.propose(caller)
        return EnrolmentOut(enrolment.secret, enrolment.uri, enrolment.picture)

    @post("/second-factor/confirmation", guards=[requires()], status_code=HTTP_200_OK, summary="Its first code")
    async def confirm(data: JSONBody[CodeOnlyIn], caller: CallerGiven) -> RecoveryOut:
        return RecoveryOut(list(await own.confirm(caller, data.code)))

    @delete("/second-factor", guards=[requires()], summary="Do without it again")
    async def remove(caller: CallerGiven) -> None:
        await own.remove(caller)

    return [propose, confirm, remove]


def _sessions(account: Account) -> list[Any]:
    own = account.sessions

    @get("/sessions", guards=[requires()], summary="Where you are logged in")
    async def sessions(caller: CallerGiven) -> list[SessionOut]:
        return [_session(each, caller) for each in await own.list(caller)]

    @delete("/sessions/{id:str}", guards=[requires()], summary="End one of your sessions")
    async def end(id: FromPath[str], caller: CallerGiven) -> None:
        await own.end(caller, SessionId(id))

    @delete("/sessions", guards=[requires()], summary="End all your sessions but this one")
    async def end_others(caller: CallerGiven) -> Response[None]:
        await own.end_others(caller)
        return Response(None, status_code=HTTP_204_NO_CONTENT)

    return [sessions, end, end_others]


def _session(each: Session, caller: Caller) -> SessionOut:
    return SessionOut(each.id, each.began, each.renewed, each.ends, each.agent, each.id == caller.session)
