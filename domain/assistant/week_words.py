"""A week of hours as people say it: equal days together, "segunda a sexta, 8h às 12h e 13h às 18h; sábado, 8h às 12h"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.assistant.attendance import MINUTES, Span

DAYS: Final = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
CLOSED: Final = "fechado"
A_RUN: Final = 3
"""So many days in a row are told by the first and the last."""

HOUR: Final = 60


def week_in_words(days: Sequence[Sequence[Span]]) -> str:
    """Monday first; days without hours come last."""
    hours = [tuple((span.opens, span.closes) for span in spans) for spans in days]
    open_ones = list(dict.fromkeys(each for each in hours if each))
    told = [(_days(hours, each), _spans(each)) for each in open_ones]
    if () in hours:
        told.append((_days(hours, ()), CLOSED))
    return "; ".join(f"{names}, {spans}" for names, spans in told)


def _days(hours: Sequence[tuple[tuple[int, int], ...]], wanted: tuple[tuple[int, int], ...]) -> str:
    """segunda a quarta e sexta"""
    runs: list[list[int]] = []
    for day in (day for day, each in enumerate(hours) if each == wanted):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return _listed([name for run in runs for name in _run(run)])


def _run(run: Sequence[int]) -> list[str]:
    if len(run) >= A_RUN:
        return [f"{DAYS[run[0]]} a {DAYS[run[-1]]}"]
    return [DAYS[day] for day in run]


def _spans(spans: Sequence[tuple[int, int]]) -> str:
    return _listed([_span(opens, closes) for opens, closes in spans])


def _span(opens: int, closes: int) -> str:
    return f"{_clock(opens)} {'à' if closes // HOUR == 1 else 'às'} {_clock(closes)}"


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, HOUR)
    return "24h" if minute == MINUTES else f"{hour}h{rest:02d}" if rest else f"{hour}h"


def _listed(told: Sequence[str]) -> str:
    return " e ".join((", ".join(told[:-1]), told[-1])) if len(told) > 1 else told[0]
