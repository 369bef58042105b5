"""The OpenAPI document, completed from the routes themselves once all of them are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import (
    Example,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    PathItem,
    Reference,
    RequestBody,
    Schema,
)
from litestar.openapi.spec.enums import OpenAPIType

from adapters.http.problems import MEDIA_TYPE
from adapters.http.reference.examples import FILES, NOTHING, STRUCTS, WEBHOOKS
from adapters.http.reference.refusals import guard_of, tell_refusals
from adapters.http.reference.shapes import tell_shapes

CREDENTIALS: Final[list[dict[str, list[str]]]] = [{"bearer": []}, {"key": []}]
"""A token, or an API key in its own header; the panel's cookies are the panel's."""


def complete(app: Litestar) -> None:
    """Nothing is guessed: refusals follow from guards, paths and bodies; examples are instances of the very structs."""
    paths = app.openapi_schema.paths or {}
    schemas = app.openapi_schema.components.schemas
    for path, method, handler in _handlers(app):
        operation = getattr(paths.get(path), method.lower(), None)
        if isinstance(paths.get(path), PathItem) and isinstance(operation, Operation):
            operation.security = CREDENTIALS if guard_of(handler) is not None else []
            tell_refusals(handler, path, operation)
            if isinstance(operation.request_body, RequestBody) and handler.parsed_data_field is not None:
                tell_shapes(handler.parsed_data_field.annotation, schemas)
            _tell_other_shapes(handler, operation)
            _tell_what_webhooks_take(path, operation)
            _show_examples(operation)


def _handlers(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in sorted(handler.http_methods):
                yield route.path_format, method, handler


def _tell_other_shapes(handler: HTTPRouteHandler, operation: Operation) -> None:
    """`opt={"also": media_type}`: the same answer in another shape, chosen by a parameter."""
    other = handler.opt.get("also")
    success = (operation.responses or {}).get(str(handler.status_code))
    if other and isinstance(success, OpenAPIResponse) and success.content:
        success.content[other] = OpenAPIMediaType(schema=next(iter(success.content.values())).schema)


def _tell_what_webhooks_take(path: str, operation: Operation) -> None:
    for prefix, body in WEBHOOKS.items():
        if path.startswith(prefix):
            schema = Schema(type=OpenAPIType.OBJECT, description="Which fields count depends on the sender's dialect")
            shown: dict[str, Example | Reference] = {"example": Example(value=body)}
            media = OpenAPIMediaType(schema=schema, examples=shown)
            operation.request_body = RequestBody(content={"application/json": media}, required=True)


def _show_examples(operation: Operation) -> None:
    if isinstance(operation.request_body, RequestBody):
        _show(operation.request_body.content)
    for answer in (operation.responses or {}).values():
        if isinstance(answer, OpenAPIResponse) and answer.content:
            _show(answer.content)


def _show(content: Mapping[str, OpenAPIMediaType]) -> None:
    for media_type, media in content.items():
        if media_type == MEDIA_TYPE or media.examples:
            continue
        shown = FILES[media_type] if media_type in FILES else example_of(media.schema)
        if shown is not NOTHING:
            media.examples = {"example": Example(value=shown)}


def example_of(schema: Schema | Reference | None) -> Any:  # noqa: ANN401 - JSON
    """NOTHING where a struct has none yet; a test then says which."""
    if isinstance(schema, Reference):
        return _of_struct(schema.ref.rpartition("/")[2])
    if schema is None:
        return NOTHING
    if schema.items is not None:
        one = example_of(schema.items) if isinstance(schema.items, Schema | Reference) else NOTHING
        return NOTHING if one is NOTHING else [one]
    several = (example_of(each) for each in [*(schema.one_of or ()), *(schema.any_of or ())])
    if isinstance(schema.additional_properties, Schema):
        return {"status": "ok"}
    return next((shown for shown in several if shown is not NOTHING), NOTHING)


def _of_struct(name: str) -> Any:  # noqa: ANN401 - JSON
    return msgspec.to_builtins(STRUCTS[name]) if name in STRUCTS else NOTHING
