"""DNS records by Cloudflare's API, version 4: one CNAME of each name, whatever was there before.

    GET    {base}/zones/{zone}/dns_records?name=&type=CNAME  -> {"success", "result": [{"id", "name", "content"}]}
    POST   {base}/zones/{zone}/dns_records       {"type", "name", "content", "ttl", "proxied"}
    PATCH  {base}/zones/{zone}/dns_records/{id}  {"content"}
    DELETE {base}/zones/{zone}/dns_records/{id}

Certificates are Cloudflare's own while a record is proxied.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2
import msgspec

from application.provisioning.domains import DnsRecord, DomainRefused, DomainsAway

SECONDS: Final = 4.0
"""Two names, two calls each: an opening must not hold its company for longer than PostgreSQL lets a transaction idle."""

CNAME: Final = "CNAME"
AUTOMATIC: Final = 1
EXISTS: Final = frozenset({81053, 81057, 81058})
"""Cloudflare's numbers for "there is such a record already"."""

ANSWERED_NO: Final = frozenset({400, 404, 405, 409, 422})
"""About what was asked. Anything else is about Cloudflare, or about our token: worth another try."""


class _Error(msgspec.Struct):
    code: int
    message: str = ""


class _Record(msgspec.Struct):
    id: str
    content: str = ""


class _Answer(msgspec.Struct):
    success: bool
    errors: list[_Error] = []
    result: Any = None


class _AlreadyThere(Exception):
    """Somebody made it between our look and our word."""


@dataclass(frozen=True, slots=True)
class CloudflareDomains:
    """Implements application.provisioning.domains.DomainProvider."""

    http: httpx2.AsyncClient
    base_url: str
    zone: str
    token: str = field(repr=False)

    async def put(self, record: DnsRecord) -> str | None:
        wanted = {"type": CNAME, "name": record.name, "content": record.target, "ttl": AUTOMATIC, "proxied": True}
        found = await self._find(record.name)
        if not found:
            try:
                await self._ask("POST", "", json=wanted)
            except _AlreadyThere:
                found = await self._find(record.name)
        for one in found:
            if one.content != record.target:
                await self._ask("PATCH", f"/{one.id}", json={"content": record.target})
        return None

    async def remove(self, name: str) -> None:
        for one in await self._find(name):
            await self._ask("DELETE", f"/{one.id}")

    async def _find(self, name: str) -> list[_Record]:
        told = await self._ask("GET", "", params={"name": name, "type": CNAME})
        try:
            return msgspec.convert(told, list[_Record])
        except msgspec.ValidationError as error:
            raise DomainsAway("Cloudflare answered with something else") from error

    async def _ask(self, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401 - what the call is about
        url = f"{self.base_url}/zones/{self.zone}/dns_records{path}"
        try:
            async with asyncio.timeout(SECONDS):
                headers = {"authorization": f"Bearer {self.token}"}
                response = await self.http.request(method, url, headers=headers, **more)
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise DomainsAway(f"Cloudflare: {type(error).__name__}") from error
        return _result(response.status_code, response.content)


def _result(status: int, body: bytes) -> Any:  # noqa: ANN401 - each call's own
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except msgspec.MsgspecError as error:
        raise DomainsAway(f"Cloudflare answered {status} and something else") from error
    codes = sorted({each.code for each in answer.errors})
    if EXISTS.intersection(codes):
        raise _AlreadyThere
    if status in ANSWERED_NO:
        raise DomainRefused(f"Cloudflare refused with status {status}, codes {codes}")
    if not 200 <= status < 300 or not answer.success:
        raise DomainsAway(f"Cloudflare answered with status {status}, codes {codes}")
    return answer.result
