"""Who the assistant speaks as, and what the business wants known: written by the tenant, substituted, never executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from domain.assistant.attendance import AROUND_THE_CLOCK, Absence, Attendance
from domain.assistant.manner import ORDINARY, Manner
from domain.assistant.plain import plain


class Faq(NamedTuple):
    """A question the business answers the same way every time, found by keywords: "horário", "que horas abre"."""

    keywords: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Persona:
    """Free text of the tenant. `greeting` opens a first conversation, a line for each way to say it; `enabled` False leaves
    the company to its staff.
    """

    assistant_name: str = "Sofia"
    tone: str = "acolhedor e profissional"
    business_name: str = ""
    business_facts: str = ""
    greeting: str = ""
    faq: tuple[Faq, ...] = ()
    enabled: bool = True
    manner: Manner = ORDINARY
    attendance: Attendance = AROUND_THE_CLOCK

    def absence(self, phone: str | None, local: datetime) -> Absence | None:
        """Why nobody answers this person at this hour; None where the secretary does."""
        return Absence.DISABLED if not self.enabled else self.attendance.absence(phone, local)

    def answer_by_heart(self, message: str) -> str | None:
        """The answer whose keywords the message names most clearly, or None when none is named."""
        heard = f" {_words(message)} "
        best = max(self.faq, key=lambda entry: _weight(entry.keywords, heard), default=None)
        return best.answer if best and _weight(best.keywords, heard) else None

    @property
    def published(self) -> str:
        """All that the business itself tells everybody: a reply may repeat any number or address in it."""
        answers: Sequence[str] = [entry.answer for entry in self.faq]
        hours = [str(span) for spans in self.attendance.hours.days for span in spans]
        own = (self.business_name, self.business_facts, self.greeting, self.attendance.closed_text)
        return "\n".join((*own, *answers, *hours))


def _weight(keywords: tuple[str, ...], heard: str) -> int:
    """Longer keywords are surer: "que horas abre" outweighs "horas"."""
    return max((len(word) for keyword in keywords if f" {(word := _words(keyword))} " in heard and word), default=0)


def _words(text: str) -> str:
    return " ".join("".join(mark if mark.isalnum() else " " for mark in plain(text)).split())
