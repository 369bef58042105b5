"""What a person does in a conversation: take it, answer, note, have it summed up, give it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import uuid4

from litestar import Response, Router, post
from litestar.params import PathParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.conversations import LIST, LONGEST_ID, TalkPages
from adapters.http.panel.frame import Asked, back_to
from adapters.http.panel.pages import by_htmx
from adapters.http.panel.texts import told
from adapters.telemetry.log import correlation_id
from application.access.caller import Caller
from application.handoff.add_note import AddNote
from application.handoff.answer_as_person import AnswerAsPerson, PersonsAnswer
from application.handoff.give_back import GiveBack
from application.handoff.summarise import Summarise
from application.handoff.take_over import TakeOver
from domain.access.role import Permission
from domain.handoff.entry import Attendant, Said
from domain.shared.errors import Invalid
from domain.shared.ids import ConversationId

LONGEST_KEY: Final = 64
Id = Annotated[int, PathParameter(ge=1, le=LONGEST_ID)]


@dataclass(frozen=True, slots=True)
class HandoffPages:
    talks: TalkPages
    take_over: TakeOver
    give_back: GiveBack
    answer: AnswerAsPerson
    add_note: AddNote
    summarise: Summarise

    async def answered(self, request: Asked, caller: Caller, id: int, form: Mapping[str, str]) -> Response[Any]:
        try:
            said = Said.typed(form["texto"], field="texto")
        except Invalid as error:
            return await self.again(request, caller, id, form, error)
        words = PersonsAnswer(ConversationId(id), said, _attendant(caller), form["pedido"], correlation_id())
        await self.answer(caller.own_company, words)
        return await self.written(request, caller, id, "enviada")

    async def noted(self, request: Asked, caller: Caller, id: int, form: Mapping[str, str]) -> Response[Any]:
        try:
            said = Said.typed(form["texto"], field="texto")
        except Invalid as error:
            return await self.again(request, caller, id, form, error)
        await self.add_note(caller.own_company, ConversationId(id), said, _attendant(caller))
        return await self.written(request, caller, id, "anotada")

    async def done(self, request: Asked, caller: Caller, id: int, flash: str) -> Response[Any]:
        """The parts of the page that may have changed; a browser without scripts gets the whole page again."""
        if not by_htmx(request):
            return back_to(f"{LIST}/{id}", flash)
        return Response(await self._fresh(request, caller, id), media_type="text/html")

    async def written(self, request: Asked, caller: Caller, id: int, flash: str) -> Response[Any]:
        """As `done`, with an empty field to write the next thing in."""
        if not by_htmx(request):
            return back_to(f"{LIST}/{id}", flash)
        composer = await self._composer(request, caller, id, {})
        return Response(composer + await self._fresh(request, caller, id), media_type="text/html")

    async def again(
        self, request: Asked, caller: Caller, id: int, form: Mapping[str, str], error: Invalid
    ) -> Response[Any]:
        """What was typed stays, with what to change about it."""
        composing = {"typed": form["texto"], "problem": told(error), "request": form["pedido"]}
        if by_htmx(request):
            composer = await self._composer(request, caller, id, composing)
            return Response(composer, status_code=422, media_type="text/html")
        talk = await self.talks.read_timeline(caller.own_company, ConversationId(id))
        context = self.talks.talk_context(talk) | self.talks.composer(**composing)
        context["stream"] = f"{LIST}/{id}/ao-vivo"
        return await self.talks.frame.page(request, caller, "talks/show.html", context, status=422)

    async def _fresh(self, request: Asked, caller: Caller, id: int) -> str:
        talk = await self.talks.read_timeline(caller.own_company, ConversationId(id))
        return await self.talks.live_part(request, caller, talk)

    async def _composer(self, request: Asked, caller: Caller, id: int, composing: Mapping[str, str]) -> str:
        talk = await self.talks.read_timeline(caller.own_company, ConversationId(id))
        around = await self.talks.frame.around(request, caller)
        context = around | {"card": talk.card} | self.talks.composer(**composing)
        return self.talks.frame.pages.render("talks/_composer.html", context)


def handoff_router(pages: HandoffPages) -> Router:
    attending = [requires(Permission.CONVERSATIONS_ATTEND)]

    @post("/{id:int}/assumir", guards=attending, status_code=200)
    async def take_over(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        await pages.take_over(caller.own_company, ConversationId(id), _attendant(caller))
        return await pages.done(request, caller, id, "assumida")

    @post("/{id:int}/devolver", guards=attending, status_code=200)
    async def give_back(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        await pages.give_back(caller.own_company, ConversationId(id), _attendant(caller))
        return await pages.done(request, caller, id, "devolvida")

    @post("/{id:int}/responder", guards=attending, status_code=200)
    async def answer(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.answered(request, caller, id, await _typed(request))

    @post("/{id:int}/notas", guards=attending, status_code=200)
    async def note(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.noted(request, caller, id, await _typed(request))

    @post("/{id:int}/resumo", guards=attending, status_code=200)
    async def summarise(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        await pages.summarise(caller.own_company, ConversationId(id), _attendant(caller))
        return await pages.done(request, caller, id, "resumida")

    handlers = [take_over, give_back, answer, note, summarise]
    return Router(LIST, route_handlers=handlers, include_in_schema=False)


def _attendant(caller: Caller) -> Attendant:
    return Attendant(caller.id, caller.name)


async def _typed(request: Asked) -> dict[str, str]:
    """The two fields as text, whatever was sent in their place."""
    form = await request.form()
    texto, pedido = (form.get(name) for name in ("texto", "pedido"))
    return {
        "texto": texto if isinstance(texto, str) else "",
        "pedido": pedido[:LONGEST_KEY] if isinstance(pedido, str) and pedido.isalnum() else uuid4().hex,
    }
