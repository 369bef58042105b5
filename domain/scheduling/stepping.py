"""Steps over the nodes of a sentence: wherever a pattern of their codes is found, fewer nodes take their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from domain.scheduling.grammar import Context, Node

Join = Callable[[Sequence[Node], Context], list[Node] | None]
Step = tuple[re.Pattern[str], Join]
DAYS_CODES: Final = "DWR"


def step(pattern: str, join: Join) -> Step:
    """X in the pattern is any of the days."""
    return re.compile(pattern.replace("X", f"[{DAYS_CODES}]")), join


def stepped(nodes: list[Node], steps: Sequence[Step], context: Context) -> list[Node]:
    """Each step wherever its pattern of codes is found, until nothing is left for it to do."""
    codes = coded(nodes)
    for pattern, join in steps:
        if pattern.search(codes):
            nodes = _everywhere(nodes, pattern, join, context)
            codes = coded(nodes)
    return nodes


def _everywhere(nodes: list[Node], pattern: re.Pattern[str], join: Join, context: Context) -> list[Node]:
    at = 0
    codes = coded(nodes)
    while found := pattern.search(codes, at):
        instead = join(nodes[found.start() : found.end()], context)
        if instead is None or len(instead) >= found.end() - found.start():
            at = found.start() + 1
        if instead is not None:
            nodes = [*nodes[: found.start()], *instead, *nodes[found.end() :]]
            codes = codes[: found.start()] + coded(instead) + codes[found.end() :]
    return nodes


def coded(nodes: Sequence[Node]) -> str:
    return "".join(node.code for node in nodes)


def named(nodes: Sequence[Node]) -> list[Node]:
    return [node for node in nodes if node.code in DAYS_CODES]


def drop(_nodes: Sequence[Node], _context: Context) -> list[Node]:
    return []
