"""Our own source, parsed once, for the tests about it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("domain", "application", "adapters", "secretaria")
PROGRAM = (*LAYERS, "ops")


@dataclass(frozen=True)
class Source:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def length(self) -> int:
        return self.text.count("\n")

    @property
    def imports(self) -> set[str]:
        """Dotted names of what is imported, wherever the statement stands."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
        return found

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


@cache
def _package(name: str) -> tuple[Source, ...]:
    paths = sorted((ROOT / name).rglob("*.py"))
    return tuple(Source(path, text, ast.parse(text)) for path in paths for text in [path.read_text()])


def python_files(*packages: str) -> list[Source]:
    return [source for package in packages for source in _package(package)]
