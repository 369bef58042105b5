"""A few days of three clinics on every test run, faults included: what was told, what is kept and what calendars hold agree."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEED = 7
HARMS = (
    "false claims", "double bookings", "disagreements", "reminders doubled", "reminders unexplained", "knocks unheard",
)  # fmt: skip


def figure(report: str, name: str) -> int:
    found = re.search(rf"^{name}\s+(\d+)", report, re.MULTILINE)
    assert found is not None, report
    return int(found[1])


@pytest.mark.journey
def test_at_the_end_of_some_days_the_ledger_the_calendars_and_every_text_agree():
    words = ["--month", "--seed", str(SEED), "--clinics", "3", "--contacts", "8", "--days", "5"]

    run = subprocess.run(
        [sys.executable, "-m", "ops.chaos.run", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )

    report = run.stdout + run.stderr
    assert run.returncode == 0, report
    assert figure(report, "contacts") == 24
    assert figure(report, "bookings") > 8
    assert figure(report, "reminders sent") > 8
    assert figure(report, "knocks queued") > 0
    for harm in HARMS:
        assert figure(report, harm) == 0
