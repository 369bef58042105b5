"""`secretaria run` as a newcomer starts it: everything brought along, a phone to write on, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from secretaria.embedded.child import end_leftovers, started_at, wait_until

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 90.0
GONE_SECONDS = 5.0
OURS = ("SECRETARIA_", "GEMINI_", "DATABASE_", "REDIS_")

Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def home(servers_dir: Path) -> Iterator[Path]:
    place = servers_dir / f"run-{time.time_ns()}"
    yield place
    end_leftovers(place / "processes")


@pytest.fixture
def start(home: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts `secretaria run` and waits for its card."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment |= {"SECRETARIA_DATA_DIR": str(home), "SECRETARIA_BURST_WINDOW_SECONDS": "0", "PYTHONPATH": str(ROOT)}
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        (home / "run.json").unlink(missing_ok=True)
        argv = [sys.executable, "-m", "secretaria", "run"]
        with (tmp_path / "screen").open("ab") as screen:
            process = subprocess.Popen(argv, env=environment, cwd=tmp_path, stdout=screen, stderr=screen)
        running.append(process)
        up = wait_until(lambda: (home / "run.json").exists() or process.poll() is not None, seconds=READY_SECONDS)
        assert up, (tmp_path / "screen").read_text()
        assert process.poll() is None, (tmp_path / "screen").read_text()
        return process

    yield start
    for process in running:
        process.terminate()
        process.wait(GONE_SECONDS * 2)


def card(home: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((home / "run.json").read_text())
    return read


def children(home: Path) -> list[int]:
    return [int(note.read_text().split()[0]) for note in (home / "processes").iterdir()]


def said_and_answered(run: dict[str, Any], text: str) -> str:
    """What a customer reads after writing `text` on the sandbox's phone."""
    line = f"{run['whaticket']}/_sandbox/connections/demo"
    with httpx2.Client(timeout=40) as http:
        said = http.post(f"{line}/say", json={"phone": "5511999990000", "name": "Ana", "text": text}).json()
        assert said["webhooks"][0]["status"] == 202
        after = said["messages"][0]["seq"]
        answers = http.get(f"{line}/messages", params={"direction": "out", "after": after, "wait": 30}).json()
    return str(answers["messages"][0]["text"])


def calendar_types(run: dict[str, Any]) -> dict[str, int]:
    """What can be booked at the Cal.com to try, as its API tells."""
    calcom = run["calcom"]
    asked = {"Authorization": f"Bearer {calcom['api_key']}", "cal-api-version": "2024-06-14"}
    answer = httpx2.get(f"{calcom['url']}/v2/event-types", headers=asked).json()
    return {kind["title"]: kind["id"] for kind in answer["data"]}


def refused(home: Path, folder: Path) -> str:
    """What a second `secretaria run` on the same folder says."""
    argv = [sys.executable, "-m", "secretaria", "run"]
    environment = os.environ | {"SECRETARIA_DATA_DIR": str(home), "PYTHONPATH": str(ROOT)}
    second = subprocess.run(argv, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    return second.stderr


def test_a_newcomer_is_answered_a_kill_costs_nothing_and_ctrl_c_leaves_nothing(
    home: Path, start: Start, tmp_path: Path
) -> None:
    first = start()
    before, pids = card(home), children(home)

    assert stat.S_IMODE((home / "run.json").stat().st_mode) == 0o600
    assert "8h" in said_and_answered(before, "Qual o horário de vocês?")
    assert all(
        httpx2.get(url).status_code == 200 for url in (before["phone"], before["mail_url"], *before["metrics"].values())
    )
    assert calendar_types(before) == before["calcom"]["event_types"]
    assert "already runs" in refused(home, tmp_path)

    first.kill()
    first.wait()
    second = start()
    after = card(home)

    assert [pid for pid in pids if started_at(pid)] == []
    assert (after["connection"], after["webhook_secret"]) == (before["connection"], before["webhook_secret"])
    assert "8h" in said_and_answered(after, "E o horário de sábado?")
    assert calendar_types(after) == before["calcom"]["event_types"]

    pids = children(home)
    second.send_signal(signal.SIGINT)

    assert second.wait(GONE_SECONDS) == 0
    assert [pid for pid in pids if started_at(pid)] == []
    assert not (home / "run.json").exists()
