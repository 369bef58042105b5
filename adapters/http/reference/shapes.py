"""What Litestar does not read off a body's struct: that it takes no other field, and which words and numbers it knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from litestar.openapi.spec import Schema


def tell_shapes(body: object, schemas: Mapping[str, Schema]) -> None:
    for struct in _structs(msgspec.inspect.type_info(body)):
        schema = schemas.get(struct.cls.__name__)
        if schema is None:
            continue
        if struct.forbid_unknown_fields:
            schema.additional_properties = False
        for field in struct.fields:
            _tell_choices(field.type, (schema.properties or {}).get(field.encode_name))


def _tell_choices(type_: msgspec.inspect.Type, schema: object) -> None:
    if not isinstance(schema, Schema):
        return
    if isinstance(type_, msgspec.inspect.Metadata):
        schema.enum = (type_.extra_json_schema or {}).get("enum", schema.enum)
        _tell_choices(type_.type, schema)
    elif isinstance(type_, msgspec.inspect.ListType):
        _tell_choices(type_.item_type, schema.items)


def _structs(type_: Any) -> Iterator[msgspec.inspect.StructType]:  # noqa: ANN401 - any of msgspec's kinds
    if isinstance(type_, msgspec.inspect.StructType):
        yield type_
        inner = [field.type for field in type_.fields]
    elif isinstance(type_, msgspec.inspect.UnionType):
        inner = list(type_.types)
    else:
        inner = [each for name in ("type", "item_type") if (each := getattr(type_, name, None)) is not None]
    for each in inner:
        yield from _structs(each)
