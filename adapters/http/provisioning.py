"""Companies opened over JSON, by the platform's people: one call that can be repeated, looked at, retried and undone.

`Idempotency-Key` makes repeats harmless for a day: the same key and body bring the same answer, secrets included; the same
key with another body is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import Response, Router, delete, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, HeaderParameter, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_202_ACCEPTED
from litestar.types import Guard

from adapters.http.access import CallerGiven, proven, requires
from adapters.http.auth import Short
from adapters.http.problems import refusal
from application.provisioning.connect_line import LineOrder
from application.provisioning.open_company import OpenCompany, Opened
from application.provisioning.order import CompanyOrder, FirstAdmin
from application.provisioning.runs import Asking, PaperBurnt, Runs
from application.provisioning.undo_opening import UndoOpening
from domain.access.role import Permission
from domain.billing.plan import PlanCode
from domain.companies.connection import AuthMode, Dialect
from domain.provisioning.checklist import Run, RunNotFound, RunOver
from domain.shared.errors import SecretariaError

Text = Annotated[str, msgspec.Meta(max_length=2_000)]


class LineIn(msgspec.Struct, forbid_unknown_fields=True):
    """A Whaticket. `webhook_token`: ask for a second proof beside the signature."""

    whaticket_url: Text
    api_token: Text | None = None
    dialect: Dialect = Dialect.SAAS_CLASSIC
    auth: AuthMode = AuthMode.HMAC
    name: Short = "WhatsApp"
    sends_per_minute: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0
    panel_email: Text | None = None
    panel_password: Text | None = None
    webhook_token: bool = False


class AdminIn(msgspec.Struct, forbid_unknown_fields=True):
    """The owner: invited by e-mail, or with a password that the answer shows once."""

    email: Short
    name: Short
    invite: bool = True


class ProvisionIn(msgspec.Struct, forbid_unknown_fields=True):
    """`dedicated`: workers of its own; null is as the plan says."""

    name: Short
    admin: AdminIn
    connection: LineIn | None = None
    plan: Annotated[str, msgspec.Meta(max_length=40, examples=["profissional"])] | None = None
    trial_days: Annotated[int, msgspec.Meta(ge=0, le=90)] = 0
    time_zone: Short = "America/Sao_Paulo"
    business_facts: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    dedicated: bool | None = None


class StepOut(msgspec.Struct):
    """`state`: waiting, running, done, failed, undone. `note`: what was skipped and why, or what is left to a person."""

    step: str
    state: str
    attempts: int
    error: str | None
    note: str | None
    started_at: datetime | None
    ended_at: datetime | None


class SecretsOut(msgspec.Struct, omit_defaults=True):
    """Shown in this answer and in no other."""

    connection: str | None = None
    webhook_path: str | None = None
    webhook_secret: str | None = None
    webhook_token: str | None = None
    admin_password: str | None = None
    token: str | None = None


class ProvisionOut(msgspec.Struct, omit_defaults=True):
    """`state`: running, failed, done, undoing, undone. `secrets` are there when it is done, for who began or finished it."""

    id: int
    name: str
    state: str
    steps: list[StepOut]
    company: int | None = None
    secrets: SecretsOut | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes call."""

    open: OpenCompany
    undo: UndoOpening
    runs: Runs


WRITE: Final[list[Guard]] = [requires(Permission.PLATFORM_COMPANIES_WRITE), proven]
READ: Final = [requires(Permission.PLATFORM_COMPANIES_READ)]
HALF_DONE: Final = {
    202: ResponseSpec(
        ProvisionOut,
        generate_examples=False,
        description="A step failed, or somebody is at it: look again, retry or undo",
    ),
    409: refusal("Refused before anything was made, or over already"),
    422: refusal("`field` says where; Idempotency-Key where the key came with another body"),
}


def provisioning_router(desk: Desk) -> Router:
    return Router("/api/tenants/provision", route_handlers=[*_opening(desk), *_runs(desk)], tags=["platform"])


