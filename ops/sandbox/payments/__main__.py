"""`python -m ops.sandbox.payments`: start a payment provider of one's own."""

from __future__ import annotations

from typing import Any

import click
import msgspec
from litestar import Litestar, Response, get, patch, post
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.control import ON_ERROR, UnknownError, answer, read
from ops.sandbox.payments.provider import Provider, Tell
from ops.sandbox.serving import Asked, run

KINDS = {"customers": "reference", "subscriptions": "customer", "charges": "subscription"}
"""What is made -> the field that must be there; it names something made before, except our caller's own reference."""


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    """`fail_next`: statuses that the next calls are answered with, one each."""

    webhook_url: str | None = None
    secret: str | None = None
    fail_next: list[int] = []


def build(provider: Provider) -> Litestar:
    return Litestar(
        [*api(provider), *control(provider)],
        exception_handlers=ON_ERROR,
        openapi_config=None,
        logging_config=None,
    )


def api(provider: Provider) -> list[HTTPRouteHandler]:
    @post("/{kind:str}", status_code=201)
    async def make(request: Asked, kind: str) -> Response[bytes]:
        if not request.headers.get("authorization", "").startswith("Bearer "):
            return answer({"error": "no token"}, 401)
        if kind not in KINDS:
            raise UnknownError(kind)
        if provider.fail_next:
            return answer({"error": "as told"}, provider.fail_next.pop(0))
        asked = await read(request, dict[str, Any])
        named = asked.get(KINDS[kind])
        if not named or (kind != "customers" and named not in provider.things):
            return answer({"error": f"unknown {KINDS[kind]}"}, 422)
        return answer(provider.make(kind, asked, request.headers.get("idempotency-key", "")), 201)

    return [make, cancelling(provider)]


def cancelling(provider: Provider) -> HTTPRouteHandler:
    @post("/{kind:str}/{id:str}/cancel", status_code=200)
    async def cancel(kind: str, id: str) -> Response[bytes]:
        if provider.fail_next:
            return answer({"error": "as told"}, provider.fail_next.pop(0))
        if kind != "charges" or provider.things.get(id, {}).get("kind") != "charges":
            raise UnknownError(id)
        provider.things[id]["cancelled"] = True
        return answer({"id": id})

    return cancel


def control(provider: Provider) -> list[HTTPRouteHandler]:
    @patch("/_sandbox/settings")
    async def settings(request: Asked) -> Response[bytes]:
        told = await read(request, Settings)
        provider.webhook_url = told.webhook_url or provider.webhook_url
        provider.secret = told.secret or provider.secret
        provider.fail_next = told.fail_next
        return answer({"ok": True})

    @post("/_sandbox/tell", status_code=200)
    async def tell(request: Asked) -> Response[bytes]:
        return answer({"answers": await provider.tell(await read(request, Tell))})

    @get("/_sandbox/things")
    async def things() -> Response[bytes]:
        return answer({"things": list(provider.things.values()), "told": provider.told})

    @get("/_sandbox/health")
    async def health() -> Response[bytes]:
        return answer({"ok": True})

    return [settings, tell, things, health]


@click.command(context_settings={"show_default": True})
@click.option("--port", default=0, help="0 takes a free one; the line printed tells which.")
@click.option("--host", default="127.0.0.1")
@click.option("--until-stdin-closes", is_flag=True, help="End when the parent does.")
def main(port: int, host: str, until_stdin_closes: bool) -> None:
    """A payment provider as a local HTTP service. `ops/sandbox/__init__.py` describes its control API."""
    run(build(Provider()), host=host, port=port, until_stdin_closes=until_stdin_closes)


if __name__ == "__main__":
    main()
