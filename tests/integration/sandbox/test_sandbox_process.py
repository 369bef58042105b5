"""The sandbox as processes: they tell their address, end when told or orphaned, and remember over a kill."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from ops.sandbox.handle import NotStartedError, Whaticket, launch

PHONE = "5511987654321"


@pytest.mark.parametrize("service", ["whaticket", "gemini"])
def test_a_service_answers_once_it_has_told_its_address_and_ends_on_sigterm(service: str):
    running = launch(service)
    assert httpx2.get(f"{running.url}/_sandbox/health").json() == {"ok": True}

    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(5) == 0
    running.stop()


def test_it_ends_when_its_parent_is_gone():
    running = launch("gemini")
    assert running.process.stdin

    running.process.stdin.close()
    assert running.process.wait(5) == 0
    running.stop()


def test_it_ends_at_once_where_nobody_holds_its_standard_input():
    told = subprocess.run(
        [sys.executable, "-m", "ops.sandbox.gemini", "--until-stdin-closes"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=30,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, b"")
    assert json.loads(told.stdout)["url"].startswith("http://127.0.0.1:")


def test_a_sandbox_that_cannot_start_says_so():
    with pytest.raises(NotStartedError, match="status 2"):
        launch("whaticket", profile="no-such-fork")


async def test_a_killed_whaticket_goes_on_from_its_file(tmp_path: Path):
    file = tmp_path / "state" / "whaticket.jsonl"
    first = await asyncio.to_thread(launch, "whaticket", state=file, connection="c1", token="segredo")
    async with Whaticket(first.url) as whaticket:
        await whaticket.say("c1", PHONE, "antes", name="Ana")
        await whaticket.staff("c1", PHONE, "take")
        seen = (await whaticket.messages("c1")).last
    first.kill()
    with file.open("a") as torn:
        torn.write('["message",{"seq":')

    second = await asyncio.to_thread(launch, "whaticket", state=file, connection="c1", token="segredo")
    async with Whaticket(second.url) as whaticket:
        await whaticket.say("c1", PHONE, "depois")
        messages = (await whaticket.messages("c1")).messages
        (ticket,) = await whaticket.tickets("c1")
        (contact,) = await whaticket.contacts("c1")
    second.stop()

    assert [message.text for message in messages] == ["antes", "depois"]
    assert messages[1].seq > seen
    assert (ticket["user"]["name"], contact.name) == ("Carla", "Ana")
    assert [message.ticket_id for message in messages] == [ticket["id"]] * 2


async def test_a_wait_ends_as_soon_as_something_comes(whaticket: Whaticket):
    line = await whaticket.open()
    began = time.monotonic()
    waiting = asyncio.create_task(whaticket.messages(line.id, contact=PHONE, wait=30))
    await whaticket.say(line.id, "5521900000000", "outra pessoa")
    await whaticket.say(line.id, PHONE, "oi")

    assert [message.text for message in (await waiting).messages] == ["oi"]
    assert time.monotonic() - began < 10


async def test_a_wait_for_nothing_ends_empty(whaticket: Whaticket):
    line = await whaticket.open()

    assert (await whaticket.messages(line.id, wait=0.1)).messages == []
    with pytest.raises(TimeoutError, match="0 of 1 out messages"):
        await whaticket.await_messages(line.id, PHONE, seconds=0.1)


async def test_a_stranger_on_the_web_cannot_drive_it(whaticket: Whaticket):
    line = await whaticket.open()
    async with httpx2.AsyncClient(trust_env=False) as http:
        answer = await http.post(
            f"{whaticket.url}/_sandbox/connections/{line.id}/say",
            content='{"phone": "5511987654321", "text": "oi"}',
            headers={"Content-Type": "text/plain"},
        )

    assert answer.status_code == 400
    assert (await whaticket.messages(line.id)).messages == []
