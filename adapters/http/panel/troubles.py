"""Refusals and bugs as a page a person can use, or as a word in the corner where only a part was asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from adapters.http.errors import STATUS
from adapters.http.panel.pages import Pages, by_htmx, theme_of
from adapters.http.panel.texts import SOME_TROUBLE, told
from adapters.http.problems import SLUGS
from adapters.telemetry.log import correlation_id, note
from domain.shared.errors import SecretariaError, Unauthenticated

Asked = Request[Any, Any, Any]
DOOR: Final = "/painel/entrar"
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
BROKEN: Final = "Algo quebrou do nosso lado"


def troubles(pages: Pages) -> ExceptionHandlersMap:
    def of_ours(request: Asked, error: SecretariaError) -> Response[str]:
        status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
        if status >= 500:
            note(outcome=SLUGS[status], level="error" if status == 500 else "warning", exception=error)
        else:
            note(outcome=SLUGS[status], reason=str(error))
        if isinstance(error, Unauthenticated):
            return _to_the_door(request)
        return _answer(request, status, told(error))

    def of_litestar(request: Asked, error: HTTPException) -> Response[str]:
        if error.status_code >= 500:
            return of_a_bug(request, error)
        # a value in the address or a form that no page of ours sends
        status = 422 if error.status_code == 400 else error.status_code
        note(outcome=SLUGS.get(status, "refused"))
        return _answer(request, status, ADVICE.get(status, SOME_TROUBLE))

    def of_a_bug(request: Asked, error: Exception) -> Response[str]:
        note(outcome="crashed", level="error", exception=error)
        return _answer(request, 500, SOME_TROUBLE + " Já anotamos o que aconteceu.")

    def _answer(request: Asked, status: int, advice: str) -> Response[str]:
        if by_htmx(request):
            return toast(advice, status=status, bad=True)
        context = {
            "heading": HEADINGS.get(status, BROKEN),
            "advice": advice,
            "correlation": correlation_id(),
            "theme": theme_of(request),
        }
        return pages.answer("trouble.html", context, status=status)

    return {SecretariaError: of_ours, HTTPException: of_litestar, Exception: of_a_bug}


def _to_the_door(request: Asked) -> Response[str]:
    if by_htmx(request):
        return Response("", status_code=401, headers={"HX-Redirect": DOOR})
    if request.method == "GET" and "text/event-stream" in request.headers.get("accept", ""):
        return Response("", status_code=401)
    return Response("", status_code=303, headers={"Location": DOOR, "Cache-Control": "no-store"})


def toast(text: str, *, status: int = 200, bad: bool = False) -> Response[str]:
    """Nothing is swapped; a word in the corner says what happened."""
    # a header holds no letters with accents; JSON says them in ASCII
    event = json.dumps({"recado": {"texto": text, "tipo": "bad" if bad else ""}}, ensure_ascii=True)
    return Response("", status_code=status, headers={"HX-Trigger": event, "HX-Reswap": "none"})
