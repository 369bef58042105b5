"""Which of the services and people it was told of the demonstration takes somebody's words to mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ops.sandbox.gemini.spoken import plain
from ops.sandbox.gemini.talk import Talk

WITH: Final = re.compile(r"\bcom (?:[ao] )?(?:dra?\.? ?|doutora? )?(\w{3,})")


def named(names: Sequence[str], text: str) -> str | None:
    """By its whole name, or else by a long word of it."""
    whole = [name for name in names if re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", text)]
    parts = [
        name
        for name in names
        if any(re.search(rf"\b{re.escape(word)}", text) for word in plain(name).split() if len(word) > 4)
    ]
    return next(iter(whole or parts), None)


def whom(people: Sequence[str], talk: Talk) -> str | None:
    called = [name for one in talk.wished for name in WITH.findall(plain(one))]
    return next((who for name in called for who in people if name in plain(who).split()), None)


def after(text: str, ask: str) -> str:
    return text.partition(ask)[2].partition("?")[0]
