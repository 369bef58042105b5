"""A sentence cut into nodes: at every word the longest stretch that a rule understands."""

from __future__ import annotations

import re
from typing import Final

from domain.scheduling.grammar import Context, Node
from domain.scheduling.links import RULES

WORD: Final = re.compile(r"[a-z]+|\d+|\S")
GAP: Final = Node("G")


def scanned(line: str, context: Context) -> list[Node]:
    """The nodes in their order; what nobody understands is one gap, however long."""
    nodes: list[Node] = []
    at = 0
    while word := WORD.search(line, at):
        node, at = _longest(line, word, context)
        if node.code != "_" and not (node.code == "G" and nodes and nodes[-1].code == "G"):
            nodes.append(node)
    return nodes


def _longest(line: str, word: re.Match[str], context: Context) -> tuple[Node, int]:
    start = word.start()
    found = [(match, rule) for rule in RULES if (match := rule.pattern.match(line, start)) and match.end() > start]
    for match, rule in sorted(found, key=lambda pair: -pair[0].end()):
        node = rule.build(match, context)
        if node is not None:
            return node, match.end()
    return GAP, word.end()
