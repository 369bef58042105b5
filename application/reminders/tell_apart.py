"""A short answer that fits two open questions is never guessed at: they are asked which they mean, by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from application.conversations.ending import Ending
from application.reminders.open_questions import MENU, OpenQuestions
from application.reminders.ports import Question
from application.reminders.question_texts import to_what
from application.reminders.spoken import Spoken
from application.reminders.work import RememberingWork
from application.shared.ports import OpenWork
from domain.agenda.choices import Option, chosen
from domain.conversations.questions import (
    LONGEST,
    OpenQuestion,
    all_one,
    asks_this,
    bare,
    may_answer,
    means_all,
    without_all,
    without_what_is_not_asked,
)
from domain.reminders.notices import Asked, OpenNotice

QUESTION_OPEN: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Aimed:
    """What they said, and the questions they said it to, each as its notices; `to_menu`: to the menu's, too.

    `which`: the question back that they have answered with it.
    """

    text: str
    questions: Sequence[Sequence[OpenNotice]]
    to_menu: bool
    which: OpenNotice | None = None


@dataclass(frozen=True, slots=True)
class TellApart:
    open_work: OpenWork[RememberingWork]
    questions: OpenQuestions

    async def __call__(self, spoken: Spoken, notices: Sequence[OpenNotice]) -> Ending | Aimed | Sequence[OpenNotice]:
        """The question back; or what they meant; or the notices among which the words themselves say which."""
        left = [each for each in without_what_is_not_asked(spoken.text, notices) if each.kind is not Asked.TO_WHAT]
        fresh = [each for each in notices if each.fresh]
        if not fresh or not spoken.text or len(spoken.text) > LONGEST:
            return left
        if fresh[0].kind is Asked.TO_WHAT:
            return await self._picked(spoken, fresh[0], left) or left
        open_ones = await self.questions(spoken, [each for each in left if each.fresh])
        said = without_all(spoken.text)
        meant = may_answer(said, open_ones, await self.questions.local_now(spoken))
        if not meant:
            return left
        if all_one(meant):
            return [each for each in left if any(asks_this(each, one) for one in meant)]
        if means_all(spoken.text, meant):
            return _aimed(said, meant, left)
        return await self._ask(spoken, said, meant)

    async def answered(self, spoken: Spoken, which: OpenNotice) -> None:
        async with self.open_work(spoken.tenant) as work:
            await work.notices.close([which.id], "told", self.questions.clock())
            await work.commit()

    async def _picked(self, spoken: Spoken, which: OpenNotice, notices: Sequence[OpenNotice]) -> Ending | Aimed | None:
        """None where it is about something else."""
        listed, _, said = which.intent.partition("\n")
        keys = listed.split(",")
        open_again = [replace(each, fresh=True) for each in notices]
        still = {
            each.key: each
            for each in await self.questions(spoken, [each for each in open_again if str(each.id) in keys])
        }
        picked = chosen(spoken.text, [Option(key, still[key].label if key in still else "") for key in keys])
        if picked is not None:
            return _aimed(said, [still[picked.key]], open_again, which) if picked.key in still else None
        if means_all(spoken.text, list(keys)):
            return _aimed(said, list(still.values()), open_again, which)
        meant = may_answer(spoken.text, list(still.values()), await self.questions.local_now(spoken))
        if all_one(meant):
            return _aimed(spoken.text, meant, open_again, which) if meant else None
        return await self._ask(spoken, said if bare(spoken.text) else spoken.text, meant)

    async def _ask(self, spoken: Spoken, said: str, meant: Sequence[OpenQuestion]) -> Ending:
        now = self.questions.clock()
        question = Question(
            f"{Asked.TO_WHAT}:{spoken.last}",
            Asked.TO_WHAT,
            spoken.conversation,
            asked_at=now,
            closes_at=now + QUESTION_OPEN,
            intent=f"{','.join(each.key for each in meant)}\n{said}",
            said_in=spoken.last,
        )
        async with self.open_work(spoken.tenant) as work:
            await work.notices.ask(question)
            await work.commit()
        return Ending(say=to_what([each.label for each in meant]))


def _aimed(
    text: str, meant: Sequence[OpenQuestion], notices: Sequence[OpenNotice], which: OpenNotice | None = None
) -> Aimed:
    own = [_asking(each, notices) for each in meant if each.key != MENU]
    return Aimed(text, own, any(each.key == MENU for each in meant), which)


def _asking(question: OpenQuestion, notices: Sequence[OpenNotice]) -> list[OpenNotice]:
    """With it all that was asked of the same appointment."""
    asked = next(each for each in notices if str(each.id) == question.key)
    return [
        each
        for each in notices
        if each is asked or (asks_this(each, question) and each.appointments == asked.appointments)
    ]
