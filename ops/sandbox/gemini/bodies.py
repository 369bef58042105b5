"""The bodies Gemini answers with: candidates, usage, and errors in google.rpc's shape."""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from ops.sandbox.gemini import wire
from ops.sandbox.gemini.records import FunctionCall, ModelFault

Json = dict[str, Any]
RPC: Final = "type.googleapis.com/google.rpc."
HTML_502: Final = (
    "<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title>"
    "<p><b>502.</b> That’s an error.<p>The server encountered a temporary error. Please try again in 30 seconds."
)
STATUSES: Final = {
    400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL", 503: "UNAVAILABLE",
}  # fmt: skip
EXHAUSTED: Final = "You exceeded your current quota, please check your plan and billing details."
OVERLOADED: Final = "The model is overloaded. Please try again later."


def tokens(text: str) -> int:
    return (len(text) + 3) // 4


def prompt_tokens(body: Json) -> int:
    return tokens(msgspec.json.encode(body.get("contents") or "").decode() + wire.system_text(body))


def signed_call(call: FunctionCall, *, signed: bool) -> Json:
    part: Json = {"functionCall": {"id": f"fc-{secrets.token_hex(4)}", "name": call.name, "args": call.args}}
    if signed:
        part["thoughtSignature"] = base64.b64encode(secrets.token_bytes(48)).decode()
    return part


def answer_body(
    body: Json, model: str, parts: list[Json] | None, *, reason: str = "STOP", usage: Json | None = None,
    version: str | None = None,
) -> Json:  # fmt: skip
    """A usual answer; `parts` None gives a candidate without content."""
    candidate: Json = {"finishReason": reason, "index": 0}
    if parts is not None:
        candidate = {"content": {"parts": parts, "role": "model"}} | candidate
    spoken = sum(tokens(str(part.get("text") or part)) for part in parts or [])
    return {
        "candidates": [candidate],
        "usageMetadata": _usage(body, model, spoken) | (usage or {}),
        "modelVersion": version or model,
        "responseId": secrets.token_urlsafe(16),
    }


def _usage(body: Json, model: str, spoken: int) -> Json:
    asked, thought = prompt_tokens(body), _thought(body, model)
    usage: Json = {"promptTokenCount": asked, "candidatesTokenCount": spoken}
    if thought:
        usage["thoughtsTokenCount"] = thought
    usage["totalTokenCount"] = asked + spoken + thought
    usage["promptTokensDetails"] = [{"modality": "TEXT", "tokenCount": asked}]
    return usage


def _thought(body: Json, model: str) -> int:
    thinking = wire.field(wire.settings(body), "thinkingConfig")
    level, budget = wire.field(thinking, "thinkingLevel"), wire.field(thinking, "thinkingBudget")
    if budget == 0 or model.startswith(("gemini-1", "gemini-2.0", "gemma")):
        return 0
    return {"MINIMAL": 0, "LOW": 24, "MEDIUM": 96, "HIGH": 256}.get(str(level).upper(), 48)


def blocked_body(body: Json, model: str) -> Json:
    asked = prompt_tokens(body)
    return {
        "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
        "usageMetadata": {"promptTokenCount": asked, "totalTokenCount": asked},
        "modelVersion": model,
    }


def error_body(code: int, message: str, *details: Json, status: str | None = None) -> Json:
    error: Json = {"code": code, "message": message, "status": status or STATUSES.get(code, "UNKNOWN")}
    return {"error": error | ({"details": list(details)} if details else {})}


def bad_key_body() -> Json:
    info = {"@type": f"{RPC}ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}
    return error_body(400, "API key not valid. Please pass a valid API key.", info)


def exhausted_body(fault: ModelFault, model: str) -> Json:
    violation = {
        "quotaMetric": "generativelanguage.googleapis.com/generate_content_paid_tier_requests",
        "quotaId": "GenerateRequestsPerMinutePerProjectPerModel", "quotaDimensions": {"model": model},
    }  # fmt: skip
    details: list[Json] = [{"@type": f"{RPC}QuotaFailure", "violations": [violation]}]
    if fault.retry_delay:
        details.append({"@type": f"{RPC}RetryInfo", "retryDelay": fault.retry_delay})
    return error_body(429, fault.message or EXHAUSTED, *details)


def model_body(name: str) -> Json:
    return {
        "name": f"models/{name}", "displayName": name, "version": f"{datetime.now(UTC):%m-%Y}",
        "inputTokenLimit": 1048576, "outputTokenLimit": 65536,
        "supportedGenerationMethods": ["generateContent", "countTokens", "embedContent"],
    }  # fmt: skip
