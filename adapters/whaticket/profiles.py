"""How each Whaticket family is asked to send, and what its refusals mean. Data only; contracts §1.1, §2.2, §4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from application.delivery.ports import (
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from domain.companies.connection import Dialect

Verdict = type[ChannelUnavailable] | type[ChannelRefused] | type[ChannelMisconfigured] | type[ChannelUnknown]


class Lookup(StrEnum):
    """Where a message can be found again after an unknown result."""

    PANEL = "panel"  # with a person's login
    TOKEN_API = "token-api"  # noqa: S105 - with the connection's own token


@dataclass(frozen=True, slots=True)
class Profile:
    """`always` are fields of every request; `options` are fields an operator may set in the connection's address,
    as in https://whaticket.example?userId=3 (no family has more than these few, so they have no columns).
    `id_at` is the path to WhatsApp's message id in the answer, `success` what its `status` must say.
    `codes` and `statuses` go before the common tables. `nobody` is a number that this family looks at and cannot write to,
    for trying the token.
    """

    path: str = "/api/messages/send"
    always: dict[str, str | int] = field(default_factory=dict)
    options: frozenset[str] = frozenset()
    takes_hidden_ids: bool = False
    queued: bool = False
    id_at: tuple[str | int, ...] = ()
    empty_is_success: bool = True
    success: str | None = None
    codes: Mapping[str, Verdict] = field(default_factory=dict)
    statuses: Mapping[int, Verdict] = field(default_factory=dict)
    lookup: Lookup | None = None
    nobody: str = "abc"


CODES: Final[Mapping[str, Verdict]] = {
    "ERR_WAPP_NOT_INITIALIZED": ChannelUnavailable,
    "ERR_WAPP_CHECK_CONTACT": ChannelUnavailable,
    "ERR_NO_DEF_WAPP_FOUND": ChannelUnavailable,
    "ERR_INVALID_NUMBER": ChannelUnavailable,  # the check itself failed, whatever the name says
    "ERR_RATE_LIMIT_EXCEEDED": ChannelUnavailable,
    "ERR_OTHER_OPEN_TICKET": ChannelUnavailable,
    "ERR_WAPP_INVALID_CONTACT": ChannelRefused,
    "ERR_CHECK_NUMBER": ChannelRefused,
    "ERR_SYNTAX": ChannelRefused,
    "Invalid number format. Only numbers is allowed.": ChannelRefused,
    "Invalid number format. Only numbers are allowed.": ChannelRefused,
    "Invalid number format. Only numbers allowed.": ChannelRefused,
    "Message body or media is required": ChannelRefused,
    "ERR_SESSION_EXPIRED": ChannelMisconfigured,
    "ERR_INVALID_API_TOKEN": ChannelMisconfigured,
    "ERR_API_TOKEN_REQUIRED": ChannelMisconfigured,
    "Api-Message: Invalid token": ChannelMisconfigured,
    "ERR_NO_PERMISSION": ChannelMisconfigured,
    "ERR_SUBSCRIPTION_EXPIRED": ChannelMisconfigured,
    "ERR_COMPANY_DELINQUENT": ChannelMisconfigured,
    "ERR_PLAN_FEATURE_DISABLED": ChannelMisconfigured,
    "ERR_WHATSAPP_NOT_FOUND": ChannelMisconfigured,
    "User ID is required": ChannelMisconfigured,
    # Thrown by the send itself or by the bookkeeping right after it: the message may be on its way.
    "ERR_SENDING_WAPP_MSG": ChannelUnknown,
    "ERR_MESSAGE_SEND_FAILED": ChannelUnknown,
}

STATUSES: Final[Mapping[int, Verdict]] = {
    400: ChannelUnknown,  # half the forks wrap whatever failed, before or after the send, in a 400
    408: ChannelUnavailable,
    409: ChannelUnavailable,
    413: ChannelRefused,
    414: ChannelRefused,
    422: ChannelRefused,
    425: ChannelUnavailable,
    429: ChannelUnavailable,
    500: ChannelUnavailable,  # the forks turn what fails around the send into a 400; what is left fails before it
    501: ChannelMisconfigured,
    502: ChannelUnavailable,  # a proxy in front of a Whaticket that is restarting
    503: ChannelUnavailable,
    521: ChannelUnavailable,  # Cloudflare: refused, timed out while connecting, unreachable, no TLS
    522: ChannelUnavailable,
    523: ChannelUnavailable,
    525: ChannelUnavailable,
    526: ChannelUnavailable,
}
"""Where the body named no code we know. Anything else: 3xx and 4xx are our address or token, 5xx is unknown."""

WAITS_BEFORE_SENDING: Final[Mapping[str, Verdict]] = {
    # The classic catch shows this text for plain errors only. Those come from before the send (no such number, default
    # session away, TypeErrors); a failing send is an AppError and keeps its code. So: not sent, and worth another try,
    # because the number wrote to us and a session comes back.
    "Não foi possível enviar a mensagem, tente novamente em alguns instantes": ChannelUnavailable,
    "Connection Closed": ChannelUnavailable,  # Baileys, while the number was being checked
    "Timed Out": ChannelUnavailable,
}

BOOKKEEPING_AFTER_SENDING: Final[Mapping[int, Verdict]] = {500: ChannelUnknown}
"""These two touch their database after the send, outside any catch."""

CLASSIC: Final = Profile(codes=WAITS_BEFORE_SENDING, lookup=Lookup.PANEL)

PROFILES: Final[Mapping[Dialect, Profile]] = {
    Dialect.COMMUNITY: Profile(options=frozenset({"whatsappId"}), lookup=Lookup.PANEL),
    Dialect.SAAS_CLASSIC: CLASSIC,
    Dialect.CODATENDE: Profile(lookup=Lookup.PANEL),
    # No look-up: a text may still wait in its queue, and "not there" would be read as "not sent". What has any number at all
    # goes into that queue, so a trial has none.
    Dialect.TICKETZ: Profile(takes_hidden_ids=True, queued=True, nobody=""),
    # Closes the ticket after each send unless told otherwise. A bad token is never answered, so it ends as unknown, after
    # as long as any other call: a slow send looks the same and cannot be looked up here, so that a shorter time-out would
    # leave to a person what had arrived. What a bad token costs meanwhile is bounded by the breaker of its connection.
    Dialect.AUTOATENDE: Profile(
        path="/api/v1/messages/send",
        always={"status": "pending"},
        options=frozenset({"queueId", "whatsappId", "status"}),
        empty_is_success=False,
        success="SUCCESS",
    ),
    # userId only matters for a ticket that the send creates; 1 is the administrator that every install is seeded with.
    Dialect.PRESS_TICKET: Profile(
        always={"userId": 1},
        options=frozenset({"userId", "queueId", "whatsappId"}),
        id_at=("resp", "id", "id"),
        empty_is_success=False,
        statuses=BOOKKEEPING_AFTER_SENDING,
        lookup=Lookup.PANEL,
    ),
    Dialect.WHAPIV4: Profile(
        path="/api/v1/send",
        options=frozenset({"userId", "queueId", "whatsappId"}),
        id_at=("data", 0, "messageId"),
        empty_is_success=False,
        statuses=BOOKKEEPING_AFTER_SENDING,
        lookup=Lookup.TOKEN_API,
    ),
    # Closed builds of the classic line: they send like it; whether their panel is the same nobody could see.
    Dialect.ENVELOPE: Profile(codes=WAITS_BEFORE_SENDING),
}
