"""The company that a first start opens, so that there is somebody to write to, and its line in the sandbox."""

from __future__ import annotations

import http.client
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import asyncpg

from secretaria.embedded.kept import write_closed

NAME: Final = "Clínica Boa Vista (demonstração)"
LINE: Final = "demo"
PROFILE: Final = "saas-classic"
AUTH: Final = "hmac"
A_CONTACT: Final = "5511999990000"
FACTS: Final = """\
Clínica Boa Vista, odontologia e fisioterapia.
Endereço: Rua das Flores, 120, Pinheiros, São Paulo.
Horário de atendimento: segunda a sexta, das 8h às 18h; sábado, das 8h às 12h.
Preços: consulta R$ 150,00; limpeza R$ 180,00; sessão de fisioterapia R$ 120,00.
Formas de pagamento: Pix, cartão e dinheiro.
Estacionamento próprio ao lado da clínica.
"""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What `company open` told us once: nobody else can tell it again."""

    company: str
    tenant: int
    connection: str
    webhook_path: str
    webhook_secret: str
    whaticket_token: str
    whaticket_url: str


def remembered(file: Path) -> Demonstration | None:
    try:
        return Demonstration(**json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def remember(file: Path, demonstration: Demonstration) -> None:
    write_closed(file, json.dumps(asdict(demonstration), indent=2))


def opening(whaticket: str, token: str) -> list[str]:
    """The arguments of `secretaria` that open the company."""
    line = ["--whaticket-url", line_url(whaticket), "--whaticket-token", token, "--dialect", PROFILE]
    return ["company", "open", "--name", NAME, *line, "--auth", AUTH, "--business-facts", FACTS, "--json"]


def opened(told: str, whaticket: str, token: str) -> Demonstration:
    """Reads what `company open --json` printed."""
    answer: dict[str, Any] = json.loads(next(line for line in told.splitlines() if line.startswith("{")))
    return Demonstration(
        company=answer["company"],
        tenant=answer["tenant"],
        connection=answer["connection"],
        webhook_path=urlsplit(answer["webhook_url"]).path,
        webhook_secret=answer["webhook_secret"],
        whaticket_token=token,
        whaticket_url=line_url(whaticket),
    )


def new_token() -> str:
    return secrets.token_urlsafe(24)


def line_url(whaticket: str) -> str:
    return f"{whaticket}/c/{LINE}"


def phone_page(whaticket: str) -> str:
    return f"{whaticket}/telefone/{LINE}/{A_CONTACT}"


async def still_open(database_url: str, demonstration: Demonstration, whaticket: str) -> bool:
    """Whether this database knows the line; if so, it learns where the sandbox listens today."""
    connection = await asyncpg.connect(database_url)
    try:
        moved = await connection.execute(
            "update public.whatsapp_connections set base_url = $2 where id = $1 and state = 'active'",
            demonstration.connection,
            line_url(whaticket),
        )
    finally:
        await connection.close()
    return str(moved) == "UPDATE 1"


def told(demonstration: Demonstration, *, whaticket: str, public_url: str) -> dict[str, Any]:
    """Its part of `run.json`."""
    return {
        "phone": phone_page(whaticket),
        "company": demonstration.company,
        "tenant": demonstration.tenant,
        "connection": demonstration.connection,
        "webhook_url": public_url + demonstration.webhook_path,
        "webhook_secret": demonstration.webhook_secret,
        "auth": AUTH,
    }


def plug_in(whaticket: str, demonstration: Demonstration, *, public_url: str) -> None:
    """Tells the sandbox where this line's messages go and how they are signed."""
    line = {
        "name": NAME,
        "profile": PROFILE,
        "token": demonstration.whaticket_token,
        "webhook_url": public_url + demonstration.webhook_path,
        "auth": AUTH,
        "secrets": [demonstration.webhook_secret],
    }
    connections = f"{whaticket}/_sandbox/connections"
    try:
        call("PATCH", f"{connections}/{LINE}", line)
    except urllib.error.HTTPError as error:
        with error:
            if error.code != http.client.NOT_FOUND:
                raise
        call("POST", connections, line | {"id": LINE})


def call(method: str, url: str, body: Mapping[str, object]) -> None:
    """Of a sandbox's control API."""
    request = urllib.request.Request(  # noqa: S310 - a sandbox of ours on 127.0.0.1
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method=method
    )
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310
        pass
