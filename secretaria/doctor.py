"""Says what is wrong with an installation and how to mend it, in the order in which one would mend it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg
import httpx2
from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.postgres.engine import build_engine
from adapters.postgres.migrations import pending
from adapters.redis.heartbeats import Heartbeats
from adapters.redis.keys import PlatformKeys
from application.shared.secrets import MasterKeyMissing
from domain.shared.errors import SecretariaError
from secretaria.findings import Finding, State, brief, fine, wrong
from secretaria.gemini_checkup import look_at_gemini, look_at_own_models
from secretaria.reading import BadSetting
from secretaria.settings import Settings, variables
from secretaria.targets import Targets

PATIENCE: Final = 5.0
OLDEST_POSTGRES: Final = 150_000
CUT_OFF: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


async def examine(environment: Mapping[str, str]) -> list[Finding]:
    """Everything, first to last; one part's trouble does not hide another's."""
    strange = [name for name in environment if name.startswith("SECRETARIA_") and name not in variables()]
    findings = [Finding(State.ODD, f"{name} is no setting of ours", "see .env.example") for name in sorted(strange)]
    try:
        settings = Settings.from_environment(environment)
    except BadSetting as bad:
        return [*findings, *wrong(str(bad), "see .env.example")]
    findings += fine(f"settings for {settings.environment}")
    targets = Targets(settings, environment)
    for part in PARTS:
        try:
            findings += await part(settings, targets)
        except BadSetting as bad:
            findings += wrong(str(bad), "see .env.example")
    return findings


async def look_at_postgres(settings: Settings, targets: Targets) -> list[Finding]:
    del settings
    try:
        async with _postgres(targets) as postgres:
            version = str(await postgres.fetchval("show server_version"))
            role = await postgres.fetchrow(
                "select rolname, rolsuper, rolcreaterole from pg_roles where rolname = current_user"
            )
            number = int(await postgres.fetchval("show server_version_num"))
    except CUT_OFF as error:
        return wrong(f"PostgreSQL does not answer ({brief(error)})", "start it, or mend DATABASE_URL")
    if number < OLDEST_POSTGRES:
        return wrong(f"PostgreSQL is {version}", "15 is the oldest we know; upgrade it")
    findings = fine(f"PostgreSQL {version} answers")
    if role["rolsuper"]:
        mend = f"alter role {role['rolname']} nosuperuser createrole"
        findings += [Finding(State.ODD, "we are a superuser there: row policies do not bind us", mend)]
    elif not role["rolcreaterole"]:
        findings += wrong("our role may not create the companies' roles", f"alter role {role['rolname']} createrole")
    return findings


async def look_at_tables(settings: Settings, targets: Targets) -> list[Finding]:
    del settings
    engine = build_engine(targets.database_url, pool_size=1)
    try:
        found = await pending(engine)
    except Exception as error:  # noqa: BLE001 - the part before this one told why
        return wrong(f"the tables cannot be read ({brief(error)})", "mend PostgreSQL first")
    finally:
        await engine.dispose()
    if found.nothing:
        return fine("all tables are up to date")
    behind = [f"company {one.tenant} is at {one.revision}: {one.error or 'not yet migrated'}" for one in found.tenants]
    shared = [f"the shared tables are at {found.public or 'nothing'}, not {found.public_head}"]
    told = (shared if found.public != found.public_head else []) + behind
    return [Finding(State.WRONG, what, "secretaria migrate") for what in told]


async def look_at_redis(settings: Settings, targets: Targets) -> list[Finding]:
    try:
        async with Redis.from_url(targets.redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as redis:
            policy = await redis.config_get("maxmemory-policy")
            beats = await Heartbeats(redis, PlatformKeys(settings.redis.namespace)).count()
    except (RedisError, OSError) as error:
        return wrong(f"Redis does not answer ({brief(error)})", "start it, or mend REDIS_URL")
    findings = fine("Redis answers")
    if policy.get("maxmemory-policy") != "noeviction":
        mend = "config set maxmemory-policy noeviction"
        findings += [Finding(State.ODD, "Redis may drop keys when memory is short", mend)]
    if beats == 0:
        findings += [Finding(State.ODD, "no worker beats: messages are kept, nobody answers", "secretaria worker")]
    return findings


async def look_at_master_key(settings: Settings, targets: Targets) -> list[Finding]:
    del settings
    try:
        keys = targets.master_keys
        keys.current()
    except SecretariaError as error:
        return wrong(f"the master key cannot be used: {error}", "mend SECRETARIA_MASTER_KEY or its file")
    try:
        async with _postgres(targets) as postgres:
            used = await postgres.fetch("select distinct master_key_id as id from public.tenant_keys order by 1")
    except CUT_OFF:
        return fine("there is a master key")
    missing = [row["id"] for row in used if not _has(keys, row["id"])]
    mend = "put the key with that id back (secretaria secrets --help); without it these companies' tokens are lost"
    return [Finding(State.WRONG, f"master key {id_} wraps companies and is not here", mend) for id_ in missing] or fine(
        "the master key opens every company's key"
    )


async def look_at_whatickets(settings: Settings, targets: Targets) -> list[Finding]:
    del settings
    try:
        async with _postgres(targets) as postgres:
            rows = await postgres.fetch(
                "select id, name, base_url from public.whatsapp_connections where state = 'active' order by id"
            )
    except CUT_OFF:
        return []
    async with httpx2.AsyncClient(timeout=PATIENCE) as http:
        return [finding for row in rows for finding in await _knock(http, row)]


Part = Callable[[Settings, Targets], Awaitable[list[Finding]]]
PARTS: Final[tuple[Part, ...]] = (
    look_at_postgres,
    look_at_tables,
    look_at_redis,
    look_at_master_key,
    look_at_whatickets,
    look_at_gemini,
    look_at_own_models,
)


async def _knock(http: httpx2.AsyncClient, row: Any) -> list[Finding]:  # noqa: ANN401 - asyncpg has no types
    """Any answer will do: what it says of our token is told where messages are sent."""
    try:
        await http.get(row["base_url"])
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        what = f"the Whaticket of connection {row['id']} cannot be reached ({brief(error)})"
        return wrong(what, "ops/runbooks/whaticket_down.md")
    return fine(f"the Whaticket of connection {row['id']} answers")


@asynccontextmanager
async def _postgres(targets: Targets) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(targets.database_url, timeout=PATIENCE, command_timeout=PATIENCE)
    try:
        yield connection
    finally:
        await connection.close()


def _has(keys: Any, id_: str) -> bool:  # noqa: ANN401
    try:
        keys.get(id_)
    except MasterKeyMissing:
        return False
    return True
