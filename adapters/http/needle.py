"""What somebody is searched by, in the panel and over JSON alike."""

from __future__ import annotations

import re


def needle(words: str) -> str:
    """A number is looked for as it is kept, however it was typed."""
    digits = re.sub(r"\D", "", words)
    return digits if len(digits) >= 4 and not re.search(r"[^\d\s()+.-]", words) else words
