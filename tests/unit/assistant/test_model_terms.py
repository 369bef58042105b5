"""What a company may choose of the language model, and what nonsense is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assistant.model_terms import ModelTerms, OwnModel
from domain.assistant.pricing import Price
from domain.shared.errors import Invalid

INSTALLATION = ModelTerms("main", "small", "key")


@pytest.mark.parametrize(
    "name", ["", "a b", "../x", "models/x", "x:y", "x?key=1", "ç", "x" * 101, "-x", "x\n"], ids=repr
)
@pytest.mark.parametrize("where", ["main", "small", "prices"])
def test_a_name_that_could_lead_elsewhere_is_refused(where: str, name: str):
    value = {name: (Price(1, 1),)} if where == "prices" else name

    with pytest.raises(Invalid) as refused:
        OwnModel(**{where: value})

    assert refused.value.field == where


@pytest.mark.parametrize("key", ["", "tem espaço", "quebra\r\nX-Evil: 1", "é", "k" * 501])
def test_a_key_that_cannot_be_a_header_is_refused_and_not_repeated(key: str):
    with pytest.raises(Invalid) as refused:
        OwnModel(key=key)

    assert refused.value.field == "key"
    assert not key or key not in str(refused.value)


@pytest.mark.parametrize("price", [Price(-1, 1), Price(1, float("nan")), Price(float("inf"), 1), Price(1, 10_001)])
def test_a_price_that_nobody_charges_is_refused(price: Price):
    with pytest.raises(Invalid) as refused:
        OwnModel(prices={"m": (price,)})

    assert refused.value.field == "prices"


def test_no_price_at_all_is_no_price_list():
    with pytest.raises(Invalid):
        OwnModel(prices={"m": ()})


names = st.none() | st.from_regex(r"[a-z][a-z0-9.-]{0,8}", fullmatch=True)


@given(main=names, small=names, key=names)
def test_what_was_chosen_applies_and_the_rest_is_the_installations(
    main: str | None, small: str | None, key: str | None
):
    terms = OwnModel(main, small, key).over(INSTALLATION)

    chosen = {"main": main, "small": small, "key": key}
    for what, own in chosen.items():
        assert getattr(terms, what) == (what if own is None else own)
