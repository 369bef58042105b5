"""A person at the panel in a real Chromium, beside a customer with a telephone; the page's complaints fail the test."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright, expect
from redis.asyncio import Redis

from domain.access.session import Session
from tests.journeys.conftest import ana, gemini, house, line, shared_house, whaticket
from tests.journeys.house import House, Line

__all__ = ["ana", "gemini", "house", "line", "shared_house", "whaticket"]

ROOT: Final = Path(__file__).parents[2]
AXE: Final = ROOT / "adapters/http/panel/node_modules/axe-core/axe.min.js"
PICTURES: Final = ROOT / "build" / "panel"
QUIET: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
PASSWORD: Final = "tranquila e longa"
GREETING: Final = re.compile("Bom dia|Boa tarde|Boa noite")
SERIOUS: Final = ("serious", "critical")
WIDTHS: Final = {"light": (1280, 840), "dark": (1280, 840), "phone": (390, 800)}


@dataclass
class Seat:
    """One person's browser: where they are, and what the browser complained of."""

    page: Page
    house: House
    line: Line
    email: str
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    async def log_in(self, *, password: str = PASSWORD) -> None:
        await self.go("/entrar")
        await self.page.get_by_label("E-mail").fill(self.email)
        await self.page.get_by_label("Senha").fill(password)
        await self.page.get_by_role("button", name="Entrar").click()

    async def go(self, path: str = "") -> None:
        await self.page.goto(f"{self.house.url}/painel{path}")

    async def conversation(self, phone: str) -> int:
        rows = await self.house.rows(
            "select v.id from conversations v join contacts c on c.id = v.contact_id where c.phone = $1",
            f"+{phone}",
            tenant=self.line.tenant,
        )
        return int(rows[0]["id"])

    async def picture(self, name: str) -> None:
        """Kept as an artefact of the run, to be looked at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{name}.png")

    async def must_be_accessible(self, where: str) -> None:
        await self.page.evaluate(AXE.read_text())
        found: dict[str, Any] = await self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [
            f"{where}: {one['id']} ({one['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
            for one in found["violations"]
            if one["impact"] in SERIOUS
            for node in one["nodes"]
        ]
        assert told == []

    async def looks_right(self, look: str, name: str) -> None:
        """No wider than the screen, nothing serious for axe, and a picture to be looked at."""
        await expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not await self.page.evaluate(wide), f"{name} is wider than the screen"
        await self.must_be_accessible(f"{look} {name}")
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{look}-{name}.png", full_page=True)

    async def age_sessions(self) -> None:
        """As if everybody had shown their password an hour ago."""
        async with Redis.from_url(self.house.servers.redis_url) as redis:
            async for key in redis.scan_iter(f"{self.house.namespace}:*:session:*"):
                session = msgspec.json.decode(await redis.get(key), type=Session)
                aged = session.proved(datetime.now(UTC) - timedelta(hours=1))
                await redis.set(key, msgspec.json.encode(aged), keepttl=True)

    def watch(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(part in message.text for part in self.expected):
            self.complaints.append(f"{message.type}: {message.text} ({message.location})")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.house.url, "data:", "blob:")):
            self.complaints.append(f"foreign request: {url}")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture(params=["light"])
def look(request: pytest.FixtureRequest) -> str:
    """Which light and width; a test that looks at all of them parametrizes this."""
    return str(request.param)


@pytest.fixture
async def context(browser: Browser, look: str) -> AsyncIterator[BrowserContext]:
    width, height = WIDTHS[look]
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if look == "dark" else "light",
        locale="pt-BR",
        reduced_motion="reduce",
    )
    yield context
    await context.close()


AddPerson = Callable[[str], str]


@pytest.fixture(scope="module")
def add_person(shared_house: House, line: Line) -> AddPerson:
    """An account in the line's company with that role: its address."""

    def add(role: str) -> str:
        email = f"{role}.{secrets.token_hex(4)}@clinica.com.br"
        words = ["--email", email, "--name", "Carla Menezes", "--role", role, "--password", PASSWORD]
        shared_house.command("user", "add", *words, "--company", str(line.tenant), "--json")
        return email

    return add


@pytest.fixture(scope="module")
def operator(shared_house: House) -> str:
    """An account of the platform: its address."""
    email = f"operadora.{secrets.token_hex(4)}@plataforma.com.br"
    words = ["--email", email, "--name", "Otávia Prado", "--role", "operator", "--password", PASSWORD]
    shared_house.command("user", "add", *words, "--json")
    return email


@pytest.fixture(scope="module")
def owner(add_person: AddPerson) -> str:
    return add_person("owner")


@pytest.fixture
async def newcomer(context: BrowserContext, house: House, line: Line, owner: str) -> AsyncIterator[Seat]:
    """Somebody with an account, before the door."""
    seat = Seat(await context.new_page(), house, line, owner)
    seat.watch()
    yield seat
    await seat.page.close()
    assert seat.complaints == []


@pytest.fixture
async def seat(newcomer: Seat) -> Seat:
    """The owner, logged in, on the home page."""
    await newcomer.log_in()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text(GREETING)
    return newcomer


@pytest.fixture
async def suspended(house: House, line: Line) -> AsyncIterator[None]:
    """The line's company rests; what the processes remember of it has been forgotten before and after."""
    await _stands(house, line, "suspended")
    yield
    await _stands(house, line, "active")


@pytest.fixture
async def put_on_small_plan(house: House, line: Line) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """Call it, and the line's company has a plan for three people and one connection, until the test is over."""

    def put() -> Awaitable[object]:
        return house.rows(
            "insert into public.subscriptions (tenant_id, plan_code, price_cents, state, anchor, cycle, cycle_first,"
            " cycle_until) values ($1, 'essencial', 9700, 'active', current_date, 0, current_date, current_date + 28)",
            line.tenant,
        )

    yield put
    await house.rows("delete from public.subscriptions where tenant_id = $1", line.tenant)


async def _stands(house: House, line: Line, state: str) -> None:
    await house.rows("update public.tenants set state = $2 where id = $1", line.tenant, state)
    await house.until("select 1 where pg_sleep(6) is not null", seconds=15)
