"""What an entry may show of a value: that a secret or a person's data changed, never what it was or became.

A field is judged by its name first, then by the shape of what it holds: an address, a telephone or a token is covered
wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

HIDDEN: Final = "[secret]"
PERSONAL: Final = "[personal]"

SECRET_WORD: Final = re.compile(
    "secrets?|tokens?|passwords?|keys?|hash|digest|codes?|otp|totp|seed|credentials?|authorization|cookies?|signature"
)
PERSONAL_WORD: Final = re.compile(
    "name|phone|number|telephone|e?mail|address|contact|cpf|cnpj|rg|document|birthday|birth|text|body|content|message"
    "|question|answer|reply|note|caption|transcript|prompt|holder|payer|customer|jid|lid|chat"
)
WORDS_OF_A_NAME: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

SHAPES: Final = (
    (re.compile(r"[a-z][a-z0-9+.-]{0,20}://[^\s\"'<>]*", re.IGNORECASE), "[url]"),
    (re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}"), PERSONAL),
    (re.compile(r"\+?\(?\d(?:[ ().\-/]{0,3}\d){7,}"), PERSONAL),
    (re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}"), HIDDEN),
)
UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:\d\d)?)?")
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")

LONGEST: Final = 300
LARGEST: Final = 10**7  # eight digits could be somebody's telephone
DEEPEST: Final = 3
WIDEST: Final = 60
ABSENT: Final = object()


def masked(fields: Mapping[str, object], depth: int = 0) -> dict[str, object]:
    """The fields as they may be kept for ever, as plain values that JSON knows."""
    return {tidy(str(name), 80): _shown(str(name), fields[name], depth) for name in list(fields)[:WIDEST]}


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[str]:
    """The fields whose values differ, or that only one side has."""
    return frozenset(
        name for name in before.keys() | after.keys() if before.get(name, ABSENT) != after.get(name, ABSENT)
    )


def tidy(text: str, longest: int = LONGEST) -> str:
    """One printable line of bounded length."""
    line = CONTROL.sub(" ", text[: longest + 1])
    return line if len(line) <= longest else line[: longest - 1] + "…"


def covered(text: str) -> str:
    """The text, without what looks like an address, a telephone or a token; ids and moments of ours may stay."""
    line = tidy(text)
    if UUID.fullmatch(line) or MOMENT.fullmatch(line):
        return line
    for shape, instead in SHAPES:
        line = shape.sub(instead, line)
    return line


def _shown(name: str, value: object, depth: int) -> object:
    if value is None or isinstance(value, bool):
        return value
    kind = _kind(name)
    if kind is not None:
        return kind
    if isinstance(value, int | float):
        return value if abs(value) < LARGEST else PERSONAL
    if isinstance(value, Mapping):
        return masked({str(key): inner for key, inner in value.items()}, depth + 1) if depth < DEEPEST else "[…]"
    if isinstance(value, list | tuple | set | frozenset):
        return [_shown("", each, depth + 1) for each in list(value)[:WIDEST]] if depth < DEEPEST else "[…]"
    return covered(str(value))


def _kind(name: str) -> str | None:
    words = {word.lower() for word in WORDS_OF_A_NAME.findall(name)}
    if "id" in words or "ids" in words:  # `contact_id`, `key_id`: a number or a uuid of ours, judged by its shape
        return None
    if any(map(SECRET_WORD.fullmatch, words)):
        return HIDDEN
    return PERSONAL if any(map(PERSONAL_WORD.fullmatch, words)) else None
