"""What a reviewer would otherwise have to say twice."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import LAYERS, PROGRAM, ROOT, Source, named, python_files

CLOCKS = re.compile(
    r"\b(datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time|time\.monotonic|uuid4|random\.)"
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
OTHER_MACHINES = re.compile(r"/(home|Users)/\w+/|/work/|/root/|files\.pythonhosted|pypi\.org|registry\.npmjs")
WRITTEN = ["*.py", "*.md", "*.toml", "*.yaml", "*.yml", "*.lock", "*.sh", "Makefile", "Dockerfile", ".env.example"]


@pytest.mark.parametrize("source", python_files(*PROGRAM), ids=named)
def test_every_module_opens_with_a_sentence(source: Source) -> None:
    opening = ast.get_docstring(source.tree)

    assert opening is not None
    assert opening.split("\n\n")[0].rstrip().endswith((".", ":", "?"))


@pytest.mark.parametrize("source", python_files(*PROGRAM), ids=named)
def test_nothing_is_left_for_later(source: Source) -> None:
    stubs = [node.name for node in source.functions if _is_stub(node)]

    assert UNFINISHED.search(source.text) is None
    assert stubs == []


@pytest.mark.parametrize("source", python_files(*PROGRAM), ids=named)
def test_imports_stand_at_the_top_and_hide_no_cycle(source: Source) -> None:
    top = {id(node) for node in source.tree.body}
    statements = [node for node in ast.walk(source.tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    inner = [node.lineno for node in statements if id(node) not in top]

    assert inner == []
    assert "TYPE_CHECKING" not in source.text


@pytest.mark.parametrize("source", python_files("domain"), ids=named)
def test_the_domain_has_neither_clock_nor_chance_nor_waiting(source: Source) -> None:
    assert CLOCKS.search(source.text) is None
    assert not any(isinstance(node, (ast.AsyncFunctionDef, ast.Await)) for node in ast.walk(source.tree))


@pytest.mark.parametrize("source", python_files(*LAYERS), ids=named)
def test_nobody_reads_the_environment_but_the_running_program(source: Source) -> None:
    named_by_others = source.text.replace('"PROMETHEUS_MULTIPROC_DIR" in os.environ', "")
    reads = re.search(r"\bos\.(environ|getenv)\b", named_by_others)

    assert reads is None or source.name.startswith("secretaria/")


def test_no_file_names_a_machine_or_a_registry() -> None:
    shown = []
    for pattern in WRITTEN:
        for path in ROOT.rglob(pattern):
            inside = path.relative_to(ROOT).parts
            if not any(part.startswith((".venv", ".git", "var", "node_modules", ".mypy", ".hypo")) for part in inside):
                found = OTHER_MACHINES.search(path.read_text(errors="replace"))
                shown += [f"{path.relative_to(ROOT)}: {found[0]}"] if found and path.name != "test_manners.py" else []

    assert shown == []


def _is_stub(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A function that only says it is not written yet. The `...` of a Protocol is a promise, not a stub."""
    body = [part for part in node.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
    return len(body) == 1 and isinstance(body[0], ast.Raise) and "NotImplemented" in ast.unparse(body[0])


def test_a_stub_is_known_when_seen() -> None:
    stub, honest = ast.parse("def a():\n  raise NotImplementedError\ndef b():\n  return 1").body

    assert isinstance(stub, ast.FunctionDef)
    assert isinstance(honest, ast.FunctionDef)
    assert _is_stub(stub)
    assert not _is_stub(honest)
