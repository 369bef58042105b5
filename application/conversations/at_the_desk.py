"""What an answer leaves behind at the agenda's desk, and the menu that steps in where no model answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from application.agenda.chat.desk import Desk
from application.agenda.chat.menu import MenuTalk
from application.assistant.reply import Reply, Rung
from application.conversations.ending import AFTER, Consequence, Ending, wanting_a_person
from domain.agenda.menu import Menu
from domain.conversations.conversation import Conversation, Reason
from domain.delivery.outgoing import Origin

WITHOUT_MODEL: Final = frozenset({Rung.FAQ, Rung.FIXED})


async def ending_at(desk: Desk, reply: Reply, message: str) -> Ending:
    """A menu that is under way goes on; it begins where nothing better than a fixed text is left."""
    talk = MenuTalk.over(desk, message)
    if desk.bookable and (reply.rung is Rung.FIXED or (reply.rung in WITHOUT_MODEL and talk.under_way)):
        return await _by_menu(desk, reply, talk)
    person = desk.person_wanted or reply.person_wanted
    then = wanting_a_person(Reason.ASKED) if person else _after(desk, reply.rung)
    return Ending(
        say=reply.text,
        origin=Origin.ASSISTANT,
        then=then,
        reply=reply,
        notes=desk.leave(_left_alone(reply, talk)),
    )


async def _by_menu(desk: Desk, reply: Reply, talk: MenuTalk) -> Ending:
    said = await talk()
    if reply.rung is Rung.FAQ and not said.understood:
        return Ending(say=reply.text, origin=Origin.ASSISTANT, then=AFTER[reply.rung], reply=reply)
    then = _after(desk, Rung.MENU) if said.understood else Conversation.answered_poorly
    return Ending(
        say=said.text,
        origin=Origin.ASSISTANT,
        then=wanting_a_person(Reason.ASKED) if said.person_wanted else then,
        reply=replace(reply, text=said.text, rung=Rung.MENU),
        notes=desk.leave(said.menu),
    )


def _after(desk: Desk, rung: Rung) -> Consequence:
    """Where the calendar has not said yes, a person should see to it, while the talk goes on."""
    return Conversation.answered_poorly if desk.unsettled else AFTER[rung]


def _left_alone(reply: Reply, talk: MenuTalk) -> Menu | None:
    """Who was answered by heart may go on with the menu; who talks with the model has left it."""
    return talk.under_way if reply.rung in WITHOUT_MODEL else None
