"""What comes out of an answer: the text, the rung of the ladder it was found on, and what was paid for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from application.assistant.ports import Completion
from application.assistant.truth import HeldClaim


class Rung(StrEnum):
    """Where on the ladder the reply was found; FAQ and FIXED mean that no model answered and a person is wanted."""

    MODEL = "model"
    SMALL = "small"
    FAQ = "faq"
    FIXED = "fixed"
    MENU = "menu"
    """No model answered, and yet the agenda did, by numbered lists."""
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` is guarded and formatted, ready to be sent. `completions` is what was paid for, whatever became of it.

    `blocked` is the reason when the filter or the guard stepped in; a short fixed word. `held` is what was claimed and is
    not so; where nothing that is so would help, a `person_wanted`.
    """

    text: str
    rung: Rung
    completions: tuple[Completion, ...]
    blocked: str | None = None
    held: tuple[HeldClaim, ...] = ()
    person_wanted: bool = False


class Measures(Protocol):
    """What an operator wants counted."""

    def prompt_injection_blocked(self, reason: str) -> None: ...

    def reply_held_back(self, reason: str) -> None: ...

    def degraded(self, rung: str) -> None: ...

    def claim_held(self, reason: str, *, rewritten: bool) -> None: ...
