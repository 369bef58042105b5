"""Whoever telephones is looked for by name: what they have ahead of them stands first, then what is past, the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from adapters.http.panel.agenda_look import MOST_FOUND
from adapters.http.panel.agenda_words import DAYS
from application.agenda.read_board import Board
from application.agenda.work import AppointmentView

AHEAD: Final = "De hoje em diante"
PAST: Final = "Antes de hoje"


@dataclass(frozen=True, slots=True)
class FoundDay:
    day: date
    name: str
    views: Sequence[AppointmentView]


@dataclass(frozen=True, slots=True)
class Found:
    """`cut`: there are more than stand here."""

    parts: Sequence[tuple[str, Sequence[FoundDay]]]
    cut: bool


def found_in(board: Board, today: date) -> Found:
    def day(view: AppointmentView) -> date:
        return view.appointment.slot.starts.astimezone(board.house.zone).date()

    def by_day(views: Sequence[AppointmentView]) -> Iterator[FoundDay]:
        for each, group in groupby(views, day):
            yield FoundDay(each, DAYS[each.weekday()], sorted(group, key=lambda view: view.appointment.slot.starts))

    ahead = [view for view in board.appointments if day(view) >= today]
    past = [view for view in board.appointments if day(view) < today]
    parts = [(title, list(by_day(views[:MOST_FOUND]))) for title, views in ((AHEAD, ahead), (PAST, past)) if views]
    return Found(parts, max(len(ahead), len(past)) > MOST_FOUND)
