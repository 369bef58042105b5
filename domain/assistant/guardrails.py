"""The last look at a reply before it leaves: what it may never contain, and a reason where it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from domain.assistant.personal_data import strangers
from domain.assistant.plain import plain
from domain.delivery.formatting import to_whatsapp
from domain.delivery.parts import whole_sentences

SECRETS: Final = re.compile(
    r"AIza[\w-]{20,}|\b(?:sk|pk|rk)[-_][\w-]{16,}|\bcal_(?:live_)?\w{16,}|\bgh[pousr]_\w{20,}|\bAKIA[A-Z0-9]{12,}"
    r"|\bxox[abp]-[\w-]{10,}|\bey[JK][\w-]{8,}\.ey[JK][\w-]{8,}|\bBearer\s+[\w.~+/-]{16,}|-----BEGIN [A-Z ]{3,30}KEY"
    r"|\b(?:postgres(?:ql)?|redis|rediss|mysql|mongodb)(?:\+\w+)?://\S+"
)
RANDOM: Final = re.compile(r"(?<![\w/.-])(?=[\w-]{0,80}\d)(?=[\w-]{0,80}[A-Za-z])[A-Za-z0-9_-]{28,}(?![\w/.-])")
"""A long run of letters and digits is a key, unless it is known already (a published Pix key may be random)."""

TELLING: Final = 24
"""Characters: a shorter line of the system prompt may turn up in an honest reply."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a reply may draw on. `own_words`: all that was said in this conversation, by either side.

    `published`: what the business tells everybody. `hidden`: lines of the system prompt that nobody may see.
    """

    own_words: str
    published: str
    hidden: tuple[str, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`text` may be sent when there is no `reason`; otherwise something fixed is said in its place."""

    text: str
    reason: str | None = None

    @property
    def may_leave(self) -> bool:
        return self.reason is None


def look_over(reply: str, *, context: Context) -> Verdict:
    """The reply as WhatsApp shows it, short enough, and the first thing in it that must not leave."""
    text = to_whatsapp(reply)
    reason = next(_objections(text, context), None)
    return Verdict(whole_sentences(text, context.longest), reason)


def _objections(text: str, context: Context) -> Iterator[str]:
    known = f"{context.own_words}\n{context.published}"
    if not text.strip("*_~ \n"):
        yield "empty"
    if SECRETS.search(text) or any(found[0] not in known for found in RANDOM.finditer(text)):
        yield "secret"
    if _tells_the_prompt(text, context.hidden):
        yield "prompt_leak"
    yield from strangers(text, known)


def _tells_the_prompt(text: str, hidden: tuple[str, ...]) -> bool:
    told = _words(text)
    return any(line in told for line in _telling(hidden))


@cache
def _telling(hidden: tuple[str, ...]) -> tuple[str, ...]:
    """The system prompt is the same for every reply."""
    return tuple(line for line in map(_words, hidden) if len(line) >= TELLING)


def _words(text: str) -> str:
    return " ".join(plain(text).split())
