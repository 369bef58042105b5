"""One burst in, one reply out, whatever state the model is in: the ladder from the best answer down to a fixed one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from application.assistant import texts
from application.assistant.consult import Consultation
from application.assistant.context import HIDDEN, Question, prompt_for
from application.assistant.ports import Completion, LanguageModel, Models, ModelUnavailable
from application.assistant.reply import Measures, Reply, Rung
from application.assistant.tools import Toolbox
from domain.assistant.guardrails import Context, look_over
from domain.assistant.injection import suspect
from domain.assistant.limits import Limits
from domain.assistant.model_terms import ModelTerms
from domain.delivery.formatting import to_whatsapp

__all__ = ["Answer", "Measures", "Question", "Reply", "Rung"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's own retries happen inside its share of the time; the ladder never asks the same model twice."""

    model: LanguageModel
    models: Models
    limits: Limits
    measures: Measures
    seconds: Callable[[], float] = monotonic

    async def __call__(self, question: Question, toolbox: Toolbox | None = None) -> Reply:
        """Never raises for model trouble, and always has something to say. Raises Unavailable for want of the terms."""
        order = suspect(question.message)
        if order:
            self.measures.prompt_injection_blocked(order.reason)
            return Reply(texts.BLOCKED, Rung.BLOCKED, (), order.reason)
        prompt = prompt_for(question, self.limits)
        talk = Consultation(self.model, self.limits, question.tenant, prompt, toolbox, self.seconds)
        completion, rung = await self._climb_down(question, talk)
        if completion is None:
            return self._without_model(question, tuple(talk.paid))
        return self._guarded(completion, rung, question, tuple(talk.paid))

    async def _climb_down(self, question: Question, talk: Consultation) -> tuple[Completion | None, Rung]:
        for rung, model, deadline in self._rungs(await self.models.of(question.tenant)):
            with suppress(ModelUnavailable):
                return await talk.ask(model, deadline), rung
        return None, Rung.FIXED

    def _rungs(self, terms: ModelTerms) -> Iterator[tuple[Rung, str, float]]:
        """Each model with what is left of the time when its turn comes."""
        started = self.seconds()
        smaller = ((Rung.SMALL, terms.small),) if terms.small != terms.main else ()
        for rung, model in ((Rung.MODEL, terms.main), *smaller):
            share = self.limits.share(self.seconds() - started, first=rung is Rung.MODEL)
            if share:
                yield rung, model, share

    def _without_model(self, question: Question, paid: tuple[Completion, ...]) -> Reply:
        by_heart = question.persona.answer_by_heart(question.message)
        rung = Rung.FAQ if by_heart else Rung.FIXED
        self.measures.degraded(rung)
        return Reply(to_whatsapp(by_heart) if by_heart else texts.MODEL_AWAY, rung, paid)

    def _guarded(self, completion: Completion, rung: Rung, question: Question, paid: tuple[Completion, ...]) -> Reply:
        if rung is not Rung.MODEL:
            self.measures.degraded(rung)
        said = (*(utterance.text for utterance in question.history), question.message)
        context = Context(
            own_words="\n".join(said),
            published=question.persona.published,
            hidden=HIDDEN,
            longest=self.limits.reply_characters,
        )
        verdict = look_over(completion.text, context=context)
        if verdict.reason:
            self.measures.reply_held_back(verdict.reason)
            return Reply(texts.HELD_BACK, Rung.BLOCKED, paid, verdict.reason)
        return Reply(verdict.text, rung, paid)
