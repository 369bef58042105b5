"""Numbers no row can have are the caller's mistake, not an outage."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from litestar.testing import TestClient

from adapters.http.dead_letters import dead_letter_router
from application.dead_letters.ports import DeadLetterNotFound
from domain.dead_letters.dead_letter import DeadLetter
from domain.shared.ids import JobId, TenantId
from tests.builders.access import Gate

TOKEN = "service-token-of-the-test"


class Nothing:
    """Keeps no dead letter, and like a database cannot even be asked for numbers beyond eight bytes."""

    async def parked(self, *, tenant: TenantId | None, after: JobId | None, limit: int) -> Sequence[DeadLetter]:
        assert (tenant or 0) < 2**31
        assert (after or 0) < 2**63
        return []

    async def get(self, id: JobId) -> DeadLetter:
        assert id < 2**63
        raise DeadLetterNotFound("no")

    async def retry(self, id: JobId) -> None:
        await self.get(id)

    async def discard(self, id: JobId) -> None:
        await self.get(id)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/api/dead-letters?tenant={2**31}", 422),
        ("GET", f"/api/dead-letters?after={2**63}", 422),
        ("GET", f"/api/dead-letters?tenant={2**31 - 1}&after={2**63 - 1}", 200),
        ("GET", f"/api/dead-letters/{2**63}", 422),
        ("POST", f"/api/dead-letters/{2**63}/retry", 422),
        ("DELETE", f"/api/dead-letters/{2**63}", 422),
        ("GET", f"/api/dead-letters/{2**63 - 1}", 404),
    ],
)
def test_a_number_beyond_the_database_is_refused_and_named(method: str, path: str, status: int):
    app = Gate(service_token=TOKEN).app([dead_letter_router(Nothing())])
    with TestClient(app) as client:
        answer = client.request(method, path, headers={"Authorization": f"Bearer {TOKEN}"})

    assert answer.status_code == status
