"""Whoever cannot prove that they are the host they are called by hears nothing from us: no token, no message, no question."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpcore2
import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.calcom.client import CalcomClient
from adapters.calcom.lines import Lines as CalcomLines
from adapters.calcom.terms import CalcomTerms
from adapters.oidc.providers import OidcProviders
from adapters.webhooks.sender import SignedNews
from adapters.whaticket.client import build_http_client
from application.access.sign_on import Provider
from application.agenda.ports import CalendarUnavailable
from application.delivery.ports import ChannelUnavailable, Letter
from application.quotas.ports import Endpoint, News
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.shared.errors import Invalid
from domain.shared.ids import ConnectionId, TenantId
from secretaria.entrance import outside_client
from secretaria.settings import Settings
from tests.integration.whaticket.whaticket_parts import a_channel

HERE = "127.0.0.1"
NOW = datetime.now(UTC)
SECRET = "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"


@dataclass
class Impostor:
    """An https server whose certificate nobody vouches for but itself: `heard` is what it was told."""

    port: int
    certificate: Path
    heard: list[bytes]

    @property
    def url(self) -> str:
        return f"https://{HERE}:{self.port}"


@pytest.fixture
async def impostor(tmp_path: Path) -> AsyncIterator[Impostor]:
    certificate, heard = self_signed(tmp_path), list[bytes]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(4096))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with await asyncio.start_server(answer, HERE, 0, ssl=context) as server:
        yield Impostor(server.sockets[0].getsockname()[1], certificate, heard)


def self_signed(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HERE)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    file = folder / "impostor.pem"
    file.write_bytes(
        key.private_bytes(pem, private, serialization.NoEncryption()) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


class ToTheImpostor(httpcore2.AnyIOBackend):
    """The open Internet's road, with the impostor at its end."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    async def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> httpcore2.AsyncNetworkStream:
        return await super().connect_tcp(HERE, self.port, *args, **options)


def settings(*, private: bool) -> Settings:
    return Settings.from_environment(
        {
            "DATABASE_URL": "postgresql://u:p@localhost/d",
            "REDIS_URL": "redis://localhost",
            "SECRETARIA_PRIVATE_ADDRESSES": "yes" if private else "no",
        }
    )


@asynccontextmanager
async def clients(impostor: Impostor, *, private: bool) -> AsyncIterator[tuple[httpx2.AsyncClient, httpx2.AsyncClient]]:
    """The one for Whatickets and Cal.com, and the one for identity providers and companies' own systems."""
    async with (
        build_http_client(private_addresses=private) as lines,
        outside_client(settings(private=private)) as outside,
    ):
        if not private:
            for client in (lines, outside):
                client._transport._pool._network_backend = ToTheImpostor(impostor.port)  # type: ignore[attr-defined]
        yield lines, outside


@pytest.mark.parametrize("private", [True, False], ids=["own network allowed", "open internet only"])
async def test_a_server_that_signs_its_own_certificate_is_told_nothing(impostor: Impostor, private: bool):
    line = Connection(
        ConnectionId("reception0000000000000"),
        TenantId(1),
        "Recepção",
        Dialect.SAAS_CLASSIC,
        impostor.url,
        AuthMode.HMAC,
        api_token="a-token",
    )
    terms = CalcomTerms(tenant=TenantId(1), name="c", base_url=impostor.url, key="cal_key", event_types={})
    async with clients(impostor, private=private) as (lines, outside):
        with pytest.raises(ChannelUnavailable):
            await a_channel(lines, line).send(Letter(line.tenant, line.id, "5531987654321@s.whatsapp.net", "Olá"))
        with pytest.raises(CalendarUnavailable):
            await CalcomClient(lines, terms, CalcomLines(), first_pause=0.01).ask("/v2/me", version="1", query={})
        with pytest.raises(Invalid):
            await OidcProviders(outside, "https://s.example/back").check(Provider(impostor.url, "secretaria", "s"))
        told = await SignedNews(outside, lambda: NOW).send(
            Endpoint(f"{impostor.url}/hook", SECRET), News("1", "quota.reached", NOW, {})
        )

    assert told.outcome == "unreachable"
    assert impostor.heard == []


async def test_the_same_server_is_heard_by_who_trusts_it(impostor: Impostor):
    trust = ssl.create_default_context(cafile=impostor.certificate)
    async with httpx2.AsyncClient(verify=trust, trust_env=False) as trusting:
        assert (await trusting.get(impostor.url)).status_code == 200

    assert len(impostor.heard) == 1
