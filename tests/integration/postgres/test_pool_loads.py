"""What PostgreSQL tells of the pools: who must wait how long, wherever the job stands."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import yaml

from adapters.postgres.pool import Pool
from adapters.postgres.pools import PostgresPools
from domain.provisioning.workforce import Load
from secretaria.embedded.postgres import Postgres

K8S = Path(__file__).parents[3] / "ops" / "k8s"


@pytest.fixture
async def companies(pool: Pool) -> None:
    await pool.execute("""
        insert into public.tenants (name, slug, state, pool) values
            ('a', 'a', 'active', 'shared'), ('b', 'b', 'active', 'shared'), ('c', 'c', 'active', 'tenant_3'),
            ('d', 'd', 'suspended', 'gold'), ('e', 'e', 'closed', 'tenant_5')
    """)


async def add(pool: Pool, tenant: int, state: str, due: str, many: int = 1) -> None:
    await pool.execute(
        "insert into public.jobs (tenant_id, actor, args, state, due_at)"
        f" select $1, 'a', '{{}}', $2, now() + interval '{due}' from generate_series(1, $3)",
        tenant, state, many,
    )  # fmt: skip


async def test_every_pool_of_an_open_company_is_told_also_without_work(pool: Pool, companies: None):
    assert await PostgresPools(pool).loads() == {"shared": Load(), "tenant_3": Load(), "gold": Load()}


async def test_the_longest_wait_of_a_pool_counts_from_when_the_job_was_due(pool: Pool, companies: None):
    await add(pool, 1, "pending", "-5 s", many=3)
    await add(pool, 2, "pending", "-9 s")
    await add(pool, 2, "pending", "1 hour", many=50)
    await add(pool, 2, "running", "6 s", many=4)
    await add(pool, 3, "running", "-1 s")
    await add(pool, 4, "dead", "-1 day")

    loads = await PostgresPools(pool).loads()

    assert (loads["shared"].waiting, loads["shared"].running) == (4, 4)
    assert loads["shared"].oldest == pytest.approx(9, abs=2)
    assert loads["tenant_3"] == Load(waiting=0, running=1)
    assert loads["gold"] == Load()


async def test_a_job_that_lies_in_a_queue_waits_too(pool: Pool, companies: None):
    await add(pool, 3, "dispatched", "3 s")  # handed over for eight seconds, five of them gone

    [load] = [load for name, load in (await PostgresPools(pool).loads()).items() if name == "tenant_3"]

    assert load.waiting == 1
    assert load.oldest == pytest.approx(5, abs=2)


@pytest.fixture
async def keda(postgres_server: Postgres, migrated: str) -> AsyncIterator[asyncpg.Connection]:
    """A role as ops/k8s/README.md makes it."""
    url = urlsplit(postgres_server.superuser_url)._replace(path=urlsplit(migrated).path).geturl()
    role, superuser = f"keda_{secrets.token_hex(4)}", await asyncpg.connect(url)
    await superuser.execute(
        f"create role {role}; grant execute on function public.pool_loads() to {role}; set role {role}"
    )
    yield superuser
    await superuser.execute(f"reset role; drop owned by {role}; drop role {role}")
    await superuser.close()


async def test_the_autoscalers_queries_give_a_number_to_a_role_that_may_do_nothing_else(
    pool: Pool, companies: None, keda: asyncpg.Connection
):
    await add(pool, 1, "pending", "-5 s", many=3)
    await add(pool, 1, "running", "5 s", many=2)
    scaled = [one for one in yaml.safe_load_all((K8S / "scaling.yaml").read_text()) if one["kind"] == "ScaledObject"]
    queries = [trigger["metadata"]["query"] for one in scaled for trigger in one["spec"]["triggers"]]

    told = [float(await keda.fetchval(query)) for query in queries]

    assert told == [5, pytest.approx(5, abs=3)]
    assert float(await keda.fetchval(queries[0].replace("shared", "nobody"))) == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await keda.fetch("select * from public.jobs")
