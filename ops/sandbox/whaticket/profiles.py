"""The eight forks in one table: where each takes a message, what it does to the text, and how it says yes and no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ops.sandbox.whaticket.records import Family

STOCK: Final = "/api/messages/send"
SORRY: Final = "Não foi possível enviar a mensagem, tente novamente em alguns instantes"
SURE_CODES: Final = frozenset({"ERR_SENDING_WAPP_MSG", "ERR_WAPP_NOT_INITIALIZED", "ERR_NO_DEF_WAPP_FOUND"})
"""The only refusals the classic forks name; all others come out as SORRY."""


@dataclass(frozen=True, slots=True)
class Profile:
    """`renders`: how many times the text goes through Mustache. `hides`: where U+200E keeps it out of the panel."""

    paths: tuple[str, ...]
    family: Family
    refusals: str
    success: str = "mensagem"
    renders: int = 1
    hides: str = "anywhere"
    campaign_closes: bool = True
    per_minute: int = 0
    hangs_on_bad_token: bool = False
    echoes: bool = False


PROFILES: Final[dict[str, Profile]] = {
    "community": Profile(
        (STOCK,), "seeds", "plain", success="empty", hides="first", campaign_closes=False
    ),
    "saas-classic": Profile((STOCK,), "baileys", "classic", renders=2),
    "codatende": Profile((STOCK,), "baileys", "codatende", renders=2, per_minute=60),
    "ticketz": Profile((STOCK,), "baileys", "ticketz", success="queued"),
    "autoatende": Profile(
        ("/api/v1/messages/send",), "baileys-wrapped", "plain", success="status", renders=2, hangs_on_bad_token=True
    ),
    "press-ticket": Profile(
        (STOCK, "/v1/messages/send"), "wwebjs", "plain", success="resp", campaign_closes=False
    ),
    "whapiv4": Profile(
        ("/api/v1/send", "/api/v1/tickets"), "events", "whapiv4", success="data", campaign_closes=False, per_minute=500
    ),
    "envelope-b": Profile((STOCK,), "envelope", "classic", renders=2),
}  # fmt: skip

ECHOING: Final[frozenset[str]] = frozenset({"wwebjs", "events", "envelope", "whazing"})
"""Families that post what our own number sends."""

LIKE_BAILEYS: Final[frozenset[str]] = frozenset({"seeds", "baileys", "baileys-wrapped", "flow-node"})
"""Families that fall silent as family A does."""


def refusal(style: str, code: str) -> tuple[int, dict[str, str]]:
    """How a fork with these manners refuses to send for the reason `code`."""
    if style == "classic":
        return 400, {"error": code if code in SURE_CODES else SORRY}
    if style == "codatende":
        if code in {"ERR_WAPP_INVALID_CONTACT", "ERR_WAPP_CHECK_CONTACT", "ERR_CHECK_NUMBER"}:
            return 400, {"error": "ERR_CHECK_NUMBER"}
        return 400, {"error": "ERR_MESSAGE_SEND_FAILED", "message": code}
    if style == "ticketz":
        return {
            "ERR_SYNTAX": (400, {"error": "ERR_SYNTAX"}),
            "ERR_NO_DEF_WAPP_FOUND": (404, {"error": "ERR_WHATSAPP_NOT_FOUND"}),
        }.get(code, (500, {"error": "ERR_INTERNAL_ERROR"}))
    if style == "whapiv4":
        return 400, {"error": code, "message": code}
    return 400, {"error": code}


def too_many(style: str) -> dict[str, str]:
    if style == "codatende":
        return {"error": "ERR_RATE_LIMIT_EXCEEDED"}
    if style == "whapiv4":
        return {"error": "ERR_RATE_LIMIT", "message": "Too many requests, please try again later."}
    return {"error": "Too many requests, please try again later."}


def bad_token(profile: str, path: str, *, given: bool) -> tuple[int, dict[str, str]]:
    """The answer to a missing (`given` false) or unknown token. AutoAtende has none: it lets the caller hang."""
    if path.endswith("/v1/messages/send") and profile == "press-ticket" and path != STOCK:
        return 401, {"error": "ERR_INVALID_API_TOKEN" if given else "ERR_API_TOKEN_REQUIRED"}
    if profile in {"community", "press-ticket"}:
        if not given:
            return 401, {"error": "ERR_SESSION_EXPIRED"}
        return 403, {"error": "Invalid token. We'll try to assign a new one on next request"}
    if profile == "codatende":
        return 401, {"error": "ERR_INVALID_API_TOKEN"}
    if profile == "whapiv4":
        return 401, {"error": "ERR_INVALID_API_TOKEN", "message": "Invalid token"}
    return 401, {"error": "Acesso não permitido"}
