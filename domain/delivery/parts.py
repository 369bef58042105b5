"""A long text in a few messages, cut where a reader would pause: between paragraphs, then sentences, then words."""

from __future__ import annotations

import math
import re
from typing import Final

PAUSES: Final = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…;:])\s"), re.compile(r"\s"))
"""From the best place to cut to the worst."""

MARKED: Final = re.compile(r"(?<!\w)([*_~])(?=\S)(?:(?!\1)[^\n])*(?<=\S)\1(?!\w)")
"""*Bold*, _italic_ or ~struck~: cut inside, both messages would show the bare marks."""

SENTENCE: Final = re.compile(r"[.!?…](?=\s|$)|\n")
LEAST: Final = 0.4
"""A cut in the first two fifths leaves a message too short to be worth its better place."""

READABLE: Final = 600
"""Characters: about a screen of a phone. WhatsApp itself takes far more, and so does every Whaticket that we know."""

MOST: Final = 4
"""More messages in a row than this ring like an alarm."""

SURE: Final = 1 + (MOST - 1) * LEAST
"""How many times the longest message surely fits into `MOST` of them, each but the last cut as early as it may be."""


def as_typed(text: str) -> tuple[str, ...]:
    """The text in the few messages that a person would send. No word is lost: where all is too much, each is longer."""
    return in_parts(text, longest=max(READABLE, math.ceil(len(text) / SURE)), most=MOST)


def in_parts(text: str, *, longest: int, most: int) -> tuple[str, ...]:
    """At most `most` messages of at most `longest` characters; what does not fit is cut after a whole sentence."""
    parts: list[str] = []
    rest = text.strip()
    while rest and len(parts) < most - 1 and len(rest) > longest:
        at = _pause(rest, longest)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    if rest:
        parts.append(whole_sentences(rest, longest))
    return tuple(parts)


def whole_sentences(text: str, longest: int) -> str:
    """The text up to its last sentence that fits, or, where no sentence ends in time, up to a word and an ellipsis."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    ends = [end.end() for end in SENTENCE.finditer(head) if end.end() < longest or text[longest].isspace()]
    if ends and ends[-1] >= longest * LEAST:
        return head[: ends[-1]].rstrip()
    return f"{text[: _pause(text, longest - 1)].rstrip()}…"


def _pause(text: str, longest: int) -> int:
    """Where to cut, always within `longest`, and outside of what is marked where that can be."""
    marked = [found.span() for found in MARKED.finditer(text)]
    for spans in (marked, []):
        for pause in PAUSES:
            starts = [found.start() for found in pause.finditer(text, 0, longest + 1)]
            whole = [at for at in starts if not any(begins < at < ends for begins, ends in spans)]
            if whole and whole[-1] >= longest * LEAST:
                return whole[-1]
    return longest
