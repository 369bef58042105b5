"""What the demonstration looks at before it speaks of the agenda: the message, what was said, and what tools answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ops.sandbox.gemini import wire
from ops.sandbox.gemini.spoken import plain

AGENDA: Final = re.compile(r"^# Agenda desta pessoa\n(.*?)(?=^# |\Z)", re.MULTILINE | re.DOTALL)
LINE: Final = re.compile(r"^- (\S+) \| (.+)$", re.MULTILINE)
STATE: Final = re.compile(r" \([^()]*\)$")
DONE: Final = re.compile(r"^(?:Pronto|Tudo bem!|O pedido para )", re.MULTILINE)
"""With these words a wish is over, and what comes next is another."""
FENCE: Final = re.compile(r"</?mensagem>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Talk:
    """`said` is what the secretary said last, `told` what tools answered since the message: (name, arguments, answer).

    `wished`: their own messages since something was done for them last, the newest first, and this one with them.
    """

    heard: str
    words: str
    said: str
    told: Sequence[tuple[str, Mapping[str, Any], Mapping[str, Any]]]
    mine: Mapping[str, str]
    offered: Mapping[str, str]
    wished: Sequence[str] = ()


def may_book(body: wire.Json) -> bool:
    names = {
        one.get("name")
        for tool in wire.field(body, "tools") or []
        for one in wire.field(tool, "functionDeclarations") or []
    }
    return {"find_slots", "book"} <= names


def read_talk(body: wire.Json) -> Talk:
    said = wire.contents(body)
    place = max(
        (at for at, one in enumerate(said) if one.get("role", "user") == "user" and wire.text_of(one)), default=0
    )
    words = _words(said[place]) if said else ""
    earlier = [wire.text_of(one) for one in said[:place] if one.get("role") == "model"]
    section = next(iter(AGENDA.findall(wire.system_text(body))), "")
    mine, _, offered = section.partition("Horários já oferecidos")
    return Talk(
        heard=plain(words),
        words=words,
        said=earlier[-1] if earlier else "",
        told=_told(said[place + 1 :]),
        mine={code: STATE.sub("", what) for code, what in LINE.findall(mine)},
        offered=dict(LINE.findall(offered)),
        wished=_wished(said[: place + 1]),
    )


def _words(message: wire.Json) -> str:
    return " ".join(FENCE.sub(" ", wire.text_of(message)).split())


def _wished(contents: Sequence[wire.Json]) -> list[str]:
    wished: list[str] = []
    for one in reversed(contents):
        if one.get("role") == "model" and DONE.search(wire.text_of(one)):
            break
        if one.get("role", "user") == "user" and (words := _words(one)):
            wished.append(words)
    return wished


def _told(contents: Sequence[wire.Json]) -> list[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    parts = [part for one in contents for part in wire.parts(one)]
    calls = [call for part in parts if (call := wire.field(part, "functionCall"))]
    answers = [told for part in parts if (told := wire.field(part, "functionResponse"))]
    return [
        (told["name"], call.get("args") or {}, told.get("response") or {})
        for call, told in zip(calls, answers, strict=False)
    ]
