"""A new company at the panel: one form, its steps while they are done, and the secrets shown once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from litestar import Response, Router, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter
from litestar.response import ServerSentEvent

from adapters.http.access import CallerGiven, requires
from adapters.http.panel import connection_words, opening_form, opening_words
from adapters.http.panel.account import NOT_NOW
from adapters.http.panel.carrying import Carrying
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.live import SECONDS, Scene, mark, stream
from adapters.http.panel.pages import by_htmx
from adapters.http.panel.proof import NotProven, ProofGate
from adapters.http.panel.troubles import toast
from application.access.caller import Caller
from application.billing.read import ReadPlans
from application.provisioning.hand_over import HandOver
from application.provisioning.open_company import OpenCompany
from application.provisioning.runs import Asking, PaperBurnt, Runs
from application.provisioning.undo_opening import UndoOpening
from domain.access.role import Permission
from domain.access.user import EmailTaken
from domain.companies.company import CompanyBusy, NameTaken
from domain.companies.connection import AuthMode, Connection
from domain.provisioning.checklist import Run, RunState
from domain.shared.errors import Invalid, NotFound, Refused, Unavailable

PAGE: Final = "/painel/empresas/aberturas"
FORM: Final = "/painel/empresas/nova"
LATELY: Final = 30
STALLED: Final = timedelta(seconds=20)
"""A step takes a second or two: whoever sees none move for so long may take the opening up."""

CANNOT_OWN: Final = "Este e-mail é de alguém da plataforma ou de uma conta desativada. Escolha outro."
NAME_TAKEN: Final = "Já há uma empresa com este nome, ou uma abertura dele que não terminou."
PLAN_GONE: Final = "Este plano não é mais oferecido. Escolha outro."
SHOWN: Final = "Os dados de acesso já foram mostrados, e não aparecem de novo."

Id = Annotated[int, PathParameter(ge=1, le=2**63 - 1)]
Text = Annotated[str, QueryParameter(max_length=100)]


@dataclass(frozen=True, slots=True)
class Openers:
    """What these pages call."""

    open: OpenCompany
    undo: UndoOpening
    runs: Runs
    hand_over: HandOver
    carrying: Carrying
    plans: ReadPlans
    address_of: Callable[[Connection], str]


@dataclass(frozen=True, slots=True)
class OpeningPages:
    frame: Frame
    openers: Openers
    proof: ProofGate
    stream_seconds: float = SECONDS

    async def form(
        self, request: Asked, caller: Caller, typed: Mapping[str, str], problems: Mapping[str, str] | None = None
    ) -> Response[str]:
        context = {
            "active": "companies",
            "typed": typed,
            "problems": problems or {},
            "plans": await self.openers.plans(),
            "zones": opening_form.ZONES,
            "entrances": opening_form.ENTRANCES,
            "families": connection_words.FAMILIES,
            "proofs": connection_words.PROOFS,
            "doubt": await self.proof.doubt(caller),
        }
        return await self.frame.page(request, caller, "openings/form.html", context, status=422 if problems else 200)

    async def begun(self, request: Asked, caller: Caller) -> Response[Any]:
        typed = opening_form.typed_in(await request.form())
        try:
            order = opening_form.order_of(typed)
            await self.proof.pass_through(request, caller)
            id = await self.openers.open.begin(order, Asking(caller.who, f"painel:{typed['pedido']}"))
        except (Invalid, Refused, NotFound, Unavailable) as error:
            field, problem = _why_not(error)
            return await self.form(request, caller, typed, {field: problem})
        self.openers.carrying.start(id)
        return back_to(f"{PAGE}/{id}", "abertura")

    async def show(self, request: Asked, caller: Caller, id: int, problem: str | None = None) -> Response[str]:
        look = await self.look(id)
        more = {
            "active": "companies",
            "problem": problem,
            "stream": f"{PAGE}/{id}/ao-vivo?visto={mark(look)}" if look[0].state not in OVER else None,
        }
        context = self._context(look, caller) | more
        return await self.frame.page(request, caller, "openings/show.html", context, status=409 if problem else 200)

    async def look(self, id: int) -> tuple[Run, bool]:
        """The opening, and whether nothing has moved in it for a while."""
        run = await self.openers.runs.get(id)
        moved = _moved_at(run)
        return run, run.state in UNDER_WAY and (moved is None or self.frame.clock() - moved > STALLED)

    def live(self, request: Asked, caller: Caller, id: int, known: str) -> ServerSentEvent:
        async def look() -> tuple[Run, bool]:
            return await self.look(id)

        async def draw(seen: tuple[Run, bool]) -> str:
            around = await self.frame.around(request, caller)
            return self.frame.pages.render("openings/_run.html", around | self._context(seen, caller))

        return stream(request, Scene("run", look, draw), known, self.stream_seconds)

    async def secrets(self, request: Asked, caller: Caller, id: int) -> Response[str]:
        try:
            opened = await self.openers.hand_over(id, caller.who)
        except PaperBurnt:
            return (
                toast(SHOWN, status=409, bad=True) if by_htmx(request) else await self.show(request, caller, id, SHOWN)
            )
        line = opened.line
        context = {
            "active": "companies",
            "opened": opened,
            "line": line,
            "address": None if line is None else self.openers.address_of(line),
            "in_path": line is not None and line.auth is AuthMode.PATH,
            "proofs": connection_words.PROOFS,
            "checklist": () if line is None else connection_words.checklist(line),
        }
        return await self.frame.page(request, caller, "openings/secrets.html", context)

    def _context(self, look: tuple[Run, bool], caller: Caller) -> dict[str, object]:
        run, stalled = look
        may_write = Permission.PLATFORM_COMPANIES_WRITE in caller.permissions
        return {
            "run": run,
            "done": sum(1 for _ in run.items) - sum(1 for _ in run.left()),
            "words": opening_words,
            "may_retry": may_write and (run.state is RunState.FAILED or (run.state is RunState.RUNNING and stalled)),
            "may_undo": may_write and (run.state is RunState.FAILED or stalled),
            "to_show": may_write and run.state is RunState.DONE and run.keyed and run.asked_by == caller.who,
        }


UNDER_WAY: Final = frozenset({RunState.RUNNING, RunState.UNDOING})
OVER: Final = frozenset({RunState.DONE, RunState.UNDONE})
"""One that failed may be taken up again at this moment: its page goes on looking."""


def openings_router(pages: OpeningPages) -> Router:
    handlers = [*_beginning(pages), *_looking(pages), *_settling(pages)]
    return Router("/painel/empresas", route_handlers=handlers, include_in_schema=False)


def _beginning(pages: OpeningPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.PLATFORM_COMPANIES_WRITE)]

    @get("/nova", guards=guards)
    async def form(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.form(request, caller, opening_form.at_first())

    @post("/nova", guards=guards, status_code=303, opt={"audit": "company.open"})
    async def begin(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.begun(request, caller)

    return [form, begin]


def _looking(pages: OpeningPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.PLATFORM_COMPANIES_READ)]

    @get("/aberturas", guards=guards)
    async def every(request: Asked, caller: CallerGiven) -> Response[str]:
        runs = await pages.openers.runs.lately(LATELY)
        context = {"active": "companies", "runs": runs, "words": opening_words, "moved": _moved_at}
        return await pages.frame.page(request, caller, "openings/list.html", context)

    @get("/aberturas/{id:int}", guards=guards)
    async def show(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        return await pages.show(request, caller, id)

    @get("/aberturas/{id:int}/ao-vivo", guards=guards)
    async def live(request: Asked, caller: CallerGiven, id: Id, visto: Text = "") -> ServerSentEvent:
        await pages.openers.runs.get(id)
        return pages.live(request, caller, id, request.headers.get("last-event-id", visto))

    return [every, show, live]


def _settling(pages: OpeningPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.PLATFORM_COMPANIES_WRITE)]

    @post("/aberturas/{id:int}/tentar", guards=guards, status_code=303, opt={"audit": "company.open.retry"})
    async def retry(id: Id) -> Response[Any]:
        await pages.openers.runs.get(id)
        pages.openers.carrying.start(id)
        return back_to(f"{PAGE}/{id}", "abertura")

    @get("/aberturas/{id:int}/desfazer", guards=guards)
    async def confirm(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        context = {"active": "companies", "run": await pages.openers.runs.get(id)}
        return await pages.frame.page(request, caller, "openings/undo.html", context)

    @post("/aberturas/{id:int}/desfazer", guards=guards, status_code=303, opt={"audit": "company.open.undo"})
    async def undo(id: Id) -> Response[Any]:
        await pages.openers.undo(id)
        return back_to(f"{PAGE}/{id}", "abertura-desfeita")

    @post("/aberturas/{id:int}/dados", guards=guards, status_code=200, opt={"audit": "company.open.secrets"})
    async def secrets(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        return await pages.secrets(request, caller, id)

    return [retry, confirm, undo, secrets]


def _why_not(error: Exception) -> tuple[str, str]:
    """The field of the form, and what to change."""
    match error:
        case Invalid():
            return opening_form.problem_of(error)
        case NotProven():
            return "aviso", str(error)
        case NameTaken() | CompanyBusy():
            return "nome", NAME_TAKEN
        case EmailTaken():
            return "dona-email", CANNOT_OWN
        case Unavailable():
            return "aviso", NOT_NOW
        case PaperBurnt():
            return opening_form.PROBLEMS["Idempotency-Key"]
    return "plano", PLAN_GONE


def _moved_at(run: Run) -> datetime | None:
    times = [at for item in run.items for at in (item.started_at, item.ended_at) if at is not None]
    return max(times, default=None)
