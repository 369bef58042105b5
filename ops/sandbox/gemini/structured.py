"""Answers that must fit something: a JSON schema, or the parameters of a function that has to be called."""

from __future__ import annotations

from typing import Any, Final

from ops.sandbox.gemini import wire
from ops.sandbox.gemini.records import FunctionCall

DEEPEST: Final = 8
SCALARS: Final[dict[str, object]] = {"integer": 1, "number": 1.0, "boolean": False, "null": None}


def example(schema: object, text: str, depth: int = 0, definitions: object = None) -> wire.Anything:
    """The simplest value that fits `schema` (Gemini's or JSON Schema); free strings hold `text`."""
    definitions = definitions or wire.field(schema, "$defs")
    reference = wire.field(schema, "$ref")
    if reference:
        schema = wire.field(definitions, str(reference).rpartition("/")[2])
    options = wire.field(schema, "enum") or wire.field(schema, "anyOf")
    if options:
        return options[0] if wire.field(schema, "enum") else example(options[0], text, depth + 1, definitions)
    kind = wire.field(schema, "type")
    kind = str(kind[0] if isinstance(kind, list) else kind or "object").lower()
    if kind == "object":
        return _filled(schema, text, depth, definitions)
    if kind == "array":
        items = wire.field(schema, "items")
        least = int(wire.field(schema, "minItems") or 0)
        return [example(items, text, depth + 1, definitions) for _ in range(least)]
    return SCALARS.get(kind, text)


def _filled(schema: object, text: str, depth: int, definitions: object) -> dict[str, Any]:
    properties = wire.field(schema, "properties") or {}
    wanted = wire.field(schema, "required") or list(properties)
    if depth > DEEPEST:
        return {}
    return {name: example(properties.get(name), text, depth + 1, definitions) for name in wanted}


def wanted_json(body: wire.Json, text: str) -> wire.Anything:
    """The JSON asked for by responseSchema or responseJsonSchema; None when text was asked for."""
    config = wire.settings(body)
    if wire.field(config, "responseMimeType") != "application/json":
        return None
    schema = wire.field(config, "responseJsonSchema") or wire.field(config, "responseSchema")
    return example(schema, text) if schema else {"text": text}


def calls_forbidden(body: wire.Json) -> bool:
    """Functions are declared, and yet only words are wanted."""
    calling = wire.field(wire.field(body, "toolConfig"), "functionCallingConfig")
    return str(wire.field(calling, "mode")).upper() == "NONE"


def forced_call(body: wire.Json, text: str) -> FunctionCall | None:
    """The function that mode ANY leaves no way around; None in every other mode."""
    calling = wire.field(wire.field(body, "toolConfig"), "functionCallingConfig")
    if str(wire.field(calling, "mode")).upper() != "ANY":
        return None
    allowed = wire.field(calling, "allowedFunctionNames")
    for tool in wire.field(body, "tools") or []:
        for declared in wire.field(tool, "functionDeclarations") or []:
            if not allowed or declared.get("name") in allowed:
                schema = wire.field(declared, "parametersJsonSchema") or wire.field(declared, "parameters")
                return FunctionCall(name=declared["name"], args=example(schema, text) if schema else {})
    return None
