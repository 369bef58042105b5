"""A terminal of an operator over real servers."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from click.testing import CliRunner, Result

from adapters.security.master_keys import new_master_key, write_first
from secretaria.commands.billing import billing
from secretaria.commands.company import company
from secretaria.commands.migrate import migrate
from secretaria.commands.secrets import secrets
from secretaria.commands.user import user

LINE = ["--whaticket-url", "https://w.example.com", "--whaticket-token", "canary-token-1234"]
COMMANDS = {"billing": billing, "company": company, "migrate": migrate, "secrets": secrets, "user": user}
Type = Callable[..., Result]


@pytest.fixture
def environment(database: str, redis_url: str, tmp_path: Path) -> dict[str, str | None]:
    (tmp_path / "var").mkdir()
    key_file = tmp_path / "master.key"
    write_first(key_file, new_master_key())
    ours = {name: None for name in os.environ if name.startswith("SECRETARIA_")}
    return ours | {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "SECRETARIA_DATA_DIR": str(tmp_path / "var"),
        "SECRETARIA_MASTER_KEY_FILE": str(key_file),
        "SECRETARIA_PUBLIC_URL": "https://secretaria.example.com",
        "SECRETARIA_REDIS_NAMESPACE": f"sv-{uuid4().hex[:8]}",
    }


@pytest.fixture
def type_(environment: dict[str, str | None]) -> Type:
    """Types a command; expects it to succeed unless told otherwise."""

    def type_it(*words: str, code: int = 0, answer: str | None = None) -> Result:
        result = CliRunner().invoke(COMMANDS[words[0]], words[1:], env=environment, input=answer)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return type_it


@pytest.fixture
def opened(type_: Type) -> dict[str, Any]:
    type_("migrate")
    return told(type_("company", "open", "--name", "Clínica Sorriso", *LINE, "--json"))


def told(result: Result) -> dict[str, Any]:
    return json.loads(result.stdout)


def fetch(url: str, query: str, *values: object) -> list[tuple]:
    async def run() -> list[tuple]:
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(query, *values)]
        finally:
            await connection.close()

    return asyncio.run(run())
