"""The OpenAPI document is walked: whoever adds a route without words, examples or refusals hears of it here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from adapters.http.matrix import MATRIX, OPEN
from adapters.postgres.migrations import migrate
from domain.agenda.rules import BEATS
from domain.reminders.cadence import CADENCE
from tests.builders.building import raised

METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = "application/problem+json"
BINARY = {"application/zip"}
PAGES, FRONT = "/painel", "GET /"


@pytest.fixture(scope="module")
def document(module_database: str, redis_url: str) -> dict[str, Any]:
    async def written() -> dict[str, Any]:
        await migrate(module_database)
        async with raised(module_database, redis_url) as building:
            return building.app.openapi_schema.to_schema()

    return asyncio.run(written())


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What it is, its media type, and what the document says about it: the body and every answer."""
    for kind, media in operation.get("requestBody", {}).get("content", {}).items():
        yield "body", kind, media
    for status, answer in operation["responses"].items():
        for kind, media in answer.get("content", {}).items():
            yield status, kind, media


def test_every_route_for_programs_is_in_the_document(document: dict[str, Any]):
    def plain(route: str) -> str:
        return "/".join(part.partition(":")[0] + "}" if part.startswith("{") else part for part in route.split("/"))

    routes = {
        plain(route)
        for route in (*MATRIX, *OPEN)
        if PAGES not in route and route != FRONT and not route.startswith("HEAD")
    }

    assert {name for name, _ in operations(document)} == routes


def test_every_operation_says_in_a_line_what_it_does_and_belongs_to_a_group(document: dict[str, Any]):
    assert [name for name, operation in operations(document) if not operation.get("summary")] == []
    assert [name for name, operation in operations(document) if not operation.get("tags")] == []


def test_every_operation_says_who_may_call_it(document: dict[str, Any]):
    asked = {name: bool(operation["security"]) for name, operation in operations(document)}
    guarded = {route.replace(":int", "").replace(":uuid", "").replace(":str", "") for route in MATRIX}

    assert {name for name, closed in asked.items() if closed} == {name for name in guarded if PAGES not in name}


def test_every_change_that_takes_something_says_what_it_takes(document: dict[str, Any]):
    """What has no body is moved by its path alone."""
    bare = {name for name, operation in operations(document) if name.startswith(("PUT", "PATCH"))} - {
        name for name, operation in operations(document) if "requestBody" in operation
    }

    assert bare == set()
    for name, operation in operations(document):
        assert "requestBody" in operation or not name.startswith("POST /webhook"), name


KEPT_WHERE_LEFT_OUT = {"PUT /api/agenda/calendar": {"base_url"}, "PUT /api/sign-on": {"client_secret"}}
"""Cal.com's own address, and the secret that is there."""


def test_whatever_is_replaced_is_replaced_as_a_whole(document: dict[str, Any]):
    for name, operation in operations(document):
        if name.startswith("PUT"):
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            body = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            left_out = set(body["properties"]) - set(body.get("required", ()))
            assert left_out == KEPT_WHERE_LEFT_OUT.get(name, set()), name


def test_a_body_says_that_it_takes_nothing_else(document: dict[str, Any]):
    for name, operation in operations(document):
        for schema in (
            media["schema"] for what, _, media in contents(operation) if what == "body" and "$ref" in str(media)
        ):
            for each in (schema, *schema.get("oneOf", ())):
                if "$ref" in each:
                    body = document["components"]["schemas"][each["$ref"].rpartition("/")[2]]
                    assert body.get("additionalProperties") is False, name


def test_a_choice_of_words_and_numbers_is_in_the_document(document: dict[str, Any]):
    schemas = document["components"]["schemas"]

    assert schemas["RulesWire"]["properties"]["beat"]["enum"] == list(BEATS)
    assert schemas["ReminderRulesWire"]["properties"]["kinds"]["items"]["enum"] == sorted(CADENCE)
    assert schemas["ReminderRulesWire"]["properties"]["quiet_ends"]["examples"] == ["08:00"]


def test_every_body_and_answer_has_an_example_of_its_own_shape(document: dict[str, Any]):
    for name, operation in operations(document):
        for what, kind, media in contents(operation):
            if kind in BINARY:
                continue
            examples = [example["value"] for example in media.get("examples", {}).values()]
            assert examples, f"{name} {what} {kind}: give it an example in adapters/http/reference"
            for example in examples:
                schema = media["schema"] | {"components": document["components"]}
                jsonschema.validate(example, schema, jsonschema.Draft202012Validator)


def test_every_refusal_is_a_problem_document_and_those_about_the_input_name_a_field(document: dict[str, Any]):
    for name, operation in operations(document):
        refusals = {status: answer for status, answer in operation["responses"].items() if status.startswith("4")}
        for status, answer in refusals.items():
            assert list(answer["content"]) == [PROBLEM], (name, status)
            example = next(iter(answer["content"][PROBLEM]["examples"].values()))["value"]
            assert example["status"] == int(status)
            assert status != "422" or example["field"], (name, status)


TAKES_WHATEVER_IS_SIGNED = "POST /api/agenda/webhook/{connection}"


def test_every_guarded_operation_documents_being_refused_and_every_body_being_wrong(document: dict[str, Any]):
    for name, operation in operations(document):
        documented = set(operation["responses"])
        assert not operation["security"] or {"401", "403", "503"} <= documented, name
        wrong = {"413", "503"} if name == TAKES_WHATEVER_IS_SIGNED else {"413", "422", "503"}
        assert "requestBody" not in operation or wrong <= documented, name
        proof = "401" in documented and not operation["security"]
        assert "{" not in name or ("404" in documented) is not proof, name


def test_the_calendars_door_says_which_header_proves_a_knock(document: dict[str, Any]):
    door = document["paths"]["/api/agenda/webhook/{connection}"]["post"]

    assert [each["name"] for each in door["parameters"] if each["in"] == "header"] == ["X-Cal-Signature-256"]
