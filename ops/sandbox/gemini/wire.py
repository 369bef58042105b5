"""Reads requests as the SDK really sends them: both key cases, both base64 alphabets, and the API's own refusals."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, Final

Json = dict[str, Any]
Anything = Any  # other people's JSON
NEEDS_NO_SIGNATURE: Final = re.compile(r"gemini-[12][.-]|gemma")
HOTTEST: Final = 2.0


class InvalidArgumentError(ValueError):
    """Answered as 400 INVALID_ARGUMENT."""


def field(holder: object, name: str) -> Anything:
    """A field under its camelCase name or the snake_case one."""
    if not isinstance(holder, dict):
        return None
    return holder[name] if name in holder else holder.get(re.sub(r"[A-Z]", lambda m: f"_{m[0].lower()}", name))


def contents(body: Json) -> list[Json]:
    given = field(body, "contents")
    listed = given if isinstance(given, list) else [given]
    return [{"role": "user", "parts": [{"text": one}]} if isinstance(one, str) else one for one in listed if one]


def parts(content: object) -> list[Json]:
    given = field(content, "parts")
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def text_of(content: object) -> str:
    return "\n".join(str(one["text"]) for one in parts(content) if isinstance(one.get("text"), str))


def system_text(body: Json) -> str:
    system = field(body, "systemInstruction")
    return system if isinstance(system, str) else text_of(system)


def last_user(body: Json) -> Json:
    spoken = [one for one in contents(body) if one.get("role", "user") == "user"]
    return spoken[-1] if spoken else {}


def settings(body: Json) -> Json:
    return field(body, "generationConfig") or {}


def check(body: Json, model: str) -> None:
    """Raises InvalidArgumentError where the API would."""
    said = contents(body)
    if not said:
        raise InvalidArgumentError("* GenerateContentRequest.contents: contents is not specified")
    for place, content in enumerate(said):
        _check_content(content, place, model)
    config = settings(body)
    heat = field(config, "temperature")
    if heat is not None and not 0 <= heat <= HOTTEST:
        raise InvalidArgumentError("* GenerateContentRequest.generation_config.temperature: must be in [0, 2]")
    thinking = field(config, "thinkingConfig")
    if field(thinking, "thinkingLevel") is not None and field(thinking, "thinkingBudget") is not None:
        raise InvalidArgumentError("You can only set one of thinking budget and thinking level.")


def _check_content(content: object, place: int, model: str) -> None:
    if not isinstance(content, dict):
        raise InvalidArgumentError(f'Invalid value at "contents[{place}]"')
    if content.get("role", "user") not in {"user", "model", "tool", "function"}:
        raise InvalidArgumentError("Please use a valid role: user, model.")
    if not parts(content):
        raise InvalidArgumentError(
            f"* GenerateContentRequest.contents[{place}].parts: contents.parts must not be empty"
        )
    for part in parts(content):
        _check_part(part, place)
    calls = [one for one in parts(content) if field(one, "functionCall")]
    if calls and not field(calls[0], "thoughtSignature") and not NEEDS_NO_SIGNATURE.match(model):
        name = field(calls[0], "functionCall").get("name")
        raise InvalidArgumentError(
            f"Function call `{name}` in the {place}. content block is missing a `thought_signature`."
        )


def _check_part(part: Json, place: int) -> None:
    if "text" in part and not isinstance(part["text"], str):
        raise InvalidArgumentError(f'Invalid value at "contents[{place}].parts.text" (TYPE_STRING)')
    data = field(field(part, "inlineData"), "data")
    signature = field(part, "thoughtSignature")
    for encoded in (data, signature):
        if encoded is not None:
            decoded(encoded)


def decoded(encoded: object) -> bytes:
    """Base64 in either alphabet, padded or not."""
    if not isinstance(encoded, str):
        raise InvalidArgumentError("Base64 decoding failed: not a string")
    plain = encoded.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error as error:
        raise InvalidArgumentError(f"Base64 decoding failed for {encoded[:20]!r}") from error


def media_kinds(content: object) -> Iterator[str]:
    """audio, image, … of each file in this content."""
    for part in parts(content):
        inline = field(part, "inlineData") or field(part, "fileData")
        if inline:
            yield str(field(inline, "mimeType") or "").partition("/")[0]
