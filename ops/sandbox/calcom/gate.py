"""Who is calling, how often, and which of Cal.com's several APIs of the same path is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ops.sandbox.calcom.records import Account
from ops.sandbox.calcom.troubles import NestError

OLD: Final = "2024-04-15"
HOSTED_ONLY: Final = "2026-02-25"
VERSIONS: Final = {
    "bookings": frozenset({"2024-08-13", HOSTED_ONLY}),
    "slots": frozenset({"2024-09-04"}),
    "event-types": frozenset({"2024-06-14"}),
}
"""Group -> the versions that know its present shape. Groups that are not here take any."""

KNOWN: Final = frozenset({OLD, "2024-06-11", HOSTED_ONLY}).union(*VERSIONS.values())
WINDOW: Final = 60.0
"""Seconds, of the counting and of the blocking alike: over the limit one is out for a full minute."""


def version_of(header: str | None, *, hosted: bool) -> str:
    """What is missing or unknown is silently the oldest one."""
    known = KNOWN if hosted else KNOWN - {HOSTED_ONLY}
    return header if header in known else OLD


def is_old(group: str, version: str, path: str, method: str) -> bool:
    """Whether the old API answers. Raises NestError 404 where the version has no such path."""
    if group not in VERSIONS or version in VERSIONS[group]:
        return False
    if version == OLD and path == "/v2/bookings":
        return True
    raise NestError(404, f"Cannot {method} {path}")


@dataclass
class Throttle:
    """Calls of a minute by key, or by address without one."""

    counts: dict[str, tuple[float, int]] = field(default_factory=dict)
    blocked: dict[str, float] = field(default_factory=dict)

    def hit(self, who: str, limit: int, now: float) -> tuple[bool, dict[str, str]]:
        """Whether the call passes, and the headers that every answer carries."""
        if limit == 0:
            return True, {}
        until = self.blocked.get(who, 0.0)
        if now < until:
            return False, _headers(limit, 0, until - now)
        since, count = self.counts.get(who, (now, 0))
        if now - since >= WINDOW:
            since, count = now, 0
        self.counts[who] = (since, count + 1)
        if count + 1 > limit:
            self.blocked[who] = now + WINDOW
            self.counts.pop(who)
            return False, _headers(limit, 0, WINDOW)
        return True, _headers(limit, limit - count - 1, since + WINDOW - now)


def _headers(limit: int, left: int, reset: float) -> dict[str, str]:
    """Seconds that remain, not a moment; and no Retry-After."""
    return {
        "X-RateLimit-Limit-Default": str(limit),
        "X-RateLimit-Remaining-Default": str(left),
        "X-RateLimit-Reset-Default": str(max(0, round(reset))),
    }


def bearer(header: str | None) -> str | None:
    """The open code strips the prefix if it is there, so a bare key passes too."""
    return header.removeprefix("Bearer ").strip() if header else None


def account_of(key: str | None, accounts: dict[str, Account]) -> Account | None:
    """None without a key. A wrong one fails even where none is needed."""
    if key is None:
        return None
    if key not in accounts:
        if key.startswith("cal_"):
            raise NestError(401, "CustomThrottlerGuard - Invalid API Key")
        raise NestError(401, "ApiAuthStrategy - access token - Invalid Access Token.")
    return accounts[key]
