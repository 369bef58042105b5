"""Understanding when somebody would like to come, and what to ask where their words leave a doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo

from application.scheduling.texts import question
from domain.scheduling.understanding import read_wish
from domain.scheduling.wish import Holidays, Window, Wish

Possible = Callable[[Window], bool]
"""Whether an appointment could start in a window at all: the company's opening hours know."""


def anything(_window: Window) -> bool:
    return True


def understand(text: str, reference: datetime, zone: tzinfo, holidays: Holidays, possible: Possible = anything) -> Wish:
    """What a text in Brazilian Portuguese says about when, written at `reference` by somebody in `zone`.

    The wish holds windows [start, end) in that zone, what is excluded, and the readings with a question in Portuguese
    where the words can be taken in more than one way. Readings that are not `possible` are not asked about. Any text
    is read, whatever it holds; Invalid is raised for a reference without a zone.
    """
    wish = read_wish(text, reference, zone, holidays).settled_by(possible)
    return replace(wish, question=question(wish))