def _opening(desk: Desk) -> list[Any]:
    @post("/", guards=WRITE, responses=HALF_DONE, summary="Open a company", opt={"audit": "company.open"})
    async def provision(
        data: JSONBody[ProvisionIn],
        caller: CallerGiven,
        key: Annotated[str | None, HeaderParameter(name="Idempotency-Key")] = None,
    ) -> Response[ProvisionOut]:
        order = _order(data)
        id = await desk.open.begin(order, Asking(caller.who, key))
        return await _carried_on(desk, id, order, replay=key is not None)

    @post(
        "/{id:int}/retry",
        guards=WRITE,
        responses=HALF_DONE,
        summary="Finish an opening from where it stopped",
        opt={"audit": "company.open.retry"},
    )
    async def retry(id: FromPath[int]) -> Response[ProvisionOut]:
        return await _carried_on(desk, id)

    return [provision, retry]


def _runs(desk: Desk) -> list[Any]:
    @get("/", guards=READ, summary="The latest openings")
    async def runs() -> list[ProvisionOut]:
        return [_out(run) for run in await desk.runs.lately(50)]

    @get("/{id:int}", guards=READ, summary="An opening, step by step")
    async def show(id: FromPath[int]) -> ProvisionOut:
        return _out(await desk.runs.get(_number(id)))

    @delete(
        "/{id:int}",
        guards=WRITE,
        status_code=HTTP_200_OK,
        responses={409: refusal("It is done: close the company instead")},
        summary="Undo an opening that did not come to its end",
        opt={"audit": "company.open.undo"},
    )
    async def undo(id: FromPath[int]) -> ProvisionOut:
        return _out(await desk.undo(_number(id)))

    return [runs, show, undo]


async def _carried_on(
    desk: Desk, id: int, order: CompanyOrder | None = None, *, replay: bool = False
) -> Response[ProvisionOut]:
    """Once there is a run, trouble of a step is part of the answer: it can be looked at, retried and undone."""
    before = await desk.runs.get(_number(id))
    try:
        opened = await desk.open.carry_on(before.id, order, replay=replay)
    except (RunOver, PaperBurnt):
        raise
    except SecretariaError:
        return Response(_out(await desk.runs.get(before.id)), status_code=HTTP_202_ACCEPTED)
    return Response(_out(opened.run, opened), status_code=HTTP_201_CREATED)


def _order(data: ProvisionIn) -> CompanyOrder:
    """Raises Invalid, with the body's own word for the field."""
    return CompanyOrder(
        name=data.name,
        line=None if data.connection is None else _line(data.connection),
        time_zone=data.time_zone,
        business_facts=data.business_facts,
        plan=None if data.plan is None else PlanCode(data.plan),
        trial_days=data.trial_days,
        dedicated=data.dedicated,
        admin=FirstAdmin(data.admin.email, data.admin.name, by_mail=data.admin.invite),
        token=True,
    )


def _line(data: LineIn) -> LineOrder:
    return LineOrder(
        whaticket_url=data.whaticket_url,
        api_token=data.api_token,
        dialect=data.dialect,
        auth=data.auth,
        name=data.name,
        sends_per_minute=data.sends_per_minute,
        panel_email=data.panel_email,
        panel_password=data.panel_password,
        with_token=data.webhook_token,
    )


def _number(id: int) -> int:
    if not 0 < id < 2**63:
        raise RunNotFound("there is no such opening")
    return id


def _out(run: Run, opened: Opened | None = None) -> ProvisionOut:
    steps = [
        StepOut(
            step=item.step,
            state=item.state,
            attempts=item.attempts,
            error=item.error,
            note=item.note,
            started_at=item.started_at,
            ended_at=item.ended_at,
        )
        for item in run.items
    ]
    secrets = None if opened is None else _secrets(opened)
    return ProvisionOut(run.id, run.name, run.state, steps, run.tenant, secrets)


def _secrets(opened: Opened) -> SecretsOut:
    shown = SecretsOut(admin_password=opened.admin_password, token=opened.token)
    line = opened.line
    if line is not None:
        secret, in_path = line.webhook_secrets[0], line.auth is AuthMode.PATH
        shown.connection, shown.webhook_secret = line.id, secret
        shown.webhook_path = line.webhook_path
        shown.webhook_token = secret if in_path else line.webhook_token
    return shown
