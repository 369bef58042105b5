"""Every kind of error has one answer, and everything raised on purpose belongs to a kind."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from http import HTTPStatus

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar import Litestar, get
from litestar.exceptions import HTTPException, ValidationException
from litestar.params import FromQuery
from litestar.testing import RequestFactory

import application
import domain
from adapters.http.errors import HANDLERS, STATUS, of_a_bug, of_litestar, of_ours
from adapters.http.problems import DETAILS, MEDIA_TYPE, SLUGS
from domain.shared import errors
from domain.shared.errors import Invalid, SecretariaError, Unauthenticated, Unavailable

REQUEST = RequestFactory().get("/anything/s3cret-token")
KINDS = {cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, SecretariaError)}


def declared() -> list[type[SecretariaError]]:
    """By module namespace: __subclasses__ would also show what tests of others declared."""
    found = set()
    for package in (domain, application):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            members = inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
            found |= {cls for _, cls in members if issubclass(cls, SecretariaError)}
    return sorted(found, key=lambda cls: cls.__qualname__)


def test_the_table_knows_every_kind_and_nothing_else() -> None:
    assert set(STATUS) == KINDS


@pytest.mark.parametrize("error", declared(), ids=lambda cls: cls.__qualname__)
def test_everything_raised_on_purpose_has_an_answer(error: type[SecretariaError]) -> None:
    answer = of_ours(REQUEST, _made(error))

    assert answer.status_code in SLUGS
    assert answer.media_type == MEDIA_TYPE


def _made(error: type[SecretariaError]) -> SecretariaError:
    """However a feature's error is constructed, the table only looks at its kind and its words."""
    made = error.__new__(error, "words")
    made.__dict__.update(field=None, retry_after=None)
    return made


@pytest.mark.parametrize("status", sorted(SLUGS))
def test_every_slug_has_words(status: int) -> None:
    assert DETAILS[status]


def test_a_wrong_field_is_named() -> None:
    document = json.loads(of_ours(REQUEST, Invalid("must be text", field="message.text")).content)

    assert document["status"] == 422
    assert document["field"] == "message.text"
    assert document["detail"] == "must be text"
    assert document["type"] == "urn:secretaria:problem:invalid"


def test_who_is_not_known_learns_nothing_more() -> None:
    document = json.loads(of_ours(REQUEST, Unauthenticated("the timestamp is stale")).content)

    assert "stale" not in json.dumps(document)


@pytest.mark.parametrize(("advice", "header"), [(None, "5"), (0.2, "1"), (30.0, "30")])
def test_what_is_away_says_when_to_come_again_and_not_what_it_is(advice: float | None, header: str) -> None:
    answer = of_ours(REQUEST, Unavailable("postgres at 10.0.0.5 refused", retry_after=advice))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == header
    assert b"10.0.0.5" not in answer.content


@given(text=st.text(min_size=4))
@settings(deadline=None)
def test_a_bug_tells_its_words_to_nobody(text: str) -> None:
    assert of_a_bug(REQUEST, KeyError(text)).content == of_a_bug(REQUEST, KeyError("other")).content


@given(status=st.integers(400, 599), detail=st.text(min_size=1))
@settings(deadline=None)
def test_every_exception_of_litestar_becomes_a_problem(status: int, detail: str) -> None:
    answer = of_litestar(REQUEST, HTTPException(status_code=status, detail=detail))

    document = json.loads(answer.content)
    assert document["status"] == answer.status_code
    assert answer.status_code in set(HTTPStatus)
    assert document["detail"] == DETAILS.get(answer.status_code, document["title"])


@given(extra=st.one_of(st.none(), st.text(), st.lists(st.one_of(st.text(), st.dictionaries(st.text(), st.text())))))
@settings(deadline=None)
def test_a_validation_without_a_readable_list_of_faults_is_still_a_422(extra: object) -> None:
    error = ValidationException(detail="Validation failed for POST /x/s3cret-token", extra=extra)

    assert of_litestar(REQUEST, error).status_code == 422


async def test_a_parameter_that_is_not_there_is_named() -> None:
    @get("/seek")
    async def seek(service: FromQuery[int]) -> int:
        return service

    app = Litestar([seek], exception_handlers=HANDLERS, openapi_config=None, logging_config=None)
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://secretaria.example") as http:
        document = (await http.get("/seek")).json()

    assert (document["status"], document["field"], document["detail"]) == (422, "service", "needed, and not given")


def test_the_first_fault_of_a_validation_is_named() -> None:
    fault = {"message": "Expected `str`, got `int`", "key": "slot.start", "source": "body"}
    document = json.loads(of_litestar(REQUEST, ValidationException(extra=[fault])).content)

    assert (document["field"], document["detail"]) == ("slot.start", "Expected `str`, got `int`")


def test_whatever_is_raised_finds_a_handler() -> None:
    assert Exception in HANDLERS
