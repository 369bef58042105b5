"""What the model says: the script first, then the echo rule, then the demonstration."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import msgspec

from ops.sandbox.control import MistakeError
from ops.sandbox.faults import FaultBox
from ops.sandbox.gemini import bodies, booking, demonstration, structured, wire
from ops.sandbox.gemini.records import Answer, Call, FunctionCall, ModelFault, Rule, Script
from ops.sandbox.journal import Bell, Journal, Numbers

TAG: Final = re.compile(r"#[A-Za-z0-9-]{4,}")


@dataclass
class Counters:
    calls: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    by_status: Counter[str] = field(default_factory=Counter)

    def began(self) -> None:
        self.calls += 1
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)

    def ended(self, status: int | None) -> None:
        self.in_flight -= 1
        self.by_status[str(status)] += 1

    def forget(self) -> None:
        """Start over; calls in flight stay in flight."""
        self.calls, self.most_in_flight = 0, self.in_flight
        self.by_status.clear()


class Model:
    """All state of the process."""

    def __init__(self, *, latency_ms: float = 0.0, keep: int = 5000, seed: int = 7) -> None:
        self.latency_ms = latency_ms
        self.numbers, self.bell = Numbers(), Bell()
        self.calls: Journal[Call] = Journal(self.bell, keep=keep)
        self.faults: FaultBox[ModelFault] = FaultBox(Random(seed))
        self.answers: deque[Answer] = deque()
        self.rules: list[Rule] = []
        self.counters = Counters()

    def learn(self, script: Script) -> None:
        if script.when is None:
            self.answers.extend(script.answers)
            return
        if script.answer is None:
            raise MistakeError("a rule needs `answer`")
        try:
            re.compile(script.when)
        except re.error as error:
            raise MistakeError(f"`when` is no regular expression: {error}") from error
        rule = Rule(when=script.when, answer=script.answer, times=script.times, model=script.model)
        self.rules.insert(0, rule)

    def forget_script(self) -> None:
        self.answers.clear()
        self.rules.clear()

    def reset(self) -> None:
        self.forget_script()
        self.faults.remove()
        self.calls.clear()
        self.counters.forget()

    def scripted(self, model: str, text: str) -> Answer | None:
        """The next answer of the script for this call, used up where it is meant to be."""
        if self.answers:
            return self.answers.popleft()
        for rule in self.rules:
            if rule.times != 0 and rule.model in (None, model) and re.search(rule.when, text):
                if rule.times is not None:
                    rule.times -= 1
                return rule.answer
        return None


def scripted_body(answer: Answer, body: wire.Json, model: str) -> bytes:
    if answer.raw is not None:
        return answer.raw.encode()
    if answer.json is not None:
        return msgspec.json.encode(answer.json)
    if answer.status >= 400:
        return msgspec.json.encode(bodies.error_body(answer.status, answer.text or "scripted"))
    calls = ([answer.function_call] if answer.function_call else []) + answer.function_calls
    parts: list[dict[str, Any]] = list(answer.parts or [])
    if answer.text is not None:
        parts.append({"text": answer.text})
    parts += [bodies.signed_call(call, signed=place == 0) for place, call in enumerate(calls)]
    whole = bodies.answer_body(
        body, model, parts or None, reason=answer.finish_reason, usage=answer.usage, version=answer.model_version
    )  # fmt: skip
    return msgspec.json.encode(whole)


def own_parts(body: wire.Json) -> list[dict[str, Any]]:
    """What the model says of its own accord."""
    tags = TAG.findall(wire.text_of(wire.last_user(body)))
    step = None if tags else booking.step(body)
    if isinstance(step, FunctionCall) and not structured.calls_forbidden(body):
        return [bodies.signed_call(step, signed=True)]
    said = step if isinstance(step, str) else demonstration.reply(body)
    text = f"Recebi: {' '.join(tags)}" if tags else said
    call = structured.forced_call(body, text)
    if call:
        return [bodies.signed_call(call, signed=True)]
    wanted = structured.wanted_json(body, text)
    return [{"text": text if wanted is None else msgspec.json.encode(wanted).decode()}]
