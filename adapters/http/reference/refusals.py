"""Which refusals a route can answer with, read off what it asks for: no handler repeats them, and none forgets one.

A refusal of a route's own (409 and its like) stands at the route and keeps its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import Example, OpenAPIMediaType, OpenAPIResponse, Operation, Parameter, Reference, Schema

from adapters.http.access import Requires
from adapters.http.problems import MEDIA_TYPE, document_of

WORDS: Final[Mapping[int, str]] = {
    400: "The body is no JSON, or the request cannot be read at all",
    401: "Nobody we know: no token or key, or one that is no longer good",
    403: "Known, and not allowed to do this",
    404: "Not here, or somebody else's",
    413: "The body is too large",
    422: "Not the expected shape; `field` says what to change",
    429: "Too often; again after `Retry-After` seconds",
    503: "Cannot be done now; again after `Retry-After` seconds",
}
PROBLEM: Final = Reference(ref="#/components/schemas/Problem")
INVENTED: Final = "400"
"""What Litestar supposes for routes with parameters, in a shape that is not ours."""

CORRELATION: Final = "5f0c8b3e9a7d4c21"


def guard_of(handler: HTTPRouteHandler) -> Requires | None:
    return next((guard for guard in handler.resolve_guards() if isinstance(guard, Requires)), None)


def tell_refusals(handler: HTTPRouteHandler, path: str, operation: Operation) -> None:
    """Adds what is missing to the operation's answers, and an example to each refusal there is."""
    answers = operation.responses = dict(operation.responses or {})
    answers.pop(INVENTED, None)
    if isinstance(empty := answers.get("204"), OpenAPIResponse):
        empty.content = None
    for status in _expected(handler, path, operation):
        answers.setdefault(str(status), _refusal(status))
    for written, answer in answers.items():
        if isinstance(answer, OpenAPIResponse) and answer.content and MEDIA_TYPE in answer.content:
            answer.content[MEDIA_TYPE] = _media(int(written), operation)


def _expected(handler: HTTPRouteHandler, path: str, operation: Operation) -> Iterator[int]:
    guard = guard_of(handler)
    if guard is not None:
        yield from (401, 403, 503)
    if "{" in path and (guard is not None or "401" not in (operation.responses or {})):
        yield 404  # an open door that asks for proof does not tell what is not there from what is not proven
    if operation.request_body is not None:
        yield from (400, 413, 422, 503)
    if any(_may_be_wrong(parameter) for parameter in operation.parameters or ()):
        yield 422


def _may_be_wrong(parameter: Parameter | Reference) -> bool:
    """A path that is not understood is the path of nothing, 404, unless the number in it has bounds."""
    if not isinstance(parameter, Parameter):
        return False
    bounded = isinstance(parameter.schema, Schema) and parameter.schema.maximum is not None
    return parameter.param_in != "path" or bounded


def _refusal(status: int) -> OpenAPIResponse:
    return OpenAPIResponse(description=WORDS[status], content={MEDIA_TYPE: OpenAPIMediaType(schema=PROBLEM)})


def _media(status: int, operation: Operation) -> OpenAPIMediaType:
    field = _a_field(operation) if status == 422 else None
    problem = document_of(status, field=field)
    problem.correlation_id = CORRELATION
    shown = {"refused": Example(summary=problem.title, value=msgspec.to_builtins(problem))}
    return OpenAPIMediaType(schema=PROBLEM, examples=dict(shown))


def _a_field(operation: Operation) -> str:
    """A parameter of this very operation where it has one, else a field of the body."""
    named = (each.name for each in operation.parameters or () if isinstance(each, Parameter) and _may_be_wrong(each))
    return next(named, "email" if operation.request_body is not None else "message.text")
