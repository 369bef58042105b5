"""A forgotten password over JSON: the same answer for every address, given before anybody looks whose it is."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar import Request, Response, Router, post
from litestar.background_tasks import BackgroundTask
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED, HTTP_204_NO_CONTENT

from adapters.http.auth import Password, Short, ip_of
from adapters.http.client_address import ClientAddress
from adapters.http.problems import refusal
from adapters.telemetry.log import told
from application.access.reset_password import AskForReset, NewPassword, SetPassword
from domain.shared.errors import SecretariaError

NO_WORDS: Final = ResponseSpec(None, generate_examples=False, description="Whoever has an account gets a letter")


class ForgottenIn(msgspec.Struct, forbid_unknown_fields=True):
    email: Short


class NewPasswordIn(msgspec.Struct, forbid_unknown_fields=True):
    """`ticket` is the `t` of the letter's link; `name` may be put right by who answers an invitation."""

    ticket: Short
    password: Password
    name: Short | None = None


def password_router(ask: AskForReset, set_password: SetPassword, address: ClientAddress) -> Router:
    @post(
        "/forgotten",
        status_code=HTTP_202_ACCEPTED,
        responses={202: NO_WORDS, 429: refusal("Too many letters")},
        summary="Send a letter to this address, if somebody logs in with it",
    )
    async def forgotten(data: JSONBody[ForgottenIn], request: Request[Any, Any, Any]) -> Response[bytes]:
        known_or_not = await ask.admit(data.email, ip_of(request, address))
        letter = BackgroundTask(send_quietly, ask, known_or_not)
        return Response(b"", status_code=HTTP_202_ACCEPTED, background=letter)

    @post(
        "/",
        status_code=HTTP_204_NO_CONTENT,
        responses={409: refusal("The link is no longer good")},
        summary="Choose a password with a letter's link",
    )
    async def choose(data: JSONBody[NewPasswordIn]) -> None:
        await set_password(NewPassword(data.ticket, data.password, data.name))

    return Router("/api/auth/password", route_handlers=[forgotten, choose], tags=["access"])


async def send_quietly(ask: AskForReset, email: str) -> None:
    """The answer is out already: what goes wrong now is for the log, and the person asks once more."""
    try:
        with told("access.reset_letter"):
            await ask.send(email)
    except SecretariaError:
        return
