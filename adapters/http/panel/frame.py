"""What every page of somebody logged in stands in: the menu, the company's name and zone, the form token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from adapters.http.panel.pages import Pages, theme_of
from application.access.caller import Caller
from application.companies.ports import Profiles
from application.conversations.list_talks import CountWaiting
from application.shared.ports import Clock
from domain.access.role import Permission

FLASH: Final = "recado"
LONGEST_FLASH: Final = 200
Asked = Request[Any, Any, Any]


class Entry(NamedTuple):
    """A line of the menu, for whoever holds the permission; primary ones also stand in a telephone's bar."""

    key: str
    label: str
    href: str
    icon: str
    permission: Permission
    primary: bool = True


MENU: Final = (
    Entry("home", "Início", "/painel", "home", Permission.HOME_READ),
    Entry("talks", "Conversas", "/painel/conversas", "talks", Permission.CONVERSATIONS_READ),
    Entry("dead_letters", "Falhas", "/painel/falhas", "alert", Permission.DEAD_LETTERS_READ),
    Entry("assistant", "Secretária", "/painel/config", "sliders", Permission.ASSISTANT_READ),
)


@dataclass(frozen=True, slots=True)
class Frame:
    pages: Pages
    profiles: Profiles
    waiting: CountWaiting
    clock: Clock

    async def page(
        self, request: Asked, caller: Caller, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> Response[str]:
        """A whole page. A message left by the request before is shown once."""
        flash = request.cookies.get(FLASH, "")[:LONGEST_FLASH]
        around = await self.around(request, caller)
        around |= {"flash": FLASHES.get(flash), "theme": theme_of(request)}
        around |= {"menu": [entry for entry in MENU if entry.permission in caller.permissions]}
        around |= {"waiting": await self.waiting(caller.own_company)}
        answer = self.pages.answer(template, around | dict(context), status=status)
        if flash:
            answer.delete_cookie(FLASH, path="/painel")
        return answer

    async def part(
        self, request: Asked, caller: Caller, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> Response[str]:
        """A piece of a page, for HTMX."""
        around = await self.around(request, caller)
        return self.pages.answer(template, around | dict(context), status=status)

    async def around(self, request: Asked, caller: Caller) -> dict[str, object]:
        profile = await self.profiles.of(caller.own_company)
        return {
            "me": caller,
            "company": profile.name,
            "zone": profile.zone,
            "now": self.clock(),
            "csrf": request.app.state.access.csrf.token(caller.session or ""),
            "may_attend": Permission.CONVERSATIONS_ATTEND in caller.permissions,
        }


FLASHES: Final[Mapping[str, str]] = {
    "assumida": "A conversa é sua. A secretária fica em silêncio.",
    "devolvida": "Devolvida: a secretária responde as próximas mensagens.",
    "anotada": "Nota guardada. O cliente não vê.",
    "enviada": "Resposta a caminho.",
    "resumida": "Resumo pronto.",
    "repetida": "Pedimos uma nova tentativa.",
    "descartada": "Falha descartada.",
    "nenhuma": "Marque ao menos uma que ainda esteja na lista.",
    "salva": "Publicado: vale para as próximas mensagens.",
    "restaurada": "A versão escolhida voltou a valer.",
}
"""By key, so that a cookie somebody else may have set can only choose among our own sentences."""


def back_to(href: str, flash: str) -> Redirect:
    """After a plain form: the page again, with a word about what happened."""
    cookie = Cookie(FLASH, value=quote(flash), max_age=60, path="/painel", httponly=True, samesite="lax")
    return Redirect(href, status_code=303, cookies=[cookie])
