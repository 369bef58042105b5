"""What the sandboxed Gemini is told to do, and what it keeps of each call."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from ops.sandbox.faults import Fault

FaultKind = Literal[
    "rate_limited", "unavailable", "internal", "bad_gateway", "bad_key", "slow", "hang", "drop", "drop_middle",
    "bad_json", "empty", "blocked", "safety", "max_tokens", "malformed_call", "unknown_reason",
]  # fmt: skip


class FunctionCall(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    args: dict[str, Any] = {}


class Answer(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One scripted answer. `json` and `raw` replace the whole body; the rest builds a usual one."""

    text: str | None = None
    parts: list[dict[str, Any]] | None = None
    function_call: FunctionCall | None = None
    function_calls: list[FunctionCall] = []
    json: Any = None
    raw: str | None = None
    content_type: str = "application/json"
    status: int = 200
    headers: dict[str, str] = {}
    delay: float = 0.0
    drop: Literal["before", "middle"] | None = None
    hang: bool = False
    finish_reason: str = "STOP"
    usage: dict[str, Any] = {}
    model_version: str | None = None


class Rule(msgspec.Struct, kw_only=True):
    """`when` is searched in the last user text. `times` None: for ever."""

    when: str
    answer: Answer
    times: int | None = None
    model: str | None = None


class Script(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The body of `POST /_sandbox/script`: either `answers`, or a rule."""

    answers: list[Answer] = []
    when: str | None = None
    answer: Answer | None = None
    times: int | None = None
    model: str | None = None


class ModelFault(Fault, kw_only=True, forbid_unknown_fields=True):
    kind: FaultKind
    model: str | None = None
    action: str | None = "generateContent"
    retry_after: int | None = None
    retry_delay: str | None = "7s"
    message: str = ""


class Call(msgspec.Struct, kw_only=True):
    """One call as it came, and how it ended. `status` None: hung or cut off. `answer` is the text given."""

    seq: int
    at: float
    version: str
    model: str
    action: str
    api_key: str
    headers: dict[str, str]
    body: Any
    last_text: str = ""
    status: int | None = None
    answer: str | None = None
    fault: str | None = None
