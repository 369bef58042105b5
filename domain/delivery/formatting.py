"""Markdown as models write it, turned into what WhatsApp shows; and long texts cut where a reader would pause.

WhatsApp knows *bold*, _italic_ and ~struck~, lines that begin with a bullet or with "> ", and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

PASSES: Final = 8
"""Undoing one mark may complete another ("\\\\**a**"); a few passes settle every text, and the last word is the same."""

ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])")
IMAGE: Final = re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?")
LINK: Final = re.compile(r"\[([^\[\]\n]*)\]\(\s*<?([^()<>\s]*)>?[^()\n]*\)")
REFERENCE: Final = re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]")
DEFINITION: Final = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]*\S+[^\n]*$", re.MULTILINE)
AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:|tel:)[^<>\s]+)>")
SCHEME: Final = re.compile(r"^(?:mailto|tel):")
TAG: Final = re.compile(r"</?(?:b|strong|i|em|u|p|div|span|ul|ol|li|code|pre|h[1-6])\s?/?>", re.IGNORECASE)
BREAK: Final = re.compile(r"<br\s?/?>", re.IGNORECASE)

FENCE: Final = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\w*[ \t]*$")
RULE: Final = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$")
HEADING: Final = re.compile(r"^[ \t]*#{1,6}[ \t]+(.*?)[ \t#]*$")
ITEM: Final = re.compile(r"^([ \t]*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
TABLE_RULE: Final = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?$")
ROW: Final = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$")

BOLD: Final = re.compile(r"\*{2,}[ \t]?([^*\n]*[^*\s])[ \t]?\*{2,}")
UNDERLINED: Final = re.compile(r"(?<![^\W_])__([^_\n]*[^_\s])__(?![^\W_])")
STRUCK: Final = re.compile(r"~{2,}")
STARS: Final = re.compile(r"\*{2,}")
BLANKS: Final = re.compile(r"(?<=\S)[ \t\xa0]+")
EMPTY_LINES: Final = re.compile(r"\n{3,}")

FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
JOINER: Final = "\u200d"  # holds 👩‍⚕️ together; between letters it only hides things
EMOJI_PARTS: Final = frozenset({"So", "Sk", "Mn"})


def to_whatsapp(text: str) -> str:
    """The text without Markdown, invisible characters or template braces. Doing it twice changes nothing."""
    for _ in range(PASSES):
        done = _pass(text)
        if done == text:
            break
        text = done
    return text


def visible(text: str) -> str:
    """Without control and format characters.

    Whaticket forks act on two of them: U+200E hides a message from the panel, U+200C closes the ticket.
    """
    text = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(mark for at, mark in enumerate(text) if _is_visible(text, at))


def _is_visible(text: str, at: int) -> bool:
    mark = text[at]
    if mark == JOINER:
        return 0 < at < len(text) - 1 and all(
            unicodedata.category(text[side]) in EMOJI_PARTS for side in (at - 1, at + 1)
        )
    return mark in "\n\t" or (unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co"} and mark not in FILLERS)


def _pass(text: str) -> str:
    text = ESCAPED.sub(r"\1", visible(text))
    text = BREAK.sub("\n", TAG.sub("", text))
    text = DEFINITION.sub("", IMAGE.sub("", text))
    text = REFERENCE.sub(r"\1", LINK.sub(_told, AUTOLINK.sub(lambda link: SCHEME.sub("", link[1]), text)))
    lines = (BLANKS.sub(" ", line).rstrip() for line in _lines(text.split("\n")))
    text = _emphasis("\n".join(lines).replace("`", ""))
    return EMPTY_LINES.sub("\n\n", _single_braces(text)).strip()


def _told(link: re.Match[str]) -> str:
    label, target = link[1].strip(), SCHEME.sub("", link[2])
    if not target or target in label:
        return label
    return f"{label} ({target})" if label else target


def _lines(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        if FENCE.match(line) or RULE.match(line) or TABLE_RULE.match(line):
            continue
        yield _row(line, heading=at + 1 < len(lines) and TABLE_RULE.match(lines[at + 1]) is not None)


def _row(line: str, *, heading: bool) -> str:
    title = HEADING.match(line)
    if title:
        return _bold(title[1])
    row = ROW.match(line)
    if row or heading:
        cells = [cell.strip() for cell in (row[1] if row else line).split("|")]
        told = " – ".join(cell for cell in cells if cell)
        return _bold(told) if heading else told
    return ITEM.sub(r"\1• ", line)


def _bold(text: str) -> str:
    bare = text.replace("*", "").replace("__", "").strip()
    return f"*{bare}*" if bare else ""


def _emphasis(text: str) -> str:
    return STARS.sub("*", STRUCK.sub("~", UNDERLINED.sub(r"*\1*", BOLD.sub(r"*\1*", text))))


def _single_braces(text: str) -> str:
    """Whaticket sends every text through Mustache: "{{name}}" is replaced, and an unclosed "{{" refuses the message."""
    return re.sub(r"\}{2,}", "}", re.sub(r"\{{2,}", "{", text))
