"""What a caller gets instead of an answer: every planted fault as Gemini, or the network before it, shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec

from ops.sandbox.gemini import bodies
from ops.sandbox.gemini.records import Call, ModelFault

End = Literal["answer", "hang", "before", "middle"]
"""Answered in full, never, cut off before the first byte, or in the middle of the body."""


@dataclass(slots=True)
class Reply:
    status: int
    content: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    end: End = "answer"


def as_json(status: int, content: object, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, msgspec.json.encode(content), headers=headers or {})


def broken(fault: ModelFault, call: Call) -> Reply:
    return BROKEN[fault.kind](fault, call)


def _usual(call: Call) -> bytes:
    parts = [{"text": "Uma resposta que não chega inteira."}]
    return msgspec.json.encode(bodies.answer_body(call.body, call.model, parts))


def _error(code: int, message: str) -> Callable[[ModelFault, Call], Reply]:
    def build(fault: ModelFault, _: Call) -> Reply:
        return as_json(code, bodies.error_body(code, fault.message or message), _retry(fault))

    return build


def _retry(fault: ModelFault) -> dict[str, str]:
    return {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}


def _without_content(reason: str) -> Callable[[ModelFault, Call], Reply]:
    def build(_: ModelFault, call: Call) -> Reply:
        return as_json(200, bodies.answer_body(call.body, call.model, None, reason=reason))

    return build


BROKEN: Final[dict[str, Callable[[ModelFault, Call], Reply]]] = {
    "rate_limited": lambda fault, call: as_json(429, bodies.exhausted_body(fault, call.model), _retry(fault)),
    "unavailable": _error(503, bodies.OVERLOADED),
    "internal": _error(500, "An internal error has occurred. Please retry or report."),
    "bad_gateway": lambda *_: Reply(502, bodies.HTML_502.encode(), "text/html"),
    "bad_key": lambda *_: as_json(400, bodies.bad_key_body()),
    "hang": lambda *_: Reply(200, end="hang"),
    "drop": lambda *_: Reply(200, end="before"),
    "drop_middle": lambda _, call: Reply(200, _usual(call), end="middle"),
    "bad_json": lambda _, call: Reply(200, _usual(call)[:-40]),
    "empty": lambda *_: as_json(200, {}),
    "blocked": lambda _, call: as_json(200, bodies.blocked_body(call.body, call.model)),
    "safety": _without_content("SAFETY"),
    "max_tokens": _without_content("MAX_TOKENS"),
    "malformed_call": _without_content("MALFORMED_FUNCTION_CALL"),
    "unknown_reason": _without_content("A_REASON_OF_TOMORROW"),
}
