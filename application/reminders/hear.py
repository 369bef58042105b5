"""What somebody writes may be the answer to something we asked: it is looked at before any model is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from application.conversations.ending import NOTHING_ELSE, Ending, wanting_a_person
from application.reminders.ports import ReminderMeasures
from application.reminders.spoken import Spoken
from application.reminders.tell_apart import Aimed, TellApart
from application.reminders.texts import BACK, OPTED_OUT
from application.reminders.work import RemindingWork
from application.shared.ports import Clock, OpenWork
from domain.audit.entry import Deed
from domain.contacts.opt_out import Wish, wish
from domain.conversations.conversation import Conversation, Reason
from domain.conversations.turn import Burst
from domain.follow_ups.replies import Intent
from domain.no_show.excuses import Kind
from domain.reminders.notices import Asked, Open, OpenNotice
from domain.shared.ids import TenantId

REACHES_PEOPLE = wanting_a_person(Reason.ASKED)
FOR_PEOPLE: Final = frozenset({str(Intent.NEGATIVE), str(Kind.CAME)})


class Listener(Protocol):
    """Understands the answers to one kind of question."""

    async def __call__(self, spoken: Spoken, notices: list[OpenNotice]) -> Ending | None:
        """None where it is no answer to these. What follows from an answer is done, and written down to be said again."""


@dataclass(frozen=True, slots=True)
class Hear:
    """Implements application.conversations.ports.Answers."""

    open_work: OpenWork[RemindingWork]
    tell_apart: TellApart
    listeners: Mapping[frozenset[Asked], Listener]
    measures: ReminderMeasures
    clock: Clock

    async def __call__(self, tenant: TenantId, conversation: Conversation, burst: Burst, asked: Open) -> Ending | None:
        words = "\n".join(one.text for one in burst.heard if one.text.strip())
        spoken = Spoken(tenant, conversation.id, conversation.contact, burst.last, words)
        if (said := asked.replied) is not None:
            return Ending(say=said.text, then=REACHES_PEOPLE if said.meaning in FOR_PEOPLE else NOTHING_ELSE)
        wanted = wish(words)
        offered = any(each.kind is Asked.OFFER for each in asked.notices)
        if wanted is not None and not (
            wanted is Wish.STOP and await self.tell_apart.questions.takes_off_a_list(spoken, offered=offered)
        ):
            return await self._obey(spoken, wanted)
        return await self._listen(spoken, asked.notices)

    async def _listen(self, spoken: Spoken, notices: Sequence[OpenNotice]) -> Ending | None:
        if not notices:
            return None
        aimed = await self.tell_apart(spoken, notices)
        if isinstance(aimed, Ending):
            return aimed
        if not isinstance(aimed, Aimed):
            return await self._first(spoken, aimed)
        said = replace(spoken, text=aimed.text)
        endings = [ending for each in aimed.questions if (ending := await self._first(said, each)) is not None]
        if aimed.which is not None:
            await self.tell_apart.answered(spoken, aimed.which)
        return together(endings, aimed.text, to_menu=aimed.to_menu)

    async def _first(self, spoken: Spoken, notices: Sequence[OpenNotice]) -> Ending | None:
        """The newest question is asked first who understands the answer."""
        asked = [each.kind for each in notices]
        for kinds in sorted(
            (each for each in self.listeners if each & set(asked)), key=lambda each: _newest(asked, each)
        ):
            ending = await self.listeners[kinds](spoken, [each for each in notices if each.kind in kinds])
            if ending is not None:
                return ending
        return None

    async def _obey(self, spoken: Spoken, wanted: Wish) -> Ending | None:
        at = self.clock() if wanted is Wish.STOP else None
        async with self.open_work(spoken.tenant) as work:
            changed = await work.notices.set_opted_out(spoken.contact, at)
            if wanted is Wish.BACK and not changed:
                return None
            await work.audit.record(Deed(f"contact:{spoken.contact}", f"contact.{wanted}", f"contact:{spoken.contact}"))
            await work.commit()
        if changed and wanted is Wish.STOP:
            self.measures.opted_out(spoken.tenant)
        return Ending(say=OPTED_OUT if wanted is Wish.STOP else BACK)


def together(endings: Sequence[Ending], said: str, *, to_menu: bool) -> Ending | None:
    """What several answers led to, at once. `said`: the words that the model, or the menu, is still to hear if it goes on."""
    if not endings and not to_menu:
        return None
    go_on = to_menu or any(each.go_on for each in endings)
    return Ending(
        say="\n\n".join(each.say for each in endings if each.say) or None,
        then=next((each.then for each in endings if each.then is not NOTHING_ELSE), NOTHING_ELSE),
        go_on=go_on,
        heard_as=said if go_on else None,
    )


def _newest(asked: list[Asked], kinds: frozenset[Asked]) -> int:
    return min(place for place, kind in enumerate(asked) if kind in kinds)
