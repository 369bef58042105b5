"""What the home page says of money: the cycle's cost in reais, where it is heading, and how full the plan is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from adapters.http.panel.plan_words import Bar, bars
from adapters.http.panel.words import reais
from application.billing.read import UsageReport
from domain.billing.cycle import day_of
from domain.billing.money import whole_cents
from domain.billing.plan import Overage
from domain.billing.projection import projected
from domain.quotas.allowance import Use


class Money(NamedTuple):
    """`costs`: each day of the cycle so far; `told`: the highest threshold reached in it, with its `warning`.

    `overdue`: a bill was not paid in time.
    """

    title: str
    bars: Sequence[Bar]
    cost: str
    cost_note: str
    costs: Sequence[int]
    told: int
    warning: str
    overdue: bool


def money_of(usage: UsageReport, now: datetime) -> Money:
    cycle, by_day = usage.cycle, dict(usage.days)
    today = day_of(now, cycle.zone)
    days = [cycle.first + timedelta(days=each) for each in range(max(0, (today - cycle.first).days) + 1)]
    end = projected(usage.used.cost, cycle, now)
    ending = "previsão a partir do segundo dia" if end is None else f"previsão no fim: {_cents(end)}"
    return Money(
        title=f"{'Plano ' + usage.plan.name if usage.plan else 'Uso'}, de {cycle.first:%d/%m} a {cycle.last:%d/%m}",
        bars=bars(usage, now),
        cost=_cents(usage.used.cost),
        cost_note=f"hoje {_cents(by_day.get(today, Use()).cost)} · {ending}",
        costs=[by_day.get(day, Use()).cost for day in days],
        told=usage.told,
        warning=_warning(usage),
        overdue=usage.overdue,
    )


def _warning(usage: UsageReport) -> str:
    if usage.told < 100:
        return f"Seu plano chegou a {usage.told} % do uso deste ciclo."
    if usage.plan is not None and usage.plan.overage is Overage.CHARGE:
        return "O uso incluído no plano acabou: cada mensagem a mais é cobrada até o fim do ciclo."
    return "O plano deste ciclo foi todo usado: a equipe responde até o próximo ciclo ou um plano maior."


def _cents(amount: int) -> str:
    return reais(whole_cents(amount))
