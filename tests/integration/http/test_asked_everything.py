"""schemathesis asks a real API on real servers what its document allows, as several callers, the same questions every time.

This is the short run, a question or two of each kind; `make fuzz` asks more and differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from ops.fuzz.asking import Depth, ask
from ops.fuzz.callers import Asker, admit
from ops.sandbox.handle import launch
from secretaria.embedded.postgres import Postgres
from tests.conftest import _new_database
from tests.journeys.conftest import servers_of
from tests.journeys.house import House

SHORT = Depth(seed=3, examples=1, phases="examples,fuzzing")
CALLERS = ("nobody", "operator", "owner", "viewer", "key", "leaver")


@pytest.fixture(scope="module")
def asked_house(
    postgres_server: Postgres, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, dict[str, Asker]]]:
    mail = launch("mail")
    smtp = httpx2.get(f"{mail.url}/_sandbox/health", trust_env=False).json()["smtp_url"]
    folder = tmp_path_factory.mktemp("asked")
    try:
        with (
            _new_database(postgres_server) as url,
            House(folder, servers_of(postgres_server, url, redis_url), {"SMTP_URL": smtp}) as house,
        ):
            house.start("api", "worker")
            line = house.open_company("Clínica Perguntada")
            yield house, {asker.name: asker for asker in admit(house.command, house.url, str(line.tenant))}
    finally:
        mail.stop()


@pytest.mark.parametrize("caller", CALLERS)
def test_nobody_hears_a_crash_or_an_answer_that_is_not_documented(
    asked_house: tuple[House, dict[str, Asker]], caller: str, tmp_path: Path
):
    house, askers = asked_house

    heard = ask(house.url, askers[caller], SHORT, tmp_path)

    assert heard.well, heard.said
    assert "crashed" not in house.log_of("api").read_text()


def test_a_run_that_hears_something_else_is_not_well(asked_house: tuple[House, dict[str, Asker]], tmp_path: Path):
    """The judge judges: where the document should be there is a refusal."""
    house, askers = asked_house

    assert not ask(f"{house.url}/nowhere", askers["nobody"], SHORT, tmp_path).well
