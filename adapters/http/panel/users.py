"""The people of a company: invited, given a role, shut out and let in again; the last owner stays one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from adapters.http.access import CallerGiven, requires
from adapters.http.entrance import ELSEWHERE
from adapters.http.panel.access_words import IN_A_COMPANY, ROLES, STATES
from adapters.http.panel.account import NOT_NOW
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.passwords import NAME, NOT_AN_ADDRESS
from adapters.http.panel.proof import NotProven, ProofGate
from adapters.http.panel.texts import told
from adapters.http.sign_on import BACK
from application.access.arrange_sign_on import ArrangeSignOn
from application.access.caller import Caller
from application.access.members import Invitation, Members, NotInvited
from application.access.sign_on import NoSignOn
from domain.access.role import Permission, Role
from domain.access.user import EmailTaken, LastOwner
from domain.companies.limits import PastLimit
from domain.shared.errors import Invalid, Refused, TooOften, Unavailable
from domain.shared.ids import TenantId, UserId

PAGE: Final = "/painel/usuarios"
LAST_OWNER: Final = "A empresa precisa de pelo menos uma pessoa no papel de dona. Dê esse papel a outra pessoa antes."
MEMBER: Final = "Esta pessoa já está na equipe, ou não pode ser convidada."
ANSWERED: Final = "Esta pessoa já aceitou o convite."
NO_LETTER: Final = "O convite foi guardado, mas o e-mail não saiu. Use “Enviar o convite de novo” em instantes."
TOO_MANY: Final = "Foram convites demais em pouco tempo. Espere meia hora antes de enviar outro."
FIELDS: Final = {"email": NOT_AN_ADDRESS, "name": NAME}
AT_FIRST: Final = {"email": "", "nome": "", "papel": str(Role.ATTENDANT)}

Deed = Callable[[TenantId, UserId], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Login:
    """The company's own, as far as a page may say: `link` is for the team, empty where there is none; `back` for the provider."""

    back: str = ""
    link: str = ""
    issuer: str = ""
    client_id: str = ""
    has_secret: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """What could not be done to a person, said in their box, which opens again with the role that was chosen."""

    person: UserId
    why: str
    role: str


@dataclass(frozen=True, slots=True)
class UserPages:
    """`public_url` is where the panel is reached, also by companies' identity providers."""

    frame: Frame
    members: Members
    proof: ProofGate
    arrange: ArrangeSignOn
    public_url: str

    async def show(
        self,
        request: Asked,
        caller: Caller,
        *,
        problems: Mapping[str, str] | None = None,
        typed: Mapping[str, str] | None = None,
        refused: Refusal | None = None,
    ) -> Response[str]:
        may_write = Permission.USERS_WRITE in caller.permissions
        people = await self.members.list(caller.own_company)
        login = await self._login(caller.own_company) if may_write else Login()
        context = {
            "active": "users",
            "people": [(each, each.membership(caller.own_company)) for each in people],
            "roles": [(role, ROLES[role]) for role in IN_A_COMPANY],
            "states": STATES,
            "problems": problems or {},
            "trouble": {refused.person: refused.why} if refused else {},
            "chosen": {refused.person: refused.role} if refused and refused.role in IN_A_COMPANY else {},
            "typed": AT_FIRST | {"emissor": login.issuer, "cliente": login.client_id} | dict(typed or {}),
            "login": login,
            "may_write": may_write,
            "doubt": await self.proof.doubt(caller) if may_write else None,
        }
        return await self.frame.page(
            request, caller, "users/list.html", context, status=422 if problems or refused else 200
        )

    async def _login(self, company: TenantId) -> Login:
        back = self.public_url + BACK
        try:
            provider = await self.arrange.show(company)
        except NoSignOn:
            return Login(back)
        link = f"{self.public_url}{ELSEWHERE}/{company}"
        return Login(back, link, provider.issuer, provider.client_id, has_secret=provider.client_secret is not None)

    async def invited(self, request: Asked, caller: Caller) -> Response[Any]:
        email, name, role = await fields(request, "email", "nome", "papel")
        typed = {"email": email, "nome": name, "papel": role}
        if role not in IN_A_COMPANY:
            return await self.show(request, caller, problems={"papel": "Escolha um papel."}, typed=typed)
        try:
            await self.proof.pass_through(request, caller)
            await self.members.invite(caller.own_company, Invitation(email, name, Role(role)))
        except Invalid as error:
            field = "nome" if error.field == "name" else "email"
            problem = FIELDS.get(error.field or "", NOT_AN_ADDRESS)
            return await self.show(request, caller, problems={field: problem}, typed=typed)
        except NotProven as error:
            return await self.show(request, caller, problems={"aviso": str(error)}, typed=typed)
        except TooOften:
            return await self.show(request, caller, problems={"aviso": TOO_MANY}, typed=typed)
        except EmailTaken:
            return await self.show(request, caller, problems={"email": MEMBER}, typed=typed)
        except PastLimit as error:
            return await self.show(request, caller, problems={"aviso": told(error)}, typed=typed)
        except Unavailable:
            return await self.show(request, caller, problems={"aviso": NO_LETTER})
        return back_to(PAGE, "convidada")

    async def done(self, request: Asked, caller: Caller, id: UserId, deed: Deed, flash: str) -> Response[Any]:
        try:
            await deed(caller.own_company, id)
        except (PastLimit, LastOwner, Unavailable, NotProven, TooOften, NotInvited) as error:
            [role] = await fields(request, "papel")
            return await self.show(request, caller, refused=Refusal(id, _why_not(error), role))
        return back_to(PAGE, flash)


