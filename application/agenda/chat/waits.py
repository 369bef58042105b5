"""The waiting list in the chat: what somebody waits for, taken from their words and told in ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from application.agenda.chat.books import Books
from application.agenda.chat.ports import Visit
from application.agenda.chat.times import MOST_WINDOWS, TimeWanted, wish_of
from application.scheduling.texts import SHOWN, told
from domain.agenda.rules import TooFarAhead
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.scheduling.wish import Grain, Window, Wish

SOONEST: Final = "o quanto antes"
AN_INSTANT: Final = timedelta(minutes=1)
A_DAY: Final = timedelta(days=1)
WHENEVER: Final = "no primeiro horário que abrir"


def wait_for(visit: Visit, books: Books, wanted: TimeWanted) -> Wait:
    """The wish is settled: whoever is asked something back waits for nothing yet. Raises TooFarAhead."""
    wish = wish_of(visit, books, wanted)
    length, last = books.services[wanted.service].length, visit.now + books.ahead
    windows = _windows(wish, Slot(visit.now, last))
    if wish.windows and not windows:
        raise TooFarAhead("the agenda is not open so far ahead")
    within = Slot(windows[0].starts, max(each.ends for each in windows) + length) if windows else Slot(visit.now, last)
    return Wait(visit.contact, wanted.service, within, wanted.professional, windows=windows)


def _windows(wish: Wish, open_for: Slot) -> tuple[Slot, ...]:
    """In which a place may begin: who names an hour means that hour, unless it was only about then."""
    wished = [_slot(each) for each in wish.windows[:MOST_WINDOWS]] or ([open_for] if wish.excluded else [])
    left = [
        Slot(max(each.starts, open_for.starts), min(each.ends, open_for.ends))
        for each in wished
        if each.starts < open_for.ends and each.ends > open_for.starts
    ]
    for cut in wish.excluded:
        left = [piece for each in left for piece in _without(each, cut)]
    return tuple(sorted(left, key=lambda each: each.starts))


def _slot(window: Window) -> Slot:
    exact = window.instant and not window.about
    return Slot(window.start, window.start + AN_INSTANT if exact else window.end)


def _without(slot: Slot, cut: Window) -> list[Slot]:
    ends, starts = min(slot.ends, cut.start), max(slot.starts, cut.end)
    before = [Slot(slot.starts, ends)] if slot.starts < ends else []
    return before + ([Slot(starts, slot.ends)] if starts < slot.ends else [])


def waited(wait: Wait, visit: Visit, books: Books) -> str:
    """Limpeza com Dra. Marina, quinta-feira, 26/11, das 8h até 12h"""
    who = books.professionals.get(wait.professional) if wait.professional is not None else None
    what = books.services[wait.service].name + (f" com {who.name}" if who else "")
    return f"{what}, {_when(wait, visit)}"


def _when(wait: Wait, visit: Visit) -> str:
    if not wait.windows:
        return WHENEVER
    more = " e assim por diante" if len(wait.windows) > SHOWN else ""
    return " e ".join(told(_window(each, visit)) for each in wait.windows[:SHOWN]) + more


def _window(slot: Slot, visit: Visit) -> Window:
    starts, ends = slot.starts.astimezone(visit.zone), slot.ends.astimezone(visit.zone)
    if ends - starts <= AN_INSTANT:
        return Window(starts, ends, Grain.MINUTE)
    whole = starts.time() == ends.time() or ends - starts >= A_DAY
    return Window(starts, ends, Grain.DAY if whole else Grain.PART)
