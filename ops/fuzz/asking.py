"""One caller asks the whole document: schemathesis makes the questions and judges the answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ops.fuzz.callers import Asker

CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "ignored_auth",
)
"""No 5xx, every status and shape as documented, no method that is not, and no door that opens without a token."""

MINUTES: Final = 20


@dataclass(frozen=True, slots=True)
class Depth:
    """The same seed asks the same questions."""

    seed: int
    examples: int
    phases: str = "examples,coverage,fuzzing"


@dataclass(frozen=True, slots=True)
class Heard:
    asker: str
    well: bool
    said: str


def ask(url: str, asker: Asker, depth: Depth, folder: Path) -> Heard:
    """`folder` takes what schemathesis remembers."""
    done = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{url}/schema/openapi.json", "--no-color",
            "--phases", depth.phases, "--max-examples", str(depth.examples), "--seed", str(depth.seed),
            "--checks", ",".join(CHECKS), "--workers", "1", "--suppress-health-check", "all", "--warnings", "off",
            "--request-timeout", "30", *_headers(asker), *_paths(asker),
        ],
        cwd=folder, env=_environment(), capture_output=True, text=True, check=False, timeout=MINUTES * 60,
    )  # fmt: skip
    return Heard(asker.name, done.returncode == 0, done.stdout + done.stderr)


def _headers(asker: Asker) -> list[str]:
    return [word for name, value in asker.headers.items() for word in ("--header", f"{name}: {value}")]


def _paths(asker: Asker) -> list[str]:
    chosen = ["--include-path-regex", _any(asker.only)] if asker.only else []
    return chosen + (["--exclude-path-regex", _any(asker.never)] if asker.never else [])


def _any(paths: tuple[str, ...]) -> str:
    return "^(" + "|".join(re.escape(path) for path in paths) + ")(/\\{id\\})?$"


def _environment() -> dict[str, str]:
    """Through no proxy, and with nothing of ours that schemathesis could read as its own."""
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
