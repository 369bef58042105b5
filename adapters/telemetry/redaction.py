"""What may stand in a log line: words and numbers of ours, never a person, a secret or what somebody wrote.

A field is let through by its shape, not caught by a list of bad words: a string must look like one of our own
words ("delivery.send", "press-ticket"); anything longer becomes "[hidden]". Sentences are let through in the
few fields that our own code fills, and are masked. Fields whose name says that they hold somebody's data are
left out whatever they hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Final

HIDDEN: Final = "[hidden]"

LEFT_OUT: Final = re.compile(
    "text|body|name|phone|number|token|secret|password|credentials?|authorization|signature|cookies?|apikey|cpf|cnpj"
    "|rg|e?mail|jid|lid|chat|contact|address|prompt|reply|answer|content|payload|caption|transcript|headers?|path"
    "|query|ur[il]|sql|parameters|params"
)
"""A field is left out when one of the words of its name is here: `push_name`, `x-signature`, `apiToken`."""

OURS: Final = frozenset(("correlation_id", "connection", "worker"))
"""Random or coined by us: they may look like tokens, and their digits are nobody's phone."""

SENTENCES: Final = frozenset(("error", "reason", "message", "hint"))
"""Filled by our own code, or by libraries through `library_logs`."""

ROWS: Final = frozenset(("tenant", "job", "fence", "conversation", "envelope", "outgoing"))
"""Numbers of our own rows, which grow past what could be a telephone."""

LONGEST_SENTENCE: Final = 300
LONGEST_READ: Final = 1200
LARGEST_ROW: Final = 10**10
SMALL: Final = 10**7  # seven digits: the shortest telephone has eight
DEEPEST: Final = 3
WIDEST: Final = 40

WORDS_OF_A_NAME = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")
EVENT = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,40}){1,3}")
ONE_OF_OURS = re.compile(r"(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_.:-]{1,64}")
ONE_WORD = re.compile(r"[A-Za-z0-9_./:{}<>=+-]{1,80}")
QUOTED = re.compile(r"(?<!\w)(['\"`])(?:\\.|(?!\1).)*(?:\1|$)", re.DOTALL)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")

MASKS: Final = (
    (re.compile(r"(?i)\b[a-z][a-z0-9+.-]*://[^\s\"'<>]*"), "[url]"),
    (re.compile(r"(?i)\b(bearer|basic|token|apikey)\s+\S+"), r"\1 [token]"),
    (re.compile(r"(?i)\b(x-signature|x-webhook-token|authorization|cookie)\b\W*\S+"), r"\1 [token]"),
    (re.compile(r"\S*@\S+|\S+@"), "[address]"),
    (re.compile(r"/webhook/(?!whaticket(?:/\{|$))\S*"), "/webhook/[path]"),
    (re.compile(r"\+?\(?\d(?:[ ().\-/+\u2010-\u2015]{0,3}\d){7,}"), "[digits]"),
    (re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}"), "[token]"),
    (re.compile(r"(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Z])[\w+/=-]{32,}|\w{32,}"), "[token]"),
)


def mask(sentence: str) -> str:
    """A sentence without addresses, telephones, documents, tokens and links, on one line."""
    if len(sentence) > LONGEST_READ:  # a telephone cut in two would pass for a small number
        sentence = sentence[:LONGEST_READ].rpartition(" ")[0]
    safe = CONTROL.sub(" ", sentence)
    for pattern, instead in MASKS:
        safe = pattern.sub(instead, safe)
    return safe if len(safe) <= LONGEST_SENTENCE else safe[:LONGEST_SENTENCE] + "…"


def sentence(value: str) -> str:
    """A masked sentence without its quotations: those usually repeat what somebody gave us."""
    return mask(QUOTED.sub(HIDDEN, value[:LONGEST_READ]))


@lru_cache(512)
def word(value: str) -> str:
    """The value if it is one of our words, else "[hidden]"."""
    return value if ONE_WORD.fullmatch(value) and mask(value) == value else HIDDEN


@lru_cache(512)
def is_left_out(name: str) -> bool:
    return any(LEFT_OUT.fullmatch(part.lower()) for part in WORDS_OF_A_NAME.findall(name))


def clean(fields: Mapping[str, object], depth: int = 0) -> dict[str, object]:
    """The fields that may be written, as plain values that JSON knows."""
    kept = {}
    for name, value in islice(fields.items(), WIDEST):
        if not is_left_out(name) or _is_row(name, value):
            kept[word(name)] = _plain(name, value, depth)
    return kept


def _is_row(name: str, value: object) -> bool:
    """`address_id=7` is a row of ours, `chat_id="55...@c.us"` is a person, and telephones are longer."""
    return isinstance(value, int) and name.endswith("_id") and abs(value) < 10**9


def _plain(name: str, value: object, depth: int) -> object:
    if isinstance(value, str):
        return _string(name, value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _number(name, value)
    if isinstance(value, datetime):
        return value.isoformat()
    return _collection(value, depth) if depth < DEEPEST else f"<{type(value).__name__}>"


def _string(name: str, value: str) -> str:
    if name in OURS:
        return value if ONE_OF_OURS.fullmatch(value) else HIDDEN
    return sentence(value) if name in SENTENCES else word(str(value))


def _number(name: str, value: float) -> object:
    if isinstance(value, int):
        limit = LARGEST_ROW if name in ROWS else SMALL
        return value if abs(value) < limit or _is_row(name, value) else HIDDEN
    return round(value, 6) if abs(value) < SMALL else HIDDEN


def _collection(value: object, depth: int) -> object:
    if isinstance(value, Mapping):
        return clean({str(name): inner for name, inner in value.items()}, depth + 1)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain("", inner, depth + 1) for inner in islice(value, WIDEST)]
    return f"<{type(value).__name__}>"
