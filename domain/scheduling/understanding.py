"""Portuguese words about when, understood: every reading that is left, or the reason why it must be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from domain.scheduling.clauses import Clause, Sentence, sentence
from domain.scheduling.counting import FIRST_YEAR, LAST_YEAR, Span
from domain.scheduling.grammar import Context, Node
from domain.scheduling.joining import joined
from domain.scheduling.placing import excluded, readings
from domain.scheduling.scanning import scanned
from domain.scheduling.spelling import spelled
from domain.scheduling.wish import HORIZON, Doubt, Holidays, Wish
from domain.shared.errors import Invalid

MARGIN = 30
"""Years: room to look ahead and back without leaving the calendar."""


def read_wish(text: str, reference: datetime, zone: tzinfo, holidays: Holidays, *, every: bool = False) -> Wish:
    """What the text says about when, if it was written at `reference` by somebody in `zone`.

    `every`: every time it tells, also what is given up, was, or is for writing again.

    Raises Invalid for a reference without a zone, or centuries away; never for a text.
    """
    if reference.utcoffset() is None or not FIRST_YEAR + MARGIN < reference.year < LAST_YEAR - MARGIN:
        raise Invalid("the reference needs a zone and a year of our time", field="reference")
    context = Context(reference.astimezone(zone).replace(second=0, microsecond=0), holidays, every)
    nodes = scanned(spelled(text), context)
    found = sentence(joined(nodes, context))
    if found.impossible:
        return Wish(doubt=Doubt.IMPOSSIBLE, soonest=found.soonest)
    if found.vague and not found.clauses:
        return Wish(doubt=Doubt.VAGUE, soonest=found.soonest)
    wish = _wish(_with_days(found, context), context)
    return _or_else(wish, nodes, context) if any(node.otherwise for node in nodes) else wish


def _or_else(wish: Wish, nodes: list[Node], context: Context) -> Wish:
    """Both ways to take it, where no neighbour settled which."""
    other = _wish(sentence(joined([node.otherwise or node for node in nodes], context)), context)
    told = tuple(dict.fromkeys((*wish.readings, *other.readings)))
    return replace(wish, readings=told, doubt=Doubt.WHICH if len(told) > 1 else None)


def _with_days(found: Sentence, context: Context) -> Sentence:
    """Where only what does not suit was said, everything else does."""
    if found.clauses or not found.excluded:
        return found
    whole = Span(context.today, context.today + timedelta(days=HORIZON.days), open_end=True, from_now=True)
    return replace(found, clauses=(Clause(days=((whole,),)),))


def _wish(found: Sentence, context: Context) -> Wish:
    told = readings(found, context)[: 1 if found.past else None]
    return Wish(
        readings=told,
        excluded=excluded(found, told, context),
        doubt=Doubt.WHICH if len(told) > 1 else None,
        day_named=any(clause.days for clause in found.clauses) or not found.clauses,
        recurring=any(clause.recurring for clause in found.clauses),
        soonest=found.soonest,
        duration=found.length,
        past=found.past,
    )
