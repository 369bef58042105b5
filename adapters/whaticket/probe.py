"""Tries a connection without writing to anybody: an empty message to no number shows whether the token is known.

Every family looks at the token before it looks at the message. A login to the panel is tried as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import httpx2

from adapters.whaticket import errors
from adapters.whaticket.client import call
from adapters.whaticket.destination import Endpoint, endpoint
from adapters.whaticket.profiles import PROFILES, Profile
from application.delivery.ports import ChannelMisconfigured, ChannelUnavailable
from application.provisioning.own_lines import Check
from domain.companies.connection import Connection

SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class WhaticketProbe:
    """Satisfies application.provisioning.own_lines.LineProbe."""

    http: httpx2.AsyncClient

    async def __call__(self, connection: Connection) -> Sequence[Check]:
        profile = PROFILES[connection.dialect]
        try:
            address = endpoint(connection.base_url, profile)
        except ChannelMisconfigured:
            return [Check("address", False, "unusable")]
        checks = []
        if connection.api_token:
            checks.append(await self._token(connection, address, profile))
        if connection.panel_email and connection.panel_password:
            checks.append(await self._login(connection, address))
        return checks

    async def _token(self, connection: Connection, address: Endpoint, profile: Profile) -> Check:
        headers = {"authorization": f"Bearer {(connection.api_token or '').strip()}"}
        body = profile.always | address.options | {"number": profile.nobody, "body": ""}
        try:
            answer = await call(
                self.http, "POST", address.url + profile.path, headers=headers, body=body, deadline=SECONDS
            )
        except errors.CALL_FAILURES as error:
            return _unreached("token", error)
        if answer.is_success:
            return Check("token", True, "accepted")
        verdict = errors.on_answer(profile, answer)
        if isinstance(verdict, ChannelMisconfigured):
            return Check("token", False, "absent" if answer.status == 404 else "refused")
        if isinstance(verdict, ChannelUnavailable) and answer.status >= 429:
            return Check("token", False, "ill")
        return Check("token", True, "accepted")

    async def _login(self, connection: Connection, address: Endpoint) -> Check:
        credentials = {"email": connection.panel_email, "password": connection.panel_password}
        try:
            answer = await call(
                self.http, "POST", f"{address.url}/auth/login", headers={}, body=credentials, deadline=SECONDS
            )
        except errors.CALL_FAILURES as error:
            return _unreached("login", error)
        if answer.is_success:
            return Check("login", True, "accepted")
        return Check("login", False, "ill" if answer.status >= 500 else "refused")


def _unreached(what: str, error: Exception) -> Check:
    slow = isinstance(error, httpx2.TimeoutException)
    refused = isinstance(errors.while_sending(error), ChannelMisconfigured)
    return Check(what, False, "slow" if slow else "unusable" if refused else "unreachable")
