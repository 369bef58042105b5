"""What our programs read beside their modules comes along when they are installed."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
PACKAGES = ("secretaria", "domain", "application", "adapters", "ops/sandbox")
NOT_READ = ("node_modules", "package.json", "package-lock.json", ".npmrc")
"""From these the panel's browser files are made; what runs reads the copies in static/vendor."""

DATA = tomllib.loads((HERE / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]


def beside_modules() -> list[str]:
    files = (file for package in PACKAGES for file in (HERE / package).rglob("*") if file.is_file())
    read = (file.relative_to(HERE) for file in files if file.suffix not in {".py", ".pyc"})
    return sorted(str(file) for file in read if not set(NOT_READ) & set(file.parts))


@pytest.mark.parametrize("file", beside_modules())
def test_every_file_beside_our_modules_is_named_as_their_data(file: str) -> None:
    patterns = [f"{package.replace('.', '/')}/{pattern}" for package, listed in DATA.items() for pattern in listed]

    assert any(fnmatch(file, pattern) for pattern in patterns)
