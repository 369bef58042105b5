"""What every keeper of names does: the fake, and the one that speaks to Cloudflare, against the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx2
import pytest

from adapters.cloudflare.domains import CloudflareDomains
from application.provisioning.by_hand import ByHand
from application.provisioning.domains import DnsRecord, DomainProvider, DomainRefused, DomainsAway
from ops.sandbox.handle import launch
from secretaria.embedded.ports import free_port
from tests.fakes.provisioning import FakeDomains

CHAT = DnsRecord("chat.sol.example.com", "edge.example.com")


@dataclass
class Keeper:
    provider: DomainProvider
    http: httpx2.AsyncClient
    url: str = ""

    async def records(self) -> dict[str, str]:
        if isinstance(self.provider, FakeDomains):
            return self.provider.records
        return (await self.http.get(f"{self.url}/_sandbox/records")).json()

    async def tell(self, **settings: object) -> None:
        await self.http.patch(f"{self.url}/_sandbox/settings", json=settings)


@pytest.fixture
def cloudflare() -> Iterator[str]:
    running = launch("cloudflare")
    yield running.url
    running.stop()


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(trust_env=False) as client:
        yield client


@pytest.fixture(params=["memory", "cloudflare"])
def keeper(request: pytest.FixtureRequest, http: httpx2.AsyncClient) -> Keeper:
    if request.param == "memory":
        return Keeper(FakeDomains(), http)
    return request.getfixturevalue("real")


@pytest.fixture
def real(cloudflare: str, http: httpx2.AsyncClient) -> Keeper:
    return Keeper(CloudflareDomains(http, cloudflare, "zone1", "a-token"), http, cloudflare)


async def test_a_name_put_twice_is_one_record_that_leads_where_it_was_told_last(keeper: Keeper):
    for target in ("old.example.com", CHAT.target, CHAT.target):
        assert await keeper.provider.put(DnsRecord(CHAT.name, target)) is None

    assert await keeper.records() == {CHAT.name: CHAT.target}


async def test_a_name_is_removed_twice_and_others_stay(keeper: Keeper):
    other = DnsRecord("api.sol.example.com", CHAT.target)
    await keeper.provider.put(CHAT)
    await keeper.provider.put(other)

    for _ in range(2):
        await keeper.provider.remove(CHAT.name)

    assert await keeper.records() == {other.name: other.target}


async def test_a_target_that_is_no_name_is_refused(keeper: Keeper):
    with pytest.raises(DomainRefused):
        await keeper.provider.put(DnsRecord(CHAT.name, "nowhere"))


async def test_a_record_that_somebody_made_meanwhile_is_taken_over(real: Keeper):
    await real.provider.put(DnsRecord(CHAT.name, "old.example.com"))
    await real.tell(blind_next=1)

    await real.provider.put(CHAT)

    assert await real.records() == {CHAT.name: CHAT.target}


@pytest.mark.parametrize(
    ("status", "error"), [(500, DomainsAway), (429, DomainsAway), (403, DomainsAway), (400, DomainRefused)]
)
async def test_trouble_of_the_provider_is_told_apart_from_its_no(real: Keeper, status: int, error: type[Exception]):
    await real.tell(fail_next=[status])

    with pytest.raises(error):
        await real.provider.put(CHAT)


async def test_a_provider_that_is_away_or_talks_nonsense_or_does_not_know_us_is_away(real: Keeper):
    nonsense, nowhere = f"{real.url}/_sandbox/health?", f"http://127.0.0.1:{free_port()}"
    for url, token in ((nowhere, "t"), (nonsense, "t"), (real.url, "wrong")):
        with pytest.raises(DomainsAway) as away:
            await CloudflareDomains(real.http, url, "zone1", token).put(CHAT)
        assert "wrong" not in str(away.value)


async def test_by_hand_it_says_which_records_to_make():
    assert await ByHand().put(CHAT) == "by hand: chat.sol.example.com CNAME edge.example.com"
    await ByHand().remove(CHAT.name)
