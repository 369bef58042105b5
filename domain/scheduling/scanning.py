"""A sentence cut into nodes: at every word the longest stretch that a rule understands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from domain.scheduling.grammar import Context, Node, Rule
from domain.scheduling.links import RULES

WORD: Final = re.compile(r"[a-z]+|\d+|\S")
GROUP: Final = re.compile(r"\(\?P([<=])(\w+)")
GAP: Final = Node("G")


def any_of(rules: Sequence[Rule]) -> re.Pattern[str]:
    """Matches wherever one of the rules does: most words are of no rule's business, and one look has to tell."""
    return re.compile(
        "|".join(GROUP.sub(rf"(?P\1of{number}_\2", rule.pattern.pattern) for number, rule in enumerate(rules))
    )


AT_A_LOOK: Final = 8
LOOKS: Final = tuple(
    (any_of(some), some) for some in (RULES[at : at + AT_A_LOOK] for at in range(0, len(RULES), AT_A_LOOK))
)


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
    promising = (rule for look, some in LOOKS if look.match(line, start) for rule in some)
    found = [(match, rule) for rule in promising if (match := rule.pattern.match(line, start)) and match.end() > start]
    for match, rule in sorted(found, key=lambda pair: -pair[0].end()):
        node = rule.build(match, context)
        if node is not None:
            return node, match.end()
    return GAP, word.end()
