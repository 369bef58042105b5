"""What contacts write, as markup that says no more than they did: WhatsApp's own marks, links that are safe to follow.

Everything is escaped piece by piece; nothing of a message ever becomes a tag or an attribute's name.
"""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

LONGEST: Final = 8_000
PIECES: Final = re.compile(
    r"(\*[^*\n]{1,500}\*|_[^_\n]{1,500}_|~[^~\n]{1,500}~"
    r"|https?://[^\s<>\"'`]{1,500}|mailto:[^\s<>\"'`]{3,200}|tel:\+?[\d-]{3,20})",
    re.IGNORECASE,
)
TAGS: Final = {
    "*": Markup("<strong>{}</strong>"),
    "_": Markup("<em>{}</em>"),
    "~": Markup("<s>{}</s>"),
}
LINK: Final = re.compile(r"(?:https?://[\w\[]|mailto:\w|tel:\+?\d)", re.IGNORECASE)
TRAILING: Final = ".,;:!?)]}"


def whatsapp(text: str) -> Markup:
    """Bold, italic, struck and links (http, https, mailto, tel); all else is text."""
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return Markup("").join(_piece(piece) for piece in PIECES.split(shown))


def _piece(piece: str) -> Markup:
    if LINK.match(piece):
        address = piece.rstrip(TRAILING)
        return _link(address) + escape(piece[len(address) :])
    tag = TAGS.get(piece[:1])
    if tag and len(piece) > 2 and piece[-1] == piece[0] and not piece[1].isspace() and not piece[-2].isspace():
        return tag.format(piece[1:-1])
    return escape(piece)


def _link(address: str) -> Markup:
    return Markup('<a href="{0}" target="_blank" rel="noopener noreferrer nofollow ugc">{0}</a>').format(address)
