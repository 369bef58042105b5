"""`python -m ops.sandbox.cloudflare`: start a keeper of DNS records of one's own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

import click
import msgspec
from litestar import Litestar, Response, delete, get, patch, post
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.control import ON_ERROR, answer, read
from ops.sandbox.serving import Asked, run

ROOT = "/zones/{zone:str}/dns_records"
SAME = 81058  # "An identical record already exists."
MISSING = 81044  # "Record does not exist."
BAD_TOKEN = 10000  # "Authentication error"
INVALID = 9005  # "Content for CNAME record is invalid."


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    """`fail_next`: statuses that the next calls are answered with, one each. `blind_next`: so many looks find nothing."""

    fail_next: list[int] = []
    blind_next: int = 0


@dataclass
class Zone:
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    fail_next: list[int] = field(default_factory=list)
    blind_next: int = 0

    def refusal(self, request: Asked) -> Response[bytes] | None:
        if self.fail_next:
            return failed(self.fail_next.pop(0), 1000, "as told")
        if request.headers.get("authorization", "") in ("", "Bearer wrong"):
            return failed(403, BAD_TOKEN, "Authentication error")
        return None


def failed(status: int, code: int, message: str) -> Response[bytes]:
    errors = [{"code": code, "message": message}]
    return answer({"success": False, "errors": errors, "messages": [], "result": None}, status)


def done(result: object) -> Response[bytes]:
    return answer({"success": True, "errors": [], "messages": [], "result": result})


def build(zone: Zone) -> Litestar:
    return Litestar(
        [*looking(zone), *making(zone), *changing(zone), *control(zone)],
        exception_handlers=ON_ERROR,
        openapi_config=None,
        logging_config=None,
    )


def looking(zone: Zone) -> list[HTTPRouteHandler]:
    @get(ROOT)
    async def find(request: Asked) -> Response[bytes]:
        if (no := zone.refusal(request)) is not None:
            return no
        if zone.blind_next:
            zone.blind_next -= 1
            return done([])
        name = request.query_params.get("name")
        return done([record for record in zone.records.values() if name in (None, record["name"])])

    return [find]


def making(zone: Zone) -> list[HTTPRouteHandler]:
    @post(ROOT, status_code=200)
    async def make(request: Asked) -> Response[bytes]:
        if (no := zone.refusal(request)) is not None:
            return no
        asked = await read(request, dict[str, Any])
        if asked.get("type") != "CNAME" or "." not in str(asked.get("content", "")):
            return failed(400, INVALID, "Content for CNAME record is invalid.")
        if any(record["name"] == asked["name"] for record in zone.records.values()):
            return failed(400, SAME, "An identical record already exists.")
        made = {"id": secrets.token_hex(16), **asked}
        zone.records[made["id"]] = made
        return done(made)

    return [make]


def changing(zone: Zone) -> list[HTTPRouteHandler]:
    @patch(f"{ROOT}/{{record:str}}")
    async def change(request: Asked, record: str) -> Response[bytes]:
        if (no := zone.refusal(request)) is not None:
            return no
        if record not in zone.records:
            return failed(404, MISSING, "Record does not exist.")
        zone.records[record] |= await read(request, dict[str, Any])
        return done(zone.records[record])

    @delete(f"{ROOT}/{{record:str}}", status_code=200)
    async def remove(request: Asked, record: str) -> Response[bytes]:
        if (no := zone.refusal(request)) is not None:
            return no
        if zone.records.pop(record, None) is None:
            return failed(404, MISSING, "Record does not exist.")
        return done({"id": record})

    return [change, remove]


def control(zone: Zone) -> list[HTTPRouteHandler]:
    @patch("/_sandbox/settings")
    async def settings(request: Asked) -> Response[bytes]:
        told = await read(request, Settings)
        zone.fail_next, zone.blind_next = told.fail_next, told.blind_next
        return answer({"ok": True})

    @get("/_sandbox/records")
    async def records() -> Response[bytes]:
        return answer({record["name"]: record["content"] for record in zone.records.values()})

    @get("/_sandbox/health")
    async def health() -> Response[bytes]:
        return answer({"ok": True})

    return [settings, records, health]


@click.command(context_settings={"show_default": True})
@click.option("--port", default=0, help="0 takes a free one; the line printed tells which.")
@click.option("--host", default="127.0.0.1")
@click.option("--until-stdin-closes", is_flag=True, help="End when the parent does.")
def main(port: int, host: str, until_stdin_closes: bool) -> None:
    """Cloudflare's DNS records as a local HTTP service. `ops/sandbox/__init__.py` describes its control API."""
    run(build(Zone()), host=host, port=port, until_stdin_closes=until_stdin_closes)


if __name__ == "__main__":
    main()
