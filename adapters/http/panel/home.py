"""The home page: the day at a glance, how full the plan is, and two weeks as pictures."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, Router, get

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.frame import Asked, Frame
from adapters.http.panel.money_words import Money, money_of
from adapters.http.panel.pictures import Picture, Series, drawn
from application.access.caller import Caller
from application.analytics.day_at_a_glance import DayAtAGlance, Glance
from application.billing.read import ReadUsage
from domain.access.role import Permission


@dataclass(frozen=True, slots=True)
class HomePages:
    frame: Frame
    glance: DayAtAGlance
    usage: ReadUsage

    async def money(self, caller: Caller) -> Money | None:
        """For those who may see what the company pays."""
        if Permission.BILLING_READ not in caller.permissions:
            return None
        return money_of(await self.usage(caller.own_company), self.frame.clock())


def home_router(pages: HomePages) -> Router:
    @get("/", guards=[requires(Permission.HOME_READ)])
    async def home(request: Asked, caller: CallerGiven) -> Response[str]:
        glance = await pages.glance(caller.own_company)
        context = {
            "active": "home",
            "glance": glance,
            "money": await pages.money(caller),
            "pictures": _pictures(glance),
            "quiet": _nothing_yet(glance),
        }
        return await pages.frame.page(request, caller, "home/home.html", context)

    return Router("/painel", route_handlers=[home], include_in_schema=False)


def _pictures(glance: Glance) -> dict[str, str]:
    labels = [day.day.strftime("%d/%m") for day in glance.days]
    answers = Picture(
        labels,
        [
            Series("Secretária", "--accent", _each(glance, "by_assistant")),
            Series("Equipe", "--person", _each(glance, "by_person")),
        ],
        stacked=True,
    )
    talks = Picture(labels, [Series("Conversas", "--accent", _each(glance, "conversations"))])
    return {name: drawn(picture) for name, picture in (("answers", answers), ("talks", talks))}


def _each(glance: Glance, figure: str) -> list[float]:
    return [float(getattr(day, figure)) for day in glance.days]


def _nothing_yet(glance: Glance) -> bool:
    return not any(day.received or day.by_assistant or day.by_person for day in glance.days)
