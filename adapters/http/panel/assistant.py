"""How the secretary speaks, when and whom it answers: edited with a preview, published in versions, rolled back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, Router, get, post
from litestar.params import PathParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.assistant_form import DAY_FIELDS, Typed
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.texts import told
from application.access.caller import Caller
from application.assistant.preview import Preview
from application.assistant.settings import AssistantSettings, ChangedMeanwhile, InForce
from application.quotas.meter import OutOfQuota
from domain.access.role import Permission
from domain.assistant.week_words import DAYS
from domain.handoff.entry import Attendant, NothingTyped, Said, TooLong

PAGE: Final = "/painel/config"
LONGEST_ID: Final = 2**63 - 1
LONGEST_QUESTION: Final = 1_000
QUESTION: Final = "Oi! Vocês atendem no sábado? Quanto custa?"
CHANGED: Final = (
    "Outra pessoa publicou mudanças depois que você abriu esta página."
    " Seu texto continua aqui: confira e publique de novo."
)
CHECK: Final = "Alguns campos precisam de atenção antes de publicar."


@dataclass(frozen=True, slots=True)
class AssistantPages:
    frame: Frame
    settings: AssistantSettings
    preview: Preview

    async def form(
        self, request: Asked, caller: Caller, typed: Typed, now: InForce, problem: str | None = None
    ) -> Response[str]:
        context = {
            "active": "assistant",
            "typed": typed.values,
            "asked": typed.asked,
            "problems": typed.problems,
            "problem": problem,
            "version": now.version,
            "history": now.history,
            "days": list(zip(DAY_FIELDS, DAYS, strict=True)),
            "question": QUESTION,
            "may_write": Permission.ASSISTANT_WRITE in caller.permissions,
        }
        return await self.frame.page(request, caller, "assistant/form.html", context, status=422 if problem else 200)

    async def example(self, request: Asked, caller: Caller) -> Response[str]:
        form = await request.form()
        typed = Typed.of_form(form)
        persona = typed.read()
        asked = form.get("pergunta")
        try:
            said = Said.typed(asked if isinstance(asked, str) else "", field="pergunta", most=LONGEST_QUESTION)
        except (NothingTyped, TooLong):
            said = None
        context: dict[str, object] = {"said": said, "tried": None, "problems": typed.problems, "refusal": None}
        if persona is not None and said is not None:
            try:
                context["tried"] = await self.preview(caller.own_company, persona, said.text)
            except OutOfQuota as error:
                context["refusal"] = told(error)
        return await self.frame.part(request, caller, "assistant/_preview.html", context)


def assistant_router(pages: AssistantPages) -> Router:
    writing = [requires(Permission.ASSISTANT_WRITE)]

    @get("/", guards=[requires(Permission.ASSISTANT_READ)])
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        now = await pages.settings.in_force(caller.own_company)
        return await pages.form(request, caller, Typed.of_persona(now.persona), now)

    @post("/", guards=writing, status_code=303)
    async def publish(request: Asked, caller: CallerGiven) -> Response[Any]:
        form = await request.form()
        typed = Typed.of_form(form)
        now = await pages.settings.in_force(caller.own_company)
        persona = typed.read()
        if persona is None:
            return await pages.form(request, caller, typed, now, CHECK)
        try:
            await pages.settings.publish(caller.own_company, persona, _by(caller), seen=_number(form.get("versao")))
        except ChangedMeanwhile:
            return await pages.form(request, caller, typed, now, CHANGED)
        return back_to(PAGE, "salva")

    @post("/previa", guards=writing, status_code=200)
    async def preview(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.example(request, caller)

    @post("/versoes/{id:int}/restaurar", guards=writing, status_code=303)
    async def roll_back(caller: CallerGiven, id: Annotated[int, PathParameter(ge=1, le=LONGEST_ID)]) -> Response[Any]:
        await pages.settings.roll_back(caller.own_company, id, _by(caller))
        return back_to(PAGE, "restaurada")

    return Router(PAGE, route_handlers=[show, publish, preview, roll_back], include_in_schema=False)


def _by(caller: Caller) -> Attendant:
    return Attendant(caller.id, caller.name)


def _number(said: object) -> int:
    """What no page of ours sends is no version, and so never the one in force."""
    return int(said) if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 19 else -1
