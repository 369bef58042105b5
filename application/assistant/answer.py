"""One burst in, one reply out, whatever state the model is in: the ladder from the best answer down to a fixed one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic

from application.assistant import texts
from application.assistant.consult import Consultation
from application.assistant.context import HIDDEN, Question, prompt_for
from application.assistant.ports import Completion, LanguageModel, Models, ModelUnavailable
from application.assistant.reply import Measures, Reply, Rung
from application.assistant.tools import Toolbox
from application.assistant.truth import HeldClaim, Objection, Truth, not_quoted
from domain.assistant.guardrails import Context, look_over
from domain.assistant.injection import suspect
from domain.assistant.limits import LEAST_USEFUL, Limits
from domain.assistant.model_terms import ModelTerms
from domain.delivery.formatting import to_whatsapp

__all__ = ["Answer", "Measures", "Question", "Reply", "Rung"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply that may still have to be said again, by which model, within how many seconds."""

    reply: Reply
    model: str
    left: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's own retries happen inside its share of the time; the ladder never asks the same model twice."""

    model: LanguageModel
    models: Models
    limits: Limits
    measures: Measures
    seconds: Callable[[], float] = monotonic

    async def __call__(self, question: Question, toolbox: Toolbox | None = None, truth: Truth | None = None) -> Reply:
        """Never raises for model trouble, and always has something to say. Raises Unavailable for want of the terms.

        What the model says is held against the `truth`; the business's own words are not.
        """
        order = suspect(question.message)
        if order:
            self.measures.prompt_injection_blocked(order.reason)
            return Reply(texts.BLOCKED, Rung.BLOCKED, (), order.reason)
        started = self.seconds()
        prompt = prompt_for(question, self.limits)
        talk = Consultation(self.model, self.limits, question.tenant, prompt, toolbox, self.seconds)
        completion, rung = await self._climb_down(question, talk)
        if completion is None:
            return self._without_model(question, tuple(talk.paid))
        if rung is not Rung.MODEL:
            self.measures.degraded(rung)
        reply = self._guarded(completion, rung, question, talk)
        if truth is None or reply.rung is Rung.BLOCKED:
            return reply
        return await self._truthful(
            Draft(reply, completion.model, self.limits.seconds - (self.seconds() - started)), question, talk, truth
        )

    async def _truthful(self, draft: Draft, question: Question, talk: Consultation, truth: Truth) -> Reply:
        """The reply if all it claims is so; else what the model says instead, once; else the bare facts."""
        reply = draft.reply
        wrong = await truth.objection(not_quoted(reply.text, question.persona.published))
        if wrong is None:
            return reply
        better = await self._said_again(draft, wrong, question, talk)
        still = None if better is None else await truth.objection(not_quoted(better.text, question.persona.published))
        rewritten = better is not None and still is None
        self.measures.claim_held(wrong.reason, rewritten=rewritten)
        last = still or wrong
        chosen = (
            better
            if better is not None and rewritten
            else replace(reply, text=last.instead, person_wanted=last.person_wanted)
        )
        held = HeldClaim(wrong.reason, reply.text, chosen.text, rewritten=rewritten)
        return replace(chosen, held=(held,), completions=tuple(talk.paid))

    async def _said_again(self, draft: Draft, wrong: Objection, question: Question, talk: Consultation) -> Reply | None:
        """None where there is no time left, the model fails, or what it says may not leave either."""
        if draft.left < LEAST_USEFUL:
            return None
        with suppress(ModelUnavailable):
            completion = await talk.say_again(draft.reply.text, wrong.truth, draft.model, draft.left)
            better = self._guarded(completion, draft.reply.rung, question, talk)
            return None if better.rung is Rung.BLOCKED else better
        return None

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

    def _guarded(self, completion: Completion, rung: Rung, question: Question, talk: Consultation) -> Reply:
        paid = tuple(talk.paid)
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
