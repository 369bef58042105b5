"""Just as much Mustache as every outgoing text of a Whaticket goes through, its failures included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

ESCAPES: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "/": "&#x2F;",
        "`": "&#x60;",
        "=": "&#x3D;",
    }
)  # mustache.js escapes more than HTML needs
OPENING: Final = re.compile(r"\{\{\s*([#^/&!>={]?)")


class TemplateError(ValueError):
    """What mustache.js throws: an unclosed or unopened tag or section."""


def render(text: str, view: Mapping[str, str]) -> str:
    """Replace known names (escaped), drop unknown ones; raises TemplateError where mustache.js throws."""
    out: list[str] = []
    sections: list[tuple[str, bool]] = []
    place = 0
    while opening := OPENING.search(text, place):
        if all(shown for _, shown in sections):
            out.append(text[place : opening.start()])
        name, place = _tag(text, opening)
        sign = opening.group(1)
        if sign in {"#", "^"}:
            sections.append((name, bool(view.get(name)) == (sign == "#")))
        elif sign == "/":
            _leave(sections, name, opening.start())
        elif all(shown for _, shown in sections):
            out.append(_value(sign, name, view))
    if sections:
        raise TemplateError(f'Unclosed section "{sections[-1][0]}" at {len(text)}')
    out.append(text[place:])
    return "".join(out)


def _tag(text: str, opening: re.Match[str]) -> tuple[str, int]:
    closing = {"{": "}}}", "=": "=}}"}.get(opening.group(1), "}}")
    end = text.find(closing, opening.end())
    if end < 0:
        raise TemplateError(f"Unclosed tag at {len(text)}")
    return text[opening.end() : end].strip(), end + len(closing)


def _leave(sections: list[tuple[str, bool]], name: str, place: int) -> None:
    if not sections:
        raise TemplateError(f'Unopened section "{name}" at {place}')
    if sections.pop()[0] != name:
        raise TemplateError(f"Unclosed section at {place}")


def _value(sign: str, name: str, view: Mapping[str, str]) -> str:
    if sign in {"!", ">", "="}:
        return ""
    value = view.get(name, "")
    return value if sign in {"&", "{"} else value.translate(ESCAPES)
