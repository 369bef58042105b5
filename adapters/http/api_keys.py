"""Keys of machines over JSON: a company's under /api/keys, the platform's under /api/platform/keys. A key is shown once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Router, delete, get, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED

from adapters.http.access import CallerGiven, requires
from adapters.http.auth import Short
from application.access.api_keys import KeyOrder, KeyRing
from application.access.step_up import MustBeFresh
from domain.access.api_key import ApiKey
from domain.access.role import Permission


class KeyIn(msgspec.Struct, forbid_unknown_fields=True):
    """`scopes`: permissions, none that who asks does not hold. `days`: until it expires; without it, never."""

    name: Short
    scopes: Annotated[list[Permission], msgspec.Meta(min_length=1, max_length=50)]
    days: Annotated[int, msgspec.Meta(ge=1, le=3_650)] | None = None


class KeyOut(msgspec.Struct, omit_defaults=True):
    """`prefix` says which key is meant; `key` is there once, when it is made."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    key: str | None = None


def company_keys_router(ring: KeyRing, fresh: MustBeFresh) -> Router:
    handlers = _handlers(ring, fresh, Permission.API_KEYS_WRITE)
    return Router("/api/keys", route_handlers=handlers, tags=["keys"])


def platform_keys_router(ring: KeyRing, fresh: MustBeFresh) -> Router:
    handlers = _handlers(ring, fresh, Permission.PLATFORM_API_KEYS_WRITE)
    return Router("/api/platform/keys", route_handlers=handlers, tags=["platform"])


def _handlers(ring: KeyRing, fresh: MustBeFresh, permission: Permission) -> list[Any]:
    """A caller's company, or its absence, says whose keys they are; the permission says who gets this far."""
    guards = [requires(permission)]

    @get("/", guards=guards, summary="All keys, the newest first")
    async def keys(caller: CallerGiven) -> list[KeyOut]:
        return [_out(each) for each in await ring.list(caller)]

    @post("/", guards=guards, status_code=HTTP_201_CREATED, summary="A new key; wants a proof of the last ten minutes")
    async def make(data: JSONBody[KeyIn], caller: CallerGiven) -> KeyOut:
        await fresh(caller)
        made = await ring.make(caller, _order(data))
        return _out(made.key, clear=made.clear)

    @delete("/{id:uuid}", guards=guards, summary="Revoke; its next request is refused")
    async def revoke(id: FromPath[UUID], caller: CallerGiven) -> None:
        await ring.revoke(caller, id)

    return [keys, make, revoke]


def _order(data: KeyIn) -> KeyOrder:
    return KeyOrder(data.name, frozenset(data.scopes), data.days)


def _out(key: ApiKey, *, clear: str | None = None) -> KeyOut:
    return KeyOut(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        scopes=sorted(str(each) for each in key.scopes),
        created_at=key.created_at,
        expires_at=key.expires_at,
        last_used_at=key.last_used_at,
        revoked_at=key.revoked_at,
        key=clear,
    )
