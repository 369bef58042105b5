"""(f) What the panel's pages weigh and how long the server thinks about each, in a company of 10,000 conversations.

Time is from the request on a kept-alive connection to the last byte of the answer, one request after another: what the
server needs, with the loopback's part of a millisecond in it. Weight is what a browser with an empty cache fetches for one
page: the page, its styles, its scripts and its icons, compressed as they come.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

import httpx2

from domain.access.role import Role
from ops.load.figures import Figure, quantile
from ops.load.ground import Ground
from ops.load.people import FILL, MANY

PAGES: Final[Mapping[str, str]] = {
    "home": "/painel",
    "conversations": "/painel/conversas",
    "conversations, waiting": "/painel/conversas?com=esperando",
    "search, a word": "/painel/conversas?busca=limpeza",
    "search, a rare word": "/painel/conversas?busca=zirconia",
    "search, a name": "/painel/conversas?busca=cliente+777",
    "one conversation": "/painel/conversas/777",
    "failures": "/painel/falhas",
    "settings": "/painel/config",
    "connections": "/painel/conexoes",
    "people": "/painel/usuarios",
    "plan": "/painel/plano",
    "keys": "/painel/chaves",
    "audit": "/painel/auditoria",
    "account": "/painel/conta",
}
OPERATORS: Final[Mapping[str, str]] = {
    "companies": "/painel/empresas",
    "all failures": "/painel/empresas/falhas",
    "workers": "/painel/trabalhadores",
    "platform's audit": "/painel/empresas/auditoria",
}
ASSET: Final = re.compile(r'(?:href|src)="(/painel/static/[^"#]+)')
LIMIT_MS: Final = 50.0
LIMIT_KB: Final = 200.0
LEAST: Final = 40
"""Requests per page, however short the measure: a p95 of fewer says nothing."""

WARM_UP: Final = 3


def measure(ground: Ground, seconds: float) -> list[Figure]:
    company = ground.companies[0].tenant
    ground.servers.execute(FILL.format(tenant=company))
    figures: list[Figure] = []
    with ground.running("api"):
        for role, pages in ((Role.OWNER, PAGES), (Role.OPERATOR, OPERATORS)):
            with logged_in(ground, role, company) as browser:
                figures += [times(browser, name, path, seconds) for name, path in pages.items()]
                if role is Role.OWNER:
                    figures.append(first_load(browser))
    return figures


@contextmanager
def logged_in(ground: Ground, role: Role, company: int) -> Iterator[httpx2.Client]:
    """Somebody of this role, as a browser with one connection."""
    email = f"{role}-{secrets.token_hex(4)}@clinica.example"
    place = () if role is Role.OPERATOR else ("--company", str(company))
    said = ground.system.run("user", "add", "--email", email, "--name", "Ana", "--role", str(role), *place, "--json")
    url = f"http://127.0.0.1:{ground.system.api_port}"
    with httpx2.Client(base_url=url, timeout=30, trust_env=False, limits=httpx2.Limits(max_connections=1)) as browser:
        login = browser.post("/api/auth/login", json={"email": email, "password": json.loads(said)["password"]})
        browser.headers["authorization"] = f"Bearer {login.json()['access_token']}"
        yield browser


def times(browser: httpx2.Client, name: str, path: str, seconds: float) -> Figure:
    took = list(_asked(browser, path, seconds / len(PAGES)))
    p95 = quantile(took, 0.95)
    return Figure(
        f"panel: {name}, p95",
        p95,
        "ms",
        f"<= {LIMIT_MS:.0f} ms",
        met=p95 <= LIMIT_MS,
        peer="p50",
        beside=quantile(took, 0.5),
        note=f"{MANY:,} conversations, {len(took)} requests",
    )


def _asked(browser: httpx2.Client, path: str, seconds: float) -> Iterator[float]:
    """Milliseconds of each request."""
    until, done = time.perf_counter() + seconds, -WARM_UP
    while done < LEAST or time.perf_counter() < until:
        begun = time.perf_counter()
        answer = browser.get(path)
        took = (time.perf_counter() - begun) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        done += 1
        if done > 0:
            yield took


def first_load(browser: httpx2.Client) -> Figure:
    """The heaviest of all pages, with everything it names."""
    weights = {name: _weight(browser, path) for name, path in PAGES.items()}
    name = max(weights, key=lambda each: sum(weights[each]))
    weight = sum(weights[name]) / 1000
    note = f"{name}: {len(weights[name])} files"
    return Figure(
        "panel: first load over the wire", weight, "kB", f"<= {LIMIT_KB:.0f} kB", weight <= LIMIT_KB, note=note
    )


def _weight(browser: httpx2.Client, path: str) -> Sequence[int]:
    """Bytes of each answer's body, as they came."""
    page = browser.get(path, headers={"accept-encoding": "gzip, br, zstd"})
    files = sorted(set(ASSET.findall(page.text)))
    return [_on_the_wire(browser, each) for each in (path, *files)]


def _on_the_wire(browser: httpx2.Client, path: str) -> int:
    with browser.stream("GET", path, headers={"accept-encoding": "gzip, br, zstd"}) as answer:
        return sum(len(piece) for piece in answer.iter_raw())
