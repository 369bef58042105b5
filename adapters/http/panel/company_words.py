"""States of companies in the words of the panel, what they used as bars, and what may be done to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from adapters.http.panel.words import number, reais
from application.companies.register import CompanyView
from domain.billing.money import whole_cents
from domain.companies.company import State
from domain.provisioning.pools import OWN, SHARED

STATES: Final = {
    State.OPENING: ("abrindo", "wait"),
    State.ACTIVE: ("ativa", "good"),
    State.SUSPENDED: ("suspensa", "bad"),
    State.CLOSING: ("fechando", "wait"),
    State.CLOSED: ("fechada", ""),
}


class Bar(NamedTuple):
    """`share` is of a hundred, and may pass it; None where there is no limit."""

    label: str
    used: str
    limit: str | None
    share: int | None


def pool(name: str) -> str:
    """Where a company's work is done; a name that somebody chose stays as it is."""
    if OWN.fullmatch(name):
        return "só desta empresa"
    return "compartilhado" if name == SHARED else name


def bars(one: CompanyView) -> list[Bar]:
    used, of = one.used, one.allowance
    return [
        _bar("Mensagens", used.messages, of.messages, number),
        _bar("Tokens da IA", used.tokens, of.tokens, number),
        _bar("Custo da IA", used.cost, of.cost, lambda specks: reais(whole_cents(specks))),
    ]


def deeds(one: CompanyView) -> Sequence[str]:
    """What its page offers, by the last word of each address."""
    match one.state:
        case State.ACTIVE:
            return ("suspender", "grupo", "fechar")
        case State.SUSPENDED if one.closes_at is not None:
            return ("retomar", "exportar", "grupo")
        case State.SUSPENDED:
            return ("retomar", "grupo", "fechar")
    return ()


def _bar(label: str, used: int, limit: int | None, show: Callable[[int], str]) -> Bar:
    share = None if limit is None else used * 100 // limit
    return Bar(label, show(used), None if limit is None else show(limit), share)
