"""What may be called is an address; whatever else somebody types is named as wrong, and never breaks."""

from __future__ import annotations

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shared.errors import Invalid
from domain.shared.web_address import LONGEST, checked_address


@pytest.mark.parametrize(
    "url",
    [
        "https://api.exemplo.com.br",
        "http://10.0.0.7:8080/api/v1?queueId=3",
        "https://[2001:db8::1]/x",
        "https://clínica.com.br",
        "http://127.0.0.1:4010",
        "http://[::1]:4010/v2",
        "http://localhost:3000",
        "http://whaticket:8080",
        "http://zap.clinica.local",
    ],
)
def test_an_address_stays_as_it_was_typed(url: str):
    assert checked_address(url, field="url") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.exemplo.com.br",
        "ftp://exemplo.com",
        "https://",
        "https://[",
        "https://x:99999",
        "https://x:0",
        "https://a b.com",
        "https://a\nb.com",
        "https://exa\ud800mple.com",
        "https://a..com",
        "https://" + "a" * 64 + ".com",
        "https://ana:senha@exemplo.com",
        "https://exemplo.com/" + "a" * LONGEST,
        "http://exemplo.com.br",
        "http://8.8.8.8/x",
        "http://[2606:4700::1111]/",
        "http://0.0.0.0",
        "http://localhost.exemplo.com",
        "http://127.0.0.1.exemplo.com",
    ],
)
def test_what_cannot_be_called_is_refused_by_the_name_of_its_field(url: str):
    with pytest.raises(Invalid) as refused:
        checked_address(url, field="issuer")
    assert refused.value.field == "issuer"


@given(st.one_of(st.text(max_size=40), st.text(max_size=40).map("https://{}".format)))
def test_whatever_is_taken_is_an_address_to_the_http_library_too(text: str):
    try:
        url = checked_address(text, field="url")
    except Invalid:
        return
    try:
        assert httpx2.URL(url).scheme in ("http", "https")
    except httpx2.InvalidURL as error:
        assert "IDNA" in str(error)  # noqa: PT017 - stricter there about letters outside ASCII, and answered at the edges
