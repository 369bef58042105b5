"""A short storm on every test run: whatever was acknowledged is answered exactly once and in order."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEED = 7
"""A worker stopped past its lease, kills of worker, relay and API, Redis lost, PostgreSQL restarted."""


def figure(report: str, name: str) -> int:
    found = re.search(rf"^{name}\s+(\d+)", report, re.MULTILINE)
    assert found is not None, report
    return int(found[1])


@pytest.mark.journey
def test_nothing_acknowledged_is_lost_doubled_or_swapped_while_parts_die():
    words = ["--storm", "--seed", str(SEED), "--seconds", "30", "--tenants", "2"]

    run = subprocess.run(
        [sys.executable, "-m", "ops.chaos.run", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    report = run.stdout + run.stderr
    assert run.returncode == 0, report
    assert figure(report, "acknowledged") > 50
    assert figure(report, "workers rolled") >= 2
    assert figure(report, "answered") == figure(report, "acknowledged")
    for harm in ("lost", "answered twice", "out of order", "misdelivered"):
        assert figure(report, harm) == 0
