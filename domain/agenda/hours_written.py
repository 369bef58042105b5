"""The hours that stand in what was written, however loosely: whoever writes "pode ser as 3" brought up three o'clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from domain.assistant.plain import plain
from domain.scheduling.vocabulary import NUMBERS

CLOCK: Final = re.compile(r"(?<![\d/,.:])(?:[01]?\d|2[0-3])(?= ?h|:\d\d)")
LOOSELY: Final = re.compile(
    rf"{CLOCK.pattern}|(?<![\d/,.:h$(-])(?<!dia )(?<!r\$ )(?:[01]?\d|2[0-3])(?![\d/%$-]|[,.]\d"
    rf"| (?:de (?!segunda|terca|quarta|quinta|sexta|sabado|domingo|manha|tarde|noite|hoje|amanha)|rea|vez|dia|pesso))"
    rf"|\b(?:{'|'.join(word for word in NUMBERS if word not in ('um', 'uma', 'zero'))}|meio dia|meio-dia|meia noite|uma)\b"
)
STRETCH: Final = re.compile(r"(?:(?<=das )(\d{1,2})-(?=\d)|(?<![\d/-])(\d{1,2})[/-](?=\d{1,2} ?h\b))")
"""Two hours with one sign between them: "das 9-12", "9/10h"."""
SPOKEN: Final = {"meio dia": 12, "meio-dia": 12, "meia noite": 0}


def hours_brought_up(said: Iterable[str], published: str) -> frozenset[int]:
    """In a talk, where a bare number may be an hour, or by the house, which writes "das 8h às 18h"."""
    found = [word for text in said for word in LOOSELY.findall(STRETCH.sub(r"\1\2h ", plain(text)))]
    return frozenset(
        int(word) if word.isdigit() else SPOKEN.get(word, NUMBERS.get(word, 0))
        for word in (*found, *CLOCK.findall(plain(published)))
    )
