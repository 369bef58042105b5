"""Every key maker there is, whoever adds one: the company stands in it and personal data do not."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.redis.keys import Keys

PHONE = "5531987654321"
MAKERS = [name for name, _ in inspect.getmembers(Keys, inspect.isfunction) if not name.startswith("_")]


def made_by(maker: str, *, tenant: int, keys: Keys | None = None) -> str:
    """Call a maker with what it asks for. A bare `str` may be personal, so it gets a telephone."""
    method: Callable[..., str] = getattr(keys or Keys(), maker)
    hints = {name: hint for name, hint in get_type_hints(method).items() if name != "return"}
    assert next(iter(hints)) == "tenant", f"{maker} must take the company first"
    return method(*(tenant if name == "tenant" else an_argument(hint) for name, hint in hints.items()))


def an_argument(hint: Any) -> Any:
    kind = getattr(hint, "__supertype__", hint)
    if kind is str:
        return PHONE if hint is str else "one"
    return UUID(int=1) if kind is UUID else kind(1)


@pytest.mark.parametrize("maker", MAKERS)
def test_every_key_begins_with_the_namespace_and_the_company(maker: str) -> None:
    assert made_by(maker, tenant=7).startswith("sv:{tenant_7}:")
    assert made_by(maker, tenant=7, keys=Keys("other")).startswith("other:{tenant_7}:")


@pytest.mark.parametrize("maker", MAKERS)
def test_no_key_shows_a_telephone_number(maker: str) -> None:
    assert PHONE not in made_by(maker, tenant=7)


def test_no_two_makers_make_the_same_key() -> None:
    assert len({made_by(maker, tenant=7) for maker in MAKERS}) == len(MAKERS)


parts = st.text(alphabet=":{}%ab1_", max_size=6)


@given(first=st.tuples(st.integers(0, 20), parts, parts), second=st.tuples(st.integers(0, 20), parts, parts))
def test_different_things_never_share_a_key(first: tuple, second: tuple) -> None:
    keys = Keys()

    same_key = keys.pace_of_contact(*first) == keys.pace_of_contact(*second)

    assert same_key == (first == second)
