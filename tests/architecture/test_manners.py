"""What a reviewer would otherwise have to say twice."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import LAYERS, PROGRAM, ROOT, Source, python_files

CLOCKS = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.(time|monotonic)|uuid4|random\.)")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
ENVIRONMENT = re.compile(r"\bos\.(environ|getenv)\b")
PROMETHEUS_OWN = '"PROMETHEUS_MULTIPROC_DIR" in os.environ'
OTHER_MACHINES = re.compile(
    r"/(home|Users)/\w+/|/work/|/root/|pythonhosted\.|pypi\.org|registry\.npmjs|npmjs\.(com|org)"
)
WRITTEN = (
    "*.py",
    "*.md",
    "*.toml",
    "*.yaml",
    "*.lock",
    "*.json",
    "*.html",
    "*.js",
    "Makefile",
    "Dockerfile",
    ".env.example",
)
MADE = (".venv", ".git", "var", "node_modules", ".mypy", ".hypothesis", ".ruff", ".pytest", ".import")


def test_every_module_opens_with_a_sentence() -> None:
    openings = {
        source.name: (ast.get_docstring(source.tree) or "").split("\n\n")[0] for source in python_files(*PROGRAM)
    }

    assert [name for name, opening in openings.items() if not opening.rstrip().endswith((".", ":", "?"))] == []


def test_nothing_is_left_for_later() -> None:
    files = python_files(*PROGRAM)

    assert [source.name for source in files if UNFINISHED.search(source.text)] == []
    assert [f"{source.name} {node.name}" for source in files for node in source.functions if _is_stub(node)] == []


def test_imports_stand_at_the_top_and_hide_no_cycle() -> None:
    files = python_files(*PROGRAM)

    assert [place for source in files for place in _inner_imports(source)] == []
    assert [source.name for source in files if "TYPE_CHECKING" in source.text] == []


def test_the_domain_has_neither_clock_nor_chance_nor_waiting() -> None:
    files = python_files("domain")

    assert [source.name for source in files if CLOCKS.search(source.text)] == []
    assert [source.name for source in files if _waits(source)] == []


def test_nobody_reads_the_environment_but_the_running_program() -> None:
    inner = [source for source in python_files(*LAYERS) if not source.name.startswith("secretaria/")]

    assert [source.name for source in inner if ENVIRONMENT.search(source.text.replace(PROMETHEUS_OWN, ""))] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    paths = [path for pattern in WRITTEN for path in ROOT.rglob(pattern) if not _made(path.relative_to(ROOT).parts)]
    texts = {str(path.relative_to(ROOT)): path.read_text(errors="replace") for path in paths}
    found = {name: match[0] for name, text in texts.items() if (match := OTHER_MACHINES.search(text))}

    assert found.pop("tests/architecture/test_manners.py")
    assert found == {}


def test_a_stub_is_known_when_seen() -> None:
    stub, honest = ast.parse("def a():\n  raise NotImplementedError\ndef b():\n  return 1").body

    assert isinstance(stub, ast.FunctionDef)
    assert isinstance(honest, ast.FunctionDef)
    assert _is_stub(stub)
    assert not _is_stub(honest)


def _is_stub(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A function that only says it is not written yet. The `...` of a Protocol is a promise, not a stub."""
    body = [part for part in node.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
    return len(body) == 1 and isinstance(body[0], ast.Raise) and "NotImplemented" in ast.unparse(body[0])


def _inner_imports(source: Source) -> list[str]:
    top = {id(node) for node in source.tree.body}
    statements = [node for node in ast.walk(source.tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return [f"{source.name}:{node.lineno}" for node in statements if id(node) not in top]


def _waits(source: Source) -> bool:
    return any(isinstance(node, (ast.AsyncFunctionDef, ast.Await)) for node in ast.walk(source.tree))


def _made(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(MADE) and not part.startswith(".env") for part in parts[:-1]) or "__pycache__" in parts
