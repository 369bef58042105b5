"""What every Channel promises: our fake, and the Whaticket adapter against the sandbox, in each dialect."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import httpx2
import pytest

from adapters.whaticket.channel import WhaticketChannel
from adapters.whaticket.client import build_http_client
from adapters.whaticket.lines import Lines
from adapters.whaticket.login import PanelLogin
from adapters.whaticket.reconcile import Reconciler
from application.delivery.ports import (
    Channel,
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    Letter,
)
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.shared.ids import ConnectionId, TenantId
from ops.sandbox.clients import Whaticket
from ops.sandbox.whaticket.records import Connection as Setup
from tests.fakes.pipeline import FakeChannel
from tests.integration.whaticket.whaticket_parts import KnownConnections, SessionsInMemory

ANA, BIA = "5531987654321", "5531912345678"
LOOKING = [Dialect.COMMUNITY, Dialect.SAAS_CLASSIC, Dialect.CODATENDE, Dialect.PRESS_TICKET, Dialect.WHAPIV4]
BLIND = [dialect for dialect in Dialect if dialect not in LOOKING]
SHORT = httpx2.Timeout(connect=1.0, read=0.3, write=1.0, pool=1.0)
LETTER = Letter(TenantId(7), ConnectionId("reception0000000000000"), f"{ANA}@s.whatsapp.net", "Olá, Ana! Às 15h?")


class Stage(Protocol):
    """A channel, and the world behind it: what goes wrong next, and what really arrived, as (number, text)."""

    channel: Channel

    async def arrived(self) -> list[tuple[str, str]]: ...

    async def is_away(self) -> None: ...

    async def refuses(self) -> None: ...

    async def forgets_our_token(self) -> None: ...

    async def loses_its_answer(self) -> None: ...

    async def loses_the_message(self) -> None: ...

    async def hides_its_history(self) -> None: ...


@dataclass
class FakeStage:
    channel: FakeChannel = field(default_factory=FakeChannel)

    async def arrived(self) -> list[tuple[str, str]]:
        return [(letter.to.partition("@")[0], letter.text) for letter in self.channel.arrived]

    async def is_away(self) -> None:
        self.channel.script = [ChannelUnavailable("503")]

    async def refuses(self) -> None:
        self.channel.script = [ChannelRefused("no such number")]

    async def forgets_our_token(self) -> None:
        self.channel.script = [ChannelMisconfigured("401")]

    async def loses_its_answer(self) -> None:
        def arrives_and_is_not_confirmed(letter: Letter) -> None:
            self.channel.arrives(letter)
            raise ChannelUnknown("time-out")

        self.channel.script = [arrives_and_is_not_confirmed]

    async def loses_the_message(self) -> None:
        self.channel.script = [ChannelUnknown("connection reset")]

    async def hides_its_history(self) -> None:
        self.channel.away = ChannelUnavailable("503")


@dataclass
class WhaticketStage:
    channel: WhaticketChannel
    known: KnownConnections
    sandbox: Whaticket
    setup: Setup

    async def arrived(self) -> list[tuple[str, str]]:
        page = await self.sandbox.messages(self.setup.id, direction="out")
        return [(message.contact, message.text) for message in page.messages]

    async def is_away(self) -> None:
        await self.sandbox.plant(self.setup.id, "status", status=503, count=1)

    async def refuses(self) -> None:
        await self.sandbox.plant(self.setup.id, "invalid_contact", count=1)

    async def forgets_our_token(self) -> None:
        self.known.known = [replace(self.known.known[0], api_token="of long ago")]

    async def loses_its_answer(self) -> None:
        await self.sandbox.plant(self.setup.id, "lost_answer", count=1)

    async def loses_the_message(self) -> None:
        await self.sandbox.plant(self.setup.id, "drop", count=1)

    async def hides_its_history(self) -> None:
        await self.sandbox.plant(self.setup.id, "status", on="any", status=503)


@pytest.fixture(params=["fake", *Dialect])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async for one in _staged(request):
        yield one


@pytest.fixture(params=["fake", *LOOKING])
async def looking(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """A channel that can look a letter up."""
    async for one in _staged(request):
        yield one


@pytest.fixture(params=["fake", *BLIND])
async def blind(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """A channel that cannot."""
    async for one in _staged(request):
        if isinstance(one, FakeStage):
            one.channel.can_look_up = False
        yield one


async def _staged(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    if request.param == "fake":
        yield FakeStage()
        return
    async with (
        build_http_client(private_addresses=True, timeout=SHORT) as http,
        Whaticket(request.getfixturevalue("whaticket_url")) as sandbox,
    ):
        setup = await sandbox.open(profile=request.param)
        for contact in (ANA, BIA):
            await sandbox.say(setup.id, contact, "Oi")
        known = KnownConnections([_connection(sandbox, setup)])
        reconciler = Reconciler(http, PanelLogin(http, SessionsInMemory()), _now)
        yield WhaticketStage(WhaticketChannel(known, http, Lines(), reconciler), known, sandbox, setup)


def _connection(sandbox: Whaticket, setup: Setup) -> Connection:
    return Connection(
        id=LETTER.connection,
        tenant=LETTER.tenant,
        name="Recepção",
        dialect=Dialect(setup.profile),
        base_url=sandbox.base_url(setup.id),
        auth=AuthMode.HMAC,
        api_token=setup.token,
        panel_email=setup.panel_email,
        panel_password=setup.panel_password,
    )


def _now() -> datetime:
    return datetime.now(UTC)


LONG_AGO = timedelta(minutes=5)
"""The other side tells its time in whole seconds: closer than this nobody looks."""


async def test_each_letter_arrives_once_word_for_word_and_at_its_address(stage: Stage):
    await stage.channel.send(LETTER)
    await stage.channel.send(replace(LETTER, to=f"{BIA}@s.whatsapp.net", text="Oi, Bia"))

    assert await stage.arrived() == [(ANA, LETTER.text), (BIA, "Oi, Bia")]


async def test_two_letters_never_get_one_id(stage: Stage):
    ids = [(await stage.channel.send(replace(LETTER, text=text))).external_id for text in ("um", "dois")]

    assert ids == [None, None] or len(set(ids) - {None}) == 2


async def test_a_channel_that_is_away_sent_nothing_and_is_tried_again(stage: Stage):
    await stage.is_away()

    with pytest.raises(ChannelUnavailable):
        await stage.channel.send(LETTER)
    assert await stage.arrived() == []

    await stage.channel.send(LETTER)
    assert await stage.arrived() == [(ANA, LETTER.text)]


async def test_a_refused_letter_reached_nobody(stage: Stage):
    await stage.refuses()

    with pytest.raises((ChannelRefused, ChannelUnavailable)):  # some forks will not say why: then it is tried again
        await stage.channel.send(LETTER)
    assert await stage.arrived() == []


async def test_without_a_valid_token_nothing_is_sent(stage: Stage):
    await stage.forgets_our_token()

    with pytest.raises((ChannelMisconfigured, ChannelUnknown)):  # autoatende lets the caller hang
        await stage.channel.send(LETTER)
    assert await stage.arrived() == []


async def test_an_answer_that_was_lost_is_unknown_and_not_a_failure(stage: Stage):
    await stage.loses_its_answer()

    with pytest.raises(ChannelUnknown):
        await stage.channel.send(LETTER)
    assert await stage.arrived() == [(ANA, LETTER.text)]


async def test_a_letter_whose_answer_was_lost_is_found_again(looking: Stage):
    since = _now()
    await looking.loses_its_answer()
    with pytest.raises(ChannelUnknown):
        await looking.channel.send(LETTER)

    assert await looking.channel.was_sent(LETTER, since=since, known=0) is True


async def test_a_letter_that_was_lost_is_not_found(looking: Stage):
    since = _now()
    await looking.loses_the_message()
    with pytest.raises(ChannelUnknown):
        await looking.channel.send(LETTER)

    assert await looking.channel.was_sent(LETTER, since=since, known=0) is False


async def test_the_same_words_said_before_are_told_apart_by_how_many_are_known(looking: Stage):
    since = _now()
    await looking.channel.send(LETTER)
    await looking.channel.send(LETTER)

    assert [await looking.channel.was_sent(LETTER, since=since, known=known) for known in (1, 2)] == [True, False]


async def test_the_same_words_to_somebody_else_are_no_evidence(looking: Stage):
    since = _now()
    await looking.channel.send(replace(LETTER, to=f"{BIA}@s.whatsapp.net"))

    assert await looking.channel.was_sent(LETTER, since=since, known=0) is False


async def test_other_words_are_no_evidence(looking: Stage):
    since = _now()
    await looking.channel.send(replace(LETTER, text="Olá, Ana! Às 16h?"))

    assert await looking.channel.was_sent(LETTER, since=since, known=0) is False


async def test_the_same_words_of_long_ago_are_no_evidence(looking: Stage):
    await looking.channel.send(LETTER)

    assert await looking.channel.was_sent(LETTER, since=_now() + LONG_AGO, known=0) is False
    assert await looking.channel.was_sent(LETTER, since=_now() - LONG_AGO, known=0) is True


async def test_while_the_other_side_cannot_be_asked_nobody_guesses(looking: Stage):
    await looking.hides_its_history()

    with pytest.raises(ChannelUnavailable):
        await looking.channel.was_sent(LETTER, since=_now(), known=0)


async def test_a_channel_without_history_says_that_it_cannot_tell(blind: Stage):
    since = _now()
    await blind.loses_its_answer()
    with pytest.raises(ChannelUnknown):
        await blind.channel.send(LETTER)

    assert await blind.channel.was_sent(LETTER, since=since, known=0) is None