def users_pages_router(own: UserPages, *others: HTTPRouteHandler) -> Router:
    @get("/", guards=[requires(Permission.USERS_READ)])
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        return await own.show(request, caller)

    @post("/", guards=[requires(Permission.USERS_WRITE)], status_code=303, opt={"audit": "users.invite"})
    async def invite(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await own.invited(request, caller)

    @post("/{id:uuid}/papel", guards=[requires(Permission.USERS_WRITE)], status_code=303, opt={"audit": "users.role"})
    async def role(request: Asked, caller: CallerGiven, id: FromPath[UUID]) -> Response[Any]:
        [said] = await fields(request, "papel")
        wanted = Role(said) if said in IN_A_COMPANY else None

        async def give(company: TenantId, user: UserId) -> None:
            await own.members.get(company, user)
            if wanted is None:
                raise Invalid("a role of a company", field="papel")
            await own.proof.pass_through(request, caller)
            await own.members.give_role(company, user, wanted)

        return await own.done(request, caller, UserId(id), give, "papel")

    more = [_deed(own, *deed) for deed in _deeds(own.members)]
    return Router(PAGE, route_handlers=[show, invite, role, *more, *others], include_in_schema=False)


def _deeds(members: Members) -> list[tuple[str, Deed, str, str]]:
    """By the last word of each address: what is done, the word about it afterwards, and the log's word."""
    return [
        ("convite", members.invite_again, "convidada", "users.invite_again"),
        ("bloquear", members.shut_out, "bloqueada", "users.shut_out"),
        ("liberar", members.let_in, "liberada", "users.let_in"),
        ("sessoes", members.end_sessions, "sessoes-da-pessoa", "users.end_sessions"),
        ("remover", members.take_off, "removida", "users.take_off"),
    ]


HARMLESS: Final = frozenset({"convite", "sessoes"})
"""What a stolen session may do as well: nobody gets in or out by it."""


def _deed(own: UserPages, path: str, deed: Deed, flash: str, action: str) -> HTTPRouteHandler:
    guards = [requires(Permission.USERS_WRITE)]

    @post(f"/{{id:uuid}}/{path}", guards=guards, status_code=303, opt={"audit": action}, name=f"panel {action}")
    async def do(request: Asked, caller: CallerGiven, id: FromPath[UUID]) -> Response[Any]:
        async def act(company: TenantId, user: UserId) -> None:
            if path not in HARMLESS:
                await own.proof.pass_through(request, caller)
            await deed(company, user)

        return await own.done(request, caller, UserId(id), act, flash)

    return do


def _why_not(error: Refused | TooOften | Unavailable) -> str:
    match error:
        case LastOwner():
            return LAST_OWNER
        case NotInvited():
            return ANSWERED
        case TooOften():
            return TOO_MANY
        case Unavailable():
            return NOT_NOW
    return told(error) if isinstance(error, PastLimit) else str(error)
