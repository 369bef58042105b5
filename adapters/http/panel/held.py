"""Replies the claim gate held: what the assistant wanted to say, why it could not, and what the client read instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.frame import Asked, Frame
from application.agenda.chat.read_held import MOST, ReadHeld
from domain.access.role import Permission
from domain.agenda.verdicts import Why

WHY: Final[Mapping[str, str]] = {
    Why.NOTHING_BOOKED: "Falava de um agendamento que não existe.",
    Why.ANOTHER_TIME: "Dizia outro dia ou outra hora, não os do agendamento.",
    Why.ANOTHER_NAME: "Dizia outro serviço ou outro profissional, não os daquele horário.",
    Why.STILL_BOOKED: "Dizia que não há nada marcado, e há.",
    Why.NOT_CONFIRMED: "Dizia que a presença foi confirmada, e ela não foi.",
    Why.NOT_MOVED: "Dizia que o horário mudou, e ele não mudou.",
    Why.NOT_CANCELLED: "Dizia que cancelou, e o agendamento continua de pé.",
    Why.NOT_OFFERED: "Oferecia um horário que a agenda não disse estar livre.",
    Why.NOT_WAITING: "Dizia que a pessoa está na lista de espera, e ela não está.",
    Why.STILL_WAITING: "Dizia que a pessoa saiu da lista de espera, e ela continua nela.",
}


@dataclass(frozen=True, slots=True)
class HeldPages:
    frame: Frame
    read: ReadHeld


def held_handler(pages: HeldPages) -> HTTPRouteHandler:
    @get("/painel/conversas/barradas", guards=[requires(Permission.CONVERSATIONS_READ)], include_in_schema=False)
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        context = {"active": "talks", "held": await pages.read(caller.own_company), "why": WHY, "most": MOST}
        return await pages.frame.page(request, caller, "talks/held.html", context)

    return show
