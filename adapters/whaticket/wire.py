"""What a sender's JSON may hold, read without trust: a wrong shape is absent, or named in a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

import msgspec

from domain.shared.errors import Invalid

Node: TypeAlias = Mapping[str, object]

BULKY: Final = frozenset({"jpegThumbnail", "pngThumbnail", "_data", "dataJson", "mediaBase64"})
"""Thumbnails and raw copies: no reader uses them, and they are not kept."""

LONGEST_TEXT: Final = 8_000
LONGEST_NAME: Final = 120
LONGEST_URL: Final = 4_096
LONGEST_ID: Final = 200

# PostgreSQL's text takes no NUL, and the others only confuse a log or a terminal. Tabs and line breaks stay.
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
ID: Final = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_ID}}}")
LETTERS: Final = re.compile(r"[^\W\d_]")

_decoder: Final = msgspec.json.Decoder()


class UnreadableWebhook(Invalid):
    """The body is no message of any Whaticket we know; `field` says where it stops being one."""


def decode(body: bytes) -> Node:
    """Raises UnreadableWebhook."""
    try:
        payload = _decoder.decode(body)
    except RecursionError:
        raise UnreadableWebhook("the JSON is nested too deep") from None
    except ValueError as error:  # msgspec's own errors and bytes that are no UTF-8; their texts hold no content
        raise UnreadableWebhook(f"not readable as JSON: {type(error).__name__}") from None
    if not isinstance(payload, dict):
        raise UnreadableWebhook("the body is not a JSON object")
    return payload


def child(node: Node, name: str) -> Node | None:
    """The object under `name`, where it is one."""
    value = node.get(name)
    return value if isinstance(value, dict) else None


def required_child(node: Node, name: str, *, at: str = "") -> Node:
    """The object under `name`. Raises UnreadableWebhook when there is something else, or nothing."""
    value = node.get(name)
    if isinstance(value, dict):
        return value
    raise UnreadableWebhook("an object is expected", field=at + name)


def said_true(value: object) -> bool:
    return value is True or value == "true" or value == 1


def text(value: object, *, field: str, limit: int = LONGEST_TEXT) -> str:
    """A contact's words, safe to store; absent is "". Raises UnreadableWebhook for what is no text at all."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableWebhook("a text is expected", field=field)
    return _clean(value, limit)


def words(value: object, *, limit: int = LONGEST_TEXT) -> str:
    """As `text`, where it is not worth a refusal: anything else counts as absent."""
    return _clean(value, limit) if isinstance(value, str) else ""


def name(*candidates: object) -> str | None:
    """The first that names a person. Whaticket writes the number where it knows no name: that is none."""
    for candidate in candidates:
        found = " ".join(words(candidate, limit=4 * LONGEST_NAME).split())[:LONGEST_NAME].rstrip()
        if LETTERS.search(found):
            return found
    return None


def identifier(value: object, *, field: str) -> str | None:
    """An id as text, also where it came as a number. Raises UnreadableWebhook when no id could look so."""
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and ID.fullmatch(value):
        return value
    raise UnreadableWebhook("an identifier is expected", field=field)


def url(value: object) -> str | None:
    """A web address as received; whether we dare to fetch it is not decided here."""
    if isinstance(value, str) and len(value) <= LONGEST_URL and value.startswith(("https://", "http://")):
        return None if CONTROLS.search(value) or " " in value else value
    return None


def _clean(value: str, limit: int) -> str:
    return CONTROLS.sub("", value).strip()[:limit]
