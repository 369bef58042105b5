"""Who the assistant speaks as, and what the business wants known: written by the tenant, substituted, never executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.assistant.plain import plain


class Faq(NamedTuple):
    """A question the business answers the same way every time, found by keywords: "horário", "que horas abre"."""

    keywords: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Persona:
    """Free text of the tenant. `greeting` opens a first conversation; `enabled` False leaves the company to its staff."""

    assistant_name: str = "Sofia"
    tone: str = "acolhedor e profissional"
    business_name: str = ""
    business_facts: str = ""
    greeting: str = ""
    faq: tuple[Faq, ...] = ()
    enabled: bool = True

    def answer_by_heart(self, message: str) -> str | None:
        """The answer whose keywords the message names most clearly, or None when none is named."""
        heard = f" {_words(message)} "
        best = max(self.faq, key=lambda entry: _weight(entry.keywords, heard), default=None)
        return best.answer if best and _weight(best.keywords, heard) else None

    @property
    def published(self) -> str:
        """All that the business itself tells everybody: a reply may repeat any number or address in it."""
        answers: Sequence[str] = [entry.answer for entry in self.faq]
        return "\n".join((self.business_name, self.business_facts, self.greeting, *answers))


def _weight(keywords: tuple[str, ...], heard: str) -> int:
    """Longer keywords are surer: "que horas abre" outweighs "horas"."""
    return max((len(word) for keyword in keywords if f" {(word := _words(keyword))} " in heard and word), default=0)


def _words(text: str) -> str:
    return " ".join("".join(mark if mark.isalnum() else " " for mark in plain(text)).split())
