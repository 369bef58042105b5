"""An address that a company types is one of the web, in one piece, or is refused by its field."""

from __future__ import annotations

import pytest

from domain.shared.errors import Invalid
from domain.shared.web_address import LONGEST, checked_address

EXAMPLE = "https://example.com"


@pytest.mark.parametrize(
    "typed",
    [
        EXAMPLE,
        "http://10.0.0.7:8080/",
        "https://whaticket.example?userId=3",
        "https://clínica.example/a@b",
        "HTTPS://X.Y",
    ],
)
def test_it_is_taken_as_it_was_typed(typed: str):
    assert checked_address(typed, example=EXAMPLE, field="url") == typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.com",
        "//example.com",
        "ftp://example.com",
        "javascript:alert(1)",
        "https://",
        "https://:443",
        "https://user:pass@example.com",
        "https://example.com:0",
        "https://example.com:99999",
        "https://[::1",
        "https://exam ple.com",
        "https://example.com\n",
        "https://example.com/\x00",
        EXAMPLE + "/" * LONGEST,
    ],
)
def test_what_is_none_is_refused_by_its_field(typed: str):
    with pytest.raises(Invalid) as refusal:
        checked_address(typed, example=EXAMPLE, field="url")

    assert refusal.value.field == "url"
    assert EXAMPLE in str(refusal.value)
