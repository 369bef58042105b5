"""Who asks: the operator, an owner, a viewer and a machine with a key, let in as people are let in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2

from domain.access.role import GRANTS, Role

Command = Callable[..., str]
"""`secretaria WORDS...`, answering what it printed."""

ROLES: Final = (Role.OPERATOR, Role.OWNER, Role.VIEWER)
KEY: Final = "key"
ENDS_THE_CALLER: Final = (
    "/api/auth/logout",
    "/api/account/password",
    "/api/account/sessions",
    "/api/account/second-factor",
    "/api/account/second-factor/confirmation",
    "/api/account/proof",
)
"""Whoever calls these is somebody else, or locked out for a while, before the next question: a caller of their own asks them."""

GOES_AWAY: Final = ("/api/agenda/calendar",)
"""Whoever connects the Cal.com of the examples, which is nowhere, rightly hears 503 of every free time after that: asked last."""


@dataclass(frozen=True, slots=True)
class Asker:
    """`only` and `never`: which paths this one asks, where not all."""

    name: str
    headers: Mapping[str, str]
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ENDS_THE_CALLER + GOES_AWAY


def admit(command: Command, url: str, company: str) -> list[Asker]:
    """`company`: number or short name of the one whose people ask."""
    people = {role: _logged_in(command, url, role, company) for role in ROLES}
    leaver = _logged_in(command, url, Role.OWNER, company)
    return [
        Asker("nobody", {}, never=()),
        *(Asker(str(role), headers) for role, headers in people.items()),
        Asker(KEY, {"X-API-Key": _key(url, people[Role.OWNER])}, never=GOES_AWAY),
        Asker("leaver", leaver, only=ENDS_THE_CALLER + GOES_AWAY, never=()),
    ]


def _logged_in(command: Command, url: str, role: Role, company: str) -> Mapping[str, str]:
    email = f"{role}-{secrets.token_hex(4)}@clinica.example"
    place = () if role is Role.OPERATOR else ("--company", company)
    added = json.loads(command("user", "add", "--email", email, "--name", "Ana", "--role", str(role), *place, "--json"))
    tokens = _post(f"{url}/api/auth/login", {"email": email, "password": added["password"]}, {})
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def _key(url: str, owner: Mapping[str, str]) -> str:
    scopes = sorted(str(permission) for permission in GRANTS[Role.OWNER])
    return str(_post(f"{url}/api/keys", {"name": "fuzz", "scopes": scopes}, owner)["key"])


def _post(url: str, body: object, headers: Mapping[str, str]) -> dict[str, Any]:
    answer = httpx2.post(url, json=body, headers=dict(headers), timeout=30, trust_env=False)
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told
