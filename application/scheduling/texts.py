"""What is asked when a wish can be taken in more than one way, or in none."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from domain.scheduling.wish import Doubt, Grain, Reading, Window, Wish

WHICH: Final = "Só para eu não errar: você quer dizer {choices}?"
IMPOSSIBLE: Final = (
    "Não encontrei esse dia ou horário no calendário. Pode me dizer de novo qual dia e hora você prefere?"
)
VAGUE: Final = "Qual dia e horário ficam melhores para você?"
WEEKDAYS: Final = ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo")
SHOWN: Final = 2
"""Windows told of a reading: enough to recognise it by."""


def question(wish: Wish) -> str:
    """The question that settles the wish; empty where nothing is doubtful."""
    if wish.doubt is None:
        return ""
    if wish.doubt is Doubt.WHICH:
        return WHICH.format(choices=_either([_reading(reading) for reading in wish.readings]))
    return IMPOSSIBLE if wish.doubt is Doubt.IMPOSSIBLE else VAGUE


def _either(choices: list[str]) -> str:
    return f"{', '.join(choices[:-1])} ou {choices[-1]}"


def _reading(reading: Reading) -> str:
    more = " e assim por diante" if len(reading.windows) > SHOWN else ""
    return " e ".join(map(told, reading.windows[:SHOWN])) + more


def told(window: Window) -> str:
    """The window as one says it: "sexta-feira, 20/11, às 15h"."""
    if window.instant:
        return f"{_day(window.start)} {at_hour(window.start)}"
    last = window.end - timedelta(microseconds=1)
    if window.open_end:
        return f"a partir de {_day(window.start)}"
    if window.grain is Grain.PART:
        return f"{_day(window.start)}, das {_clock(window.start)} {_until(window)}"
    over = f", {_until(window)}" if window.end.time() != time() else ""
    if window.start.date() == last.date():
        return _day(window.start) + over
    return f"de {window.start:%d/%m} a {last:%d/%m}{over}"


def _until(window: Window) -> str:
    if window.end.time() == time():
        return "até meia-noite"
    over_night = window.grain is Grain.PART and window.end.date() > window.start.date()
    return f"até {_clock(window.end)}" + (" do dia seguinte" if over_night else "")


def _day(moment: datetime) -> str:
    return f"{WEEKDAYS[moment.weekday()]}, {moment:%d/%m}"


def at_hour(moment: datetime) -> str:
    """às 15h, às 9h30, ao meio-dia, à 1h da madrugada"""
    if moment.hour == 0 and moment.minute == 0:
        return "à meia-noite"
    article = "à" if moment.hour == 1 else "ao" if (moment.hour, moment.minute) == (12, 0) else "às"
    clock = "meio-dia" if (moment.hour, moment.minute) == (12, 0) else _clock(moment)
    return f"{article} {clock}" + (" da madrugada" if moment.hour < 5 else " da manhã" if moment.hour < 7 else "")


def _clock(moment: datetime) -> str:
    return f"{moment.hour}h{moment.minute:02d}" if moment.minute else f"{moment.hour}h"
