"""A Cal.com as it is typed into the panel: the key, where it is, and which event type stands for which service of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from adapters.http.calendar_settings import CAL_COM, base_of
from adapters.http.panel.agenda_look import number_of
from application.agenda.connect_calendar import CalendarOrder
from application.agenda.connections import EventTypeOf
from domain.agenda.people import Professional, Service
from domain.shared.errors import Invalid

KEY: Final = "Cole a chave de API do Cal.com: ela começa com cal_."
ADDRESS: Final = "Escreva o endereço da API, como https://api.cal.com. Sem “s”, só para uma máquina da sua rede."
NUMBER: Final = "Escreva só o número do tipo de evento."
NOBODY: Final = "Escreva o número de ao menos um tipo de evento."
LARGEST: Final = 2**53


@dataclass(frozen=True, slots=True)
class Pair:
    """A service of one professional: what an event type over there stands for."""

    service: Service
    professional: Professional

    @property
    def field(self) -> str:
        return f"tipo-{self.service.id}-{self.professional.id}"

    @property
    def flexible(self) -> str:
        return f"varia-{self.service.id}-{self.professional.id}"


@dataclass(slots=True)
class Typed:
    """`problems`: by field, in words for the person. The key is never shown again."""

    said: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.said.get(name, "").strip()


def pairs_of(services: Sequence[Service], people: Sequence[Professional]) -> list[Pair]:
    return [
        Pair(service, one)
        for service in services
        for one in people
        if service.active and one.active and service.done_by(one.id)
    ]


def typed_from(base_url: str, event_types: Sequence[EventTypeOf], pairs: Sequence[Pair]) -> Typed:
    known = {(one.service, one.professional): one for one in event_types}
    said = {"endereco": base_url}
    for pair in pairs:
        if (one := known.get((pair.service.id, pair.professional.id))) is not None:
            said |= {pair.field: str(one.number), pair.flexible: "sim" if one.flexible else ""}
    return Typed(said)


def order_from(typed: Typed, pairs: Sequence[Pair]) -> CalendarOrder | None:
    """None where something is wrong; `typed` then says what."""
    key, address = typed.get("chave"), typed.get("endereco") or CAL_COM
    if not (8 <= len(key) <= 200 and key.isascii() and key.isprintable()):
        typed.problems["chave"] = KEY
    try:
        base_of(address)
    except Invalid:
        typed.problems["endereco"] = ADDRESS
    kinds = [one for pair in pairs if (one := _kind(typed, pair)) is not None]
    if not kinds and not typed.problems:
        typed.problems["tipos"] = NOBODY
    return None if typed.problems else CalendarOrder(address, key, kinds)


def _kind(typed: Typed, pair: Pair) -> EventTypeOf | None:
    said = typed.get(pair.field)
    if not said:
        return None
    number = number_of(said)
    if number is None or number >= LARGEST:
        typed.problems[pair.field] = NUMBER
        return None
    return EventTypeOf(pair.service.id, pair.professional.id, number, typed.get(pair.flexible) == "sim")
