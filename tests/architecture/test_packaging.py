"""What our programs read beside their modules comes along when they are installed."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
PACKAGES = ("secretaria", "domain", "application", "adapters", "ops/sandbox")
DATA = tomllib.loads((HERE / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]


def beside_modules() -> list[str]:
    files = (file for package in PACKAGES for file in (HERE / package).rglob("*") if file.is_file())
    return sorted(str(file.relative_to(HERE)) for file in files if file.suffix not in {".py", ".pyc"})


@pytest.mark.parametrize("file", beside_modules())
def test_every_file_beside_our_modules_is_named_as_their_data(file: str) -> None:
    patterns = [f"{package.replace('.', '/')}/{pattern}" for package, listed in DATA.items() for pattern in listed]

    assert any(fnmatch(file, pattern) for pattern in patterns)
