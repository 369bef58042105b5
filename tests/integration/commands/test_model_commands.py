"""`secretaria company model`: a company's own model, key and prices, as somebody would type them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.commands.conftest import Type, fetch, told

KEY = "canary-gemini-key-5678"


def shown(type_: Type) -> dict[str, Any]:
    return told(type_("company", "model", "1", "--json"))


def test_a_new_company_has_what_the_installation_has(type_: Type, opened: dict, environment: dict):
    environment |= {"SECRETARIA_MODEL": "gemini-of-the-house", "GEMINI_API_KEY": "key-of-the-house-4321"}

    result = type_("company", "model", "clinica-sorriso")

    assert "gemini-of-the-house (the installation's)" in result.stdout
    assert "…4321 (the installation's)" in result.stdout
    assert "its own" not in result.stdout
    assert shown(type_)["own"] == []


def test_each_thing_is_set_by_itself_and_the_rest_stays(type_: Type, opened: dict):
    type_("company", "model", "1", "--main", "gemini-own")
    type_("company", "model", "1", "--small", "gemini-own-small")
    keyed = type_("company", "model", "1", "--key-stdin", answer=f"{KEY}\n")
    type_("company", "model", "1", "--prices", "gemini-own=0.5/2", "--prices", "gemini-own=1/4@2027-01-01")

    assert shown(type_) == {
        "company": "Clínica Sorriso",
        "tenant": 1,
        "main": "gemini-own",
        "small": "gemini-own-small",
        "key": "…5678",
        "prices": {"gemini-own": ["0.5/2", "1/4@2027-01-01"]},
        "own": ["main", "small", "key", "prices"],
    }
    assert "within five seconds" in keyed.stderr
    said = type_("company", "model", "1").stdout
    assert "…5678 (its own)" in said
    assert "gemini-own 0.5/2, gemini-own 1/4@2027-01-01 (its own)" in said


def test_the_key_is_shown_to_nobody_and_lies_sealed(type_: Type, opened: dict, environment: dict):
    result = type_("company", "model", "1", "--key-stdin", answer=f"{KEY}\n")

    assert KEY not in result.output + type_("company", "model", "1", "--json").output
    [(row,)] = fetch(environment["DATABASE_URL"], "select own_model::text from tenant_1.own_model")
    assert KEY not in row


def test_all_is_forgotten_and_an_empty_name_forgets_that_one(type_: Type, opened: dict, environment: dict):
    type_("company", "model", "1", "--main", "gemini-own", "--small", "s", "--key-stdin", answer=f"{KEY}\n")
    type_("company", "model", "1", "--main", "")
    assert shown(type_)["own"] == ["small", "key"]

    type_("company", "model", "1", "--forget")

    assert shown(type_)["own"] == []
    assert fetch(environment["DATABASE_URL"], "select 1 from tenant_1.own_model") == []


def test_the_key_still_opens_after_the_master_key_was_rotated(type_: Type, opened: dict, environment: dict):
    type_("company", "model", "1", "--key-stdin", answer=f"{KEY}\n")

    type_("secrets", "rotate", "--new-key")
    type_("secrets", "rotate", "--drop-earlier")

    assert shown(type_)["key"] == "…5678"


def test_a_key_that_no_longer_opens_is_told_in_one_line_and_can_be_forgotten(
    type_: Type, opened: dict, environment: dict
):
    type_("company", "model", "1", "--key-stdin", answer=f"{KEY}\n")
    file = Path(environment["SECRETARIA_MASTER_KEY_FILE"])
    file.write_text(type_("secrets", "new-master-key").stdout)

    assert "not given master key" in type_("company", "model", "1", code=1).stderr
    type_("company", "model", "1", "--forget")

    assert shown(type_)["own"] == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--main", "models/gemini"), "--main"),
        (("--small", "a b"), "--small"),
        (("--prices", "gemini"), "--prices"),
        (("--prices", "gemini=1/2/3"), "--prices"),
        (("--prices", "gemini=1..0/2"), "--prices"),
        (("--prices", "gemini=1/2@2027-02-30"), "--prices"),
        (("--prices", "../x=1/2"), "--prices"),
        (("--key-stdin",), "--key-stdin"),
        (("--forget", "--main", "x"), "--forget goes alone"),
    ],
    ids=" ".join,
)
def test_nonsense_names_the_option_and_changes_nothing(type_: Type, opened: dict, words: tuple[str, ...], named: str):
    result = type_("company", "model", "1", *words, code=2, answer="two words\n")

    assert named in result.stderr
    assert shown(type_)["own"] == []


def test_a_company_that_is_not_there_is_told(type_: Type, opened: dict):
    assert "no company 7" in type_("company", "model", "7", "--main", "x", code=1).stderr
    type_("company", "close", "1", "--yes")
    assert "company 1 is closed" in type_("company", "model", "1", "--main", "x", code=1).stderr
