"""What a transaction must hold for what comes afterwards: all that reminding needs, the questions and what was answered."""

from __future__ import annotations

from typing import Protocol

from application.follow_ups.ports import Feedback, FollowUps
from application.reminders.letters.ports import LetterWork
from application.reminders.work import RemindingWork, TellingWork


class CaringWork(RemindingWork, LetterWork, Protocol):
    @property
    def follow_ups(self) -> FollowUps: ...

    @property
    def feedback(self) -> Feedback: ...


class AskingWork(CaringWork, TellingWork, Protocol):
    """All of it together with the talk."""
