"""Plans, use and bills in the words of the panel, and use as bars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from adapters.http.panel.words import number, reais
from application.billing.read import UsageReport
from domain.billing.bill import Kind
from domain.billing.money import whole_cents
from domain.billing.projection import projected
from domain.billing.subscription import State

STATES: Final = {
    State.TRIAL: ("em teste", "person"),
    State.ACTIVE: ("ativo", "good"),
    State.PAST_DUE: ("pagamento atrasado", "bad"),
    State.CANCELLED: ("cancelado", ""),
    State.ENDED: ("encerrado", ""),
}
INVOICES: Final = {
    "open": ("em aberto", "wait"),
    "paid": ("paga", "good"),
    "refunded": ("devolvida", ""),
    "void": ("sem efeito", ""),
}
KINDS: Final = {Kind.CYCLE: "Mensalidade", Kind.CHANGE: "Mudança de plano"}
CONTACTS: Final = "Um dos e-mails não está completo, ou são mais de 20. Escreva um por linha."
ADDRESS: Final = "Escreva um endereço como https://sistema.exemplo.com.br/eventos."


class Bar(NamedTuple):
    """`share` is of a hundred, and may pass it; None where there is no limit."""

    label: str
    used: str
    limit: str | None
    share: int | None
    end: str | None


def bars(usage: UsageReport, now: datetime) -> list[Bar]:
    return [_bar(label, used, limit, usage, now) for label, used, limit in _figures(usage)]


def _figures(usage: UsageReport) -> Iterator[tuple[str, int, int | None]]:
    used, of = usage.used, usage.plan.allowance if usage.plan else None
    yield "Mensagens", used.messages, of.messages if of else None
    yield "Tokens da IA", used.tokens, of.tokens if of else None
    yield "Custo da IA", used.cost, of.cost if of else None


def _bar(label: str, used: int, limit: int | None, usage: UsageReport, now: datetime) -> Bar:
    show = (lambda amount: reais(whole_cents(amount))) if label.startswith("Custo") else number
    end = projected(used, usage.cycle, now)
    return Bar(
        label,
        show(used),
        None if limit is None else show(limit),
        None if limit is None else used * 100 // limit,
        None if end is None else show(end),
    )
