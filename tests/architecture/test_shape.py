"""Files and functions stay small: the worst are printed, and what passes the hard stop fails.

A hard stop asks "which second noun lives here?"; it is no reason to cut a function in two at line 40.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest

from tests.architecture.source import LAYERS, PROGRAM, Source, python_files

Function = ast.FunctionDef | ast.AsyncFunctionDef

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_USE_CASE_FILE = 200
MOST_ARGUMENTS = 6
SHOWN = 5


def rows(sources: Iterable[Source]) -> list[tuple[int, str]]:
    return [
        (lines(node), f"{source.name}:{node.lineno} {node.name}") for source in sources for node in source.functions
    ]


def lines(function: Function) -> int:
    """With those of the functions inside: a reader scrolls past them too."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def worst(found: list[tuple[int, str]], what: str) -> list[tuple[int, str]]:
    print(f"\n{what}")
    for size, name in sorted(found, reverse=True)[:SHOWN]:
        print(f"  {size:>4}  {name}")
    return found


def too_big(found: list[tuple[int, str]], limit: int) -> list[str]:
    return [f"{name}: {size}" for size, name in found if size > limit]


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    found = worst([(source.length, source.name) for source in python_files(*PROGRAM)], "longest files")

    assert too_big(found, LONGEST_FILE) == []


def test_no_test_file_is_about_two_things() -> None:
    found = worst([(source.length, source.name) for source in python_files("tests")], "longest test files")

    assert too_big(found, LONGEST_FILE) == []


def test_no_use_case_hides_a_second_one() -> None:
    found = worst([(source.length, source.name) for source in python_files("application")], "longest use cases")

    assert too_big(found, LONGEST_USE_CASE_FILE) == []


def test_no_function_is_longer_than_a_screen() -> None:
    assert too_big(worst(rows(python_files(*PROGRAM)), "longest functions"), LONGEST_FUNCTION) == []


def test_no_function_asks_for_more_than_six_things() -> None:
    found = [
        (
            len(node.args.posonlyargs + node.args.args + node.args.kwonlyargs) - _is_method(node),
            f"{source.name} {node.name}",
        )
        for source in python_files(*LAYERS)
        for node in source.functions
    ]

    assert too_big(worst(found, "most arguments"), MOST_ARGUMENTS) == []


def _is_method(node: Function) -> bool:
    return bool(node.args.args) and node.args.args[0].arg in ("self", "cls")


@pytest.mark.parametrize(("limit", "expected"), [(2, ["b: 3"]), (3, [])])
def test_the_ruler_itself_measures(limit: int, expected: list[str]) -> None:
    assert too_big([(1, "a"), (3, "b")], limit) == expected
