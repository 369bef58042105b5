"""What calendars elsewhere told by webhook, and what the door said to it: a month that only polls proves half of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Final

from ops.chaos.month_facts import Facts
from ops.chaos.month_oracle import Findings
from ops.sandbox.calcom.records import Posted
from ops.sandbox.handle import Calcom

HEARD: Final = frozenset({"queued", "repeated", "clock"})
"""Kept, kept before, or true and nothing to do."""


async def knocks(calcom: Calcom) -> list[Posted]:
    """All of them, from the first."""
    found = await calcom.webhooks()
    posted = list(found.webhooks)
    while found.webhooks:
        found = await calcom.webhooks(found.last)
        posted += found.webhooks
    return posted


def outcome(knock: Posted) -> str:
    """The door's own word, or how it failed."""
    if knock.status == 202:
        return str(json.loads(knock.answer)["outcome"])
    return knock.error or str(knock.status)


def counted(posted: Sequence[Posted]) -> dict[str, int]:
    """For people: how many of each."""
    return {f"knocks {name}": count for name, count in sorted(Counter(map(outcome, posted)).items())}


def judge_knocks(posted: Sequence[Posted], facts: Sequence[Facts], findings: Findings) -> None:
    """The door was open all month: each was taken in, and whatever is booked over there was told of."""
    findings.knocks_unheard += [
        f"{knock.trigger} at {knock.url}: {outcome(knock)}" for knock in posted if outcome(knock) not in HEARD
    ]
    told = " ".join(knock.body for knock in posted if outcome(knock) == "queued")
    for each in facts:
        findings.knocks_unheard += [
            f"{each.clinic.line}: nothing was told of {one.uid}" for one in each.bookings if one.uid not in told
        ]
