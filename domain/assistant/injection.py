"""A first look at what a contact wrote: is it talking to us, or giving our assistant orders?

This is no gate. What holds is that the model sees this contact's data only and may act for this contact only; the filter
keeps the plain attempts from costing money and makes them visible. So it prefers letting an attempt through to
offending a customer: a rule needs a command and its object close together, in one sentence.

Every rule is two searches, the second over a bounded stretch: linear in the text, whatever is sent.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.assistant.orders import ALONE, COMPACT, FORGED, PAIRS, Pair
from domain.assistant.plain import plain, rejoined, undisguised

LONGEST: Final = 100_000
"""More than WhatsApp carries (65,536 characters); what is cut here the model does not see either."""

COURTESY: Final = re.compile(r",? ?\b(?:por favor|por gentileza|pfv?|please)\b ?,?")
SENTENCE_END: Final = re.compile(r"[.!?;\n](?=\s|$)|\n")
CODED: Final = re.compile(r"(?<![\w/+=])[A-Za-z0-9+/]{24,2000}={0,2}(?![\w/+=])")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`reason` is a short fixed word: it labels a metric and may be logged, the text may not."""

    reason: str


def suspect(text: str) -> Suspicion | None:
    """Why this text looks like orders to the assistant, or None. Also fit for names, captions and quoted lines."""
    text = text[:LONGEST]
    for reading in _readings(text):
        reason = _forged(reading) or _commanded(reading)
        if reason:
            return Suspicion(reason)
    return None


def _readings(text: str) -> Iterator[str]:
    """The text as it stands, then without its disguises, each only where it differs."""
    as_is = plain(text)
    yield as_is
    bared = undisguised(plain(rejoined(text)))
    if bared != as_is:
        yield bared
    for coded in CODED.finditer(text):
        hidden = _decoded(coded[0])
        if hidden:
            yield plain(hidden)


def _forged(text: str) -> str | None:
    """Marks of a voice that is not the contact's, and code: they count wherever they stand."""
    return next((reason for reason, pattern in (*FORGED, *COMPACT) if pattern.search(text)), None)


def _commanded(text: str) -> str | None:
    text = COURTESY.sub(" ", text)
    for reason, pattern in ALONE:
        if pattern.search(text):
            return reason
    return next((pair.reason for pair in PAIRS if _close_together(pair, text)), None)


def _close_together(pair: Pair, text: str) -> bool:
    for command in pair.command.finditer(text):
        reach = text[command.end() : command.end() + pair.within]
        end = SENTENCE_END.search(reach)
        if pair.object.search(reach[: end.start()] if end else reach):
            return True
    return False


def _decoded(text: str) -> str | None:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
