"""Known personal data and secrets go every way there is, the bad ones above all; then everything written is searched."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from ops.sandbox.handle import Calcom, Gemini, Running, Whaticket, launch
from secretaria.embedded.postgres import Postgres
from tests.conftest import _new_database
from tests.journeys.canaries import PERSONAL, Canaries, forms, redis_contents
from tests.journeys.conftest import servers_of
from tests.journeys.house import PARTS, House, Line
from tests.journeys.ordeal import GEMINI_KEY, PANEL_PASSWORD, TOKEN, Aftermath, Ordeal
from tests.journeys.ordeal_agenda import AgendaOrdeal


@pytest.fixture(scope="module")
def canary_house(
    postgres_server: Postgres, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    settings = {"GEMINI_API_KEY": GEMINI_KEY, "SECRETARIA_LOG_LEVEL": "debug"}
    folder = tmp_path_factory.mktemp("canaries")
    with (
        _new_database(postgres_server) as url,
        House(folder, servers_of(postgres_server, url, redis_url), settings) as house,
    ):
        house.start(*PARTS)
        yield house


@pytest.fixture(scope="module")
def lines(canary_house: House) -> dict[str, Line]:
    owned = {"token": TOKEN, "panel_password": PANEL_PASSWORD}
    first = canary_house.open_company("Clínica Canário", **owned, options=["--webhook-token"])
    more = {auth: canary_house.connect(first.tenant, auth=auth) for auth in ("path", "header")}
    return {"hmac": first, **more}


@pytest.fixture(scope="module")
def canaries(canary_house: House, lines: dict[str, Line]) -> Canaries:
    settings = canary_house.settings
    return Canaries(
        PERSONAL,
        {
            "Whaticket token": TOKEN,
            "panel password": PANEL_PASSWORD,
            "Gemini key": GEMINI_KEY,
            "webhook secret": lines["hmac"].secret,
            "webhook token": lines["hmac"].webhook_token or "",
            "path token": lines["path"].secret,
            "header secret": lines["header"].secret,
            "master key": settings["SECRETARIA_MASTER_KEY"],
            "service token": canary_house.service_token,
            "database password": urlsplit(settings["DATABASE_URL"]).password or "",
            "Redis password": urlsplit(settings["REDIS_URL"]).password or "",
        },
    )


@pytest.fixture(scope="module")
def calendar_elsewhere() -> Iterator[Running]:
    running = launch("calcom")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def ordeal_over() -> dict[str, Aftermath]:
    """Filled by the first story that asks."""
    return {}


@pytest.fixture
async def aftermath(
    canary_house: House,
    lines: dict[str, Line],
    canaries: Canaries,
    calendar_elsewhere: Running,
    ordeal_over: dict[str, Aftermath],
) -> Aftermath:
    if not ordeal_over:
        left = Aftermath(canary_house, canaries)
        async with (
            Whaticket(canary_house.whaticket.url) as whaticket,
            Gemini(canary_house.gemini.url) as gemini,
            Calcom(calendar_elsewhere.url) as calcom,
        ):
            ordeal = Ordeal(left, lines, whaticket, gemini)
            await ordeal.accepted()
            left.prompts = [json.dumps(call.body, ensure_ascii=False) for call in (await gemini.requests()).requests]
            for suffer in (
                ordeal.refused, ordeal.model_in_trouble, ordeal.send_in_trouble, ordeal.database_in_trouble,
                ordeal.crashed, AgendaOrdeal(left, lines["hmac"], whaticket, calcom).suffer,
                ordeal.looked_at_by_the_operator,
            ):  # fmt: skip
                await suffer()
        ordeal_over["all"] = left
    return ordeal_over["all"]


async def test_the_net_catches_what_it_is_made_for(aftermath: Aftermath):
    for name, value in (aftermath.canaries.personal | aftermath.canaries.secret).items():
        for form in forms(value):
            assert name in aftermath.canaries.found_in(f"... {form} ...")


async def test_no_log_of_any_process_holds_a_canary(aftermath: Aftermath):
    aftermath.house.signal("worker", signal.SIGTERM)  # last words count as well
    aftermath.house.parts["worker"].process.wait(30)
    aftermath.house.start("worker")
    logs = aftermath.house.logs()

    for happened in ("401", "404", "413", "415", "422", "503"):
        assert f'"status": {happened}' in logs
    for happened in ("CheckViolationError", "UndefinedTableError", "RemoteProtocolError", '"outcome": "reconciled"'):
        assert happened in logs
    for line in logs.splitlines():
        assert aftermath.canaries.found_in(line) == [], line


def test_no_log_of_the_servers_holds_a_canary(aftermath: Aftermath, servers_dir: Path):
    for log in servers_dir.glob("*.log"):
        assert aftermath.canaries.found_in(log.read_text(errors="replace")) == []


async def test_no_page_of_figures_holds_a_canary(aftermath: Aftermath):
    ports = aftermath.house.metrics_ports
    async with httpx2.AsyncClient(trust_env=False) as client:
        for url in (aftermath.house.url, *(f"http://127.0.0.1:{ports[part]}" for part in ("worker", "relay"))):
            page = (await client.get(f"{url}/metrics")).text
            assert "# HELP" in page
            assert aftermath.canaries.found_in(page) == []


async def test_no_shared_table_holds_a_canary(aftermath: Aftermath):
    tables = await aftermath.house.rows("select tablename from pg_tables where schemaname = 'public'")
    assert {"jobs", "tenants", "whatsapp_connections", "tenant_keys"} <= {row["tablename"] for row in tables}
    for table in (row["tablename"] for row in tables):
        for row in await aftermath.house.rows(f"select to_jsonb(t)::text as told from public.{table} t"):
            assert aftermath.canaries.found_in(row["told"]) == [], table


async def test_no_table_of_the_company_holds_a_secret(aftermath: Aftermath, lines: dict[str, Line]):
    schema = f"tenant_{lines['hmac'].tenant}"
    tables = await aftermath.house.rows("select tablename from pg_tables where schemaname = $1", schema)
    assert tables
    for table in (row["tablename"] for row in tables):
        for row in await aftermath.house.rows(f"select to_jsonb(t)::text as told from {schema}.{table} t"):
            if table not in ("envelopes", "messages"):  # what the customer said is kept as it was said
                assert aftermath.canaries.found_in(row["told"], personal=False) == [], table


async def test_redis_names_nobody_and_holds_no_secret(aftermath: Aftermath):
    contents = list(redis_contents(aftermath.house.servers.redis_url, aftermath.house.namespace))

    assert any(":memory:" in key for key, _ in contents)
    for key, value in contents:
        assert aftermath.canaries.found_in(key) == [], key
        assert aftermath.canaries.found_in(value, personal=":memory:" not in key) == [], key


async def test_no_answer_to_a_stranger_or_an_operator_holds_a_canary(aftermath: Aftermath):
    assert len(aftermath.answers) > 15
    for answer in aftermath.answers:
        assert aftermath.canaries.found_in(answer) == []


async def test_the_model_is_shown_the_customers_words_without_the_cpf_and_without_secrets(aftermath: Aftermath):
    own_words = {"text", "name", "e-mail", "phone as typed"}
    assert aftermath.prompts
    for prompt in aftermath.prompts:
        assert "text" in aftermath.canaries.found_in(prompt)
        assert set(aftermath.canaries.found_in(prompt)) <= own_words
