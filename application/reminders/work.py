"""What a transaction must hold for reminding: the agenda, what is planned and asked, and the talk it is said in."""

from __future__ import annotations

from typing import Protocol

from application.agenda.chat.ports import ChatWork
from application.agenda.work import AgendaWork
from application.conversations.ports import ConversationWork
from application.reminders.ports import MannersBook, Notices, Reminders


class RemindingWork(AgendaWork, Protocol):
    @property
    def reminders(self) -> Reminders: ...

    @property
    def notices(self) -> Notices: ...

    @property
    def manners(self) -> MannersBook: ...


class TellingWork(RemindingWork, ConversationWork, Protocol):
    """The agenda and the talk in one transaction: what is said is as true as what it is said of."""


class RememberingWork(TellingWork, ChatWork, Protocol):
    """The talk with what was offered in it, so that what we say unasked can be booked from there."""
