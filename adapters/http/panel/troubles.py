"""Refusals and bugs as a page a person can use, or as a word in the corner where only a part was asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from litestar import Request, Response, get
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from adapters.http.access import requires
from adapters.http.entrance import PANEL, to_the_entrance
from adapters.http.errors import STATUS
from adapters.http.panel.pages import Pages, by_htmx, theme_of
from adapters.http.panel.texts import SOME_TROUBLE, told
from adapters.http.problems import SLUGS
from adapters.telemetry.log import correlation_id, note
from application.access.caller import Caller, NotPermitted
from domain.shared.errors import NotFound, SecretariaError, Unauthenticated

Asked = Request[Any, Any, Any]
HEADINGS: Final[Mapping[int, str]] = {
    401: "Entre para continuar",
    403: "Sem permissão",
    404: "Não encontramos esta página",
    405: "Isto não funciona assim",
    409: "Não foi possível",
    413: "É grande demais",
    422: "Algo não está certo",
    429: "Devagar, por favor",
    503: "Fora do ar por um instante",
}
ADVICE: Final[Mapping[int, str]] = {
    404: "O endereço pode ter mudado, ou o que estava aqui já não existe.",
    405: "Volte e use os botões da página.",
    413: "O que foi enviado passa do tamanho aceito aqui.",
    422: "Um dos valores enviados não tem o formato esperado.",
    429: "Foram muitos pedidos em pouco tempo. Espere um minuto e tente de novo.",
}
OPERATORS_HOME: Final = "/painel/empresas"
BROKEN: Final = "Algo quebrou do nosso lado"


@dataclass(frozen=True, slots=True)
class Troubles:
    pages: Pages

    @property
    def handlers(self) -> ExceptionHandlersMap:
        return {SecretariaError: self.of_ours, HTTPException: self.of_litestar, Exception: self.of_a_bug}

    def of_ours(self, request: Asked, error: SecretariaError) -> Response[Any]:
        status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
        if status >= 500:
            note(outcome=SLUGS[status], level="error" if status == 500 else "warning", exception=error)
        else:
            note(outcome=SLUGS[status], reason=str(error))
        if isinstance(error, Unauthenticated):
            # a stream is told by its status; the page it belongs to asks for the form itself
            return to_the_entrance(request) or Response(b"", status_code=status)
        if isinstance(error, NotPermitted) and _asks_for_home(request):
            return Redirect(OPERATORS_HOME, status_code=303)
        return self._answer(request, status, told(error))

    def of_litestar(self, request: Asked, error: HTTPException) -> Response[str]:
        if error.status_code >= 500:
            return self.of_a_bug(request, error)
        # a value in the address or a form that no page of ours sends
        status = 422 if error.status_code == 400 else error.status_code
        note(outcome=SLUGS.get(status, "refused"))
        return self._answer(request, status, ADVICE.get(status, SOME_TROUBLE))

    def of_a_bug(self, request: Asked, error: Exception) -> Response[str]:
        note(outcome="crashed", level="error", exception=error)
        return self._answer(request, 500, f"{SOME_TROUBLE} Já anotamos o que aconteceu.")

    def _answer(self, request: Asked, status: int, advice: str) -> Response[str]:
        if by_htmx(request):
            return toast(advice, status=status, bad=True)
        context = {
            "heading": HEADINGS.get(status, BROKEN),
            "advice": advice,
            "correlation": correlation_id(),
            "theme": theme_of(request),
        }
        return self.pages.answer("trouble.html", context, status=status)


def _asks_for_home(request: Asked) -> bool:
    """Of a company, in a browser of somebody who belongs to none: every way home leads to /painel, whoever goes it."""
    caller = request.scope.get("user")
    in_a_browser = "text/html" in request.headers.get("accept", "")
    return in_a_browser and request.url.path == PANEL and isinstance(caller, Caller) and caller.company is None


class NoSuchPage(NotFound):
    """Nothing of the panel lies at that address."""


@get("/painel/{rest:path}", guards=[requires()], include_in_schema=False)
async def nowhere() -> None:
    """What no page answers is answered as a page."""
    raise NoSuchPage("no such page")


@get("/", include_in_schema=False)
async def front() -> Redirect:
    """Whoever types the bare address of the house wants the panel."""
    return Redirect(PANEL, status_code=303)


STRAYS: Final = (front, nowhere)


def toast(text: str, *, status: int = 200, bad: bool = False, leads: tuple[str, str] | None = None) -> Response[str]:
    """Nothing is swapped; a word in the corner says what happened. `leads`: an address to go on to, and its words."""
    # a header holds no letters with accents; JSON says them in ASCII
    said: dict[str, object] = {"texto": text, "tipo": "bad" if bad else ""}
    if leads is not None:
        said["leva"] = dict(zip(("href", "texto"), leads, strict=True))
    event = json.dumps({"recado": said}, ensure_ascii=True)
    return Response("", status_code=status, headers={"HX-Trigger": event, "HX-Reswap": "none"})
