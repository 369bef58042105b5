"""The .env file: what people write there is understood, and the environment wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from secretaria.dotenv import adopt, read_env


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=value", "value"),
        ("export NAME=value", "value"),
        ("  NAME = value  ", "value"),
        ("NAME='two words'", "two words"),
        ('NAME="a # b"', "a # b"),
        ("NAME=value # said why", "value"),
        ("NAME=a=b#c", "a=b#c"),
        ("NAME=", ""),
    ],
)
def test_a_line_is_read_as_a_shell_user_means_it(tmp_path: Path, line: str, value: str) -> None:
    (tmp_path / ".env").write_text(f"# a comment\n\n#OTHER=1\n{line}\nnonsense\n")

    assert read_env(tmp_path / ".env") == {"NAME": value}


def test_a_missing_file_says_nothing(tmp_path: Path) -> None:
    assert read_env(tmp_path / ".env") == {}


def test_the_environment_wins_but_an_empty_variable_does_not_count() -> None:
    environment = {"SET": "here", "EMPTY": ""}

    adopt(environment, {"SET": "file", "EMPTY": "file", "NEW": "file"})

    assert environment == {"SET": "here", "EMPTY": "file", "NEW": "file"}
