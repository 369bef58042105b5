"""Text as a rule reads it: one case, no accents, nothing invisible, look-alike letters undone."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LOOKALIKES: Final = str.maketrans("абвекмнорстухіјѕαερτυνκι", "abbekmhopctyxijsaeptuvki")
"""Cyrillic and Greek letters that pass for Latin ones; a customer in Brazil has no other reason to mix them in."""

DISGUISES: Final = str.maketrans("0134578@$!", "oieastbasi")
WORD: Final = re.compile(r"[a-z0-9@$!]+")
DISGUISED: Final = re.compile(r"[a-z][0134578@$!]+[a-z]|^[0134578@$]+[a-z]{3}")
SPELT_OUT: Final = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3}\w(?!\w)")
UNSEEN: Final = frozenset({"Mn", "Cf", "Cc", "Cs", "Co"})
BREAKS: Final = frozenset("\u2028\u2029")
CONTROLS: Final = {code: None for code in range(32) if chr(code) not in "\n\r\t"}


def plain(text: str) -> str:
    """Lower case without accents or invisible characters; line breaks stay, other blanks become one space."""
    folded = (text.lower() if text.isascii() else _bare(text)).translate(CONTROLS)
    return "\n".join(" ".join(line.split()) for line in folded.splitlines())


def undisguised(text: str) -> str:
    """Digits and signs used as letters, inside words only: "1gn0r3" but not "16h" or "2a feira"."""
    return WORD.sub(lambda word: word[0].translate(DISGUISES) if DISGUISED.search(word[0]) else word[0], text)


def rejoined(text: str) -> str:
    """Letters typed one by one become words again: "i g n o r e" or "i.g.n.o.r.e" reads "ignore"."""
    if not SPELT_OUT.search(text):
        return text
    words: list[str] = []
    letters: list[str] = []
    for piece in [*re.split(r"[ .\-_*]", text), ""]:
        if len(piece) == 1:
            letters.append(piece)
            continue
        if letters:
            words.append("".join(letters))
        letters.clear()
        words.append(piece)
    return " ".join(words)


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    category = unicodedata.category
    kept = (mark for mark in decomposed if mark.isascii() or category(mark) not in UNSEEN or mark in BREAKS)
    return "".join(kept).translate(LOOKALIKES)
