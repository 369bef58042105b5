"""What the queue does with each kind of error: try again, drop, or bury. The one place that knows both sides."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from domain.dead_letters.ladder import next_wait
from domain.shared.errors import (
    Forbidden,
    Invalid,
    MoveRefused,
    NotFound,
    Refused,
    SecretariaError,
    TooOften,
    Unavailable,
)


class Fate(StrEnum):
    RETRY = "retry"
    DROP = "drop"
    BURY = "bury"


FATES: Final[dict[type[SecretariaError], Fate]] = {
    Invalid: Fate.BURY,
    Forbidden: Fate.BURY,
    NotFound: Fate.DROP,
    MoveRefused: Fate.RETRY,
    TooOften: Fate.RETRY,
    Refused: Fate.DROP,
    Unavailable: Fate.RETRY,
}
"""The first kind that fits decides. A refused move is tried again: after a race the next look finds another state, and a bug
ends as a dead letter, where dropping it would leave a contact without an answer and nobody the wiser.
"""


def fate_of(error: BaseException) -> Fate:
    """A bug is tried again like an outage, and buried in the end: the message may outlive the bug."""
    return next((fate for kind, fate in FATES.items() if isinstance(error, kind)), Fate.RETRY)


def wait_before_retry(error: BaseException, failures: int) -> timedelta | None:
    """The ladder's wait, or longer when the other side asked for it; None when it was the last attempt."""
    wait = next_wait(failures)
    asked = getattr(error, "retry_after", None)
    if wait is None or asked is None:
        return wait
    return max(wait, timedelta(seconds=min(float(asked), 300)))
