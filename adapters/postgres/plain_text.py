"""Text as people search in it, "joao" for "João": by what PostgreSQL has of its own, not by an extension some may not add.

A letter is taken apart first, so that even a server whose locale knows only ASCII makes the big ones small.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MARKS: Final = re.compile("[\u0300-\u036f]")


def plain_column(column: str) -> str:
    """An expression over a column of ours; nobody else's text is a name of one."""
    return rf"lower(regexp_replace(normalize({column}, NFD), '[\u0300-\u036f]', '', 'g'))"


def plain_words(said: str) -> str:
    """What was typed, to be looked for in such an expression."""
    return MARKS.sub("", unicodedata.normalize("NFD", said)).lower()
