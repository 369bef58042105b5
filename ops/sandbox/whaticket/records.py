"""What the sandboxed Whaticket remembers: connections, contacts, tickets, messages, and every call it had or made."""

from __future__ import annotations

from typing import Literal

import msgspec

from ops.sandbox.faults import Fault

ProfileName = Literal[
    "community", "saas-classic", "codatende", "ticketz", "autoatende", "press-ticket", "whapiv4", "envelope-b"
]
Family = Literal["seeds", "baileys", "baileys-wrapped", "wwebjs", "events", "envelope", "whazing", "flow-node", "none"]
Auth = Literal["hmac", "header", "path", "none", "flow"]
Direction = Literal["in", "out", "staff", "system"]


class Connection(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How one WhatsApp line is set up; empty values are filled when it is opened (see `lines.open_line`)."""

    id: str = ""
    name: str = "Recepção"
    profile: ProfileName = "saas-classic"
    family: Family | None = None
    own_number: str = "551130000000"
    whatsapp_id: int = 0
    queue_id: int = 1
    token: str = ""
    panel_email: str = ""
    panel_password: str = ""
    webhook_url: str | None = None
    auth: Auth = "none"
    secrets: list[str] = []
    auth_header: str = "X-N8N-API-KEY"
    webhook_token: str | None = None
    echo: bool | None = None
    latency_ms: float | None = None
    per_minute: int | None = None
    session_seconds: float = 900.0
    out_of_hours: bool = False
    baileys: Literal["6", "6.7.19", "7", "zapitu"] = "6"


class Contact(msgspec.Struct, kw_only=True):
    """`phone` are the digits WhatsApp has registered; `address` is where the contact's messages come from."""

    id: int
    connection: str
    phone: str
    name: str
    address: str
    lid: str | None = None
    disable_bot: bool = False


class Ticket(msgspec.Struct, kw_only=True):
    id: int
    connection: str
    contact: str
    status: Literal["pending", "open", "closed"]
    created_at: float
    updated_at: float
    user_id: int | None = None
    user: str | None = None
    queue_id: int | None = 1
    unread: int = 0
    last_message: str = ""


class Media(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`data` is base64; empty means the sample of its kind."""

    data: str = ""
    mime: str = ""
    filename: str = ""
    seconds: int = 7


class Message(msgspec.Struct, kw_only=True):
    """One message as it stands in WhatsApp. `asked`: what an API caller sent, before Mustache rendered it.

    The first fields are filled when it is recorded (see `World.record`).
    """

    seq: int = 0
    connection: str = ""
    contact: str = ""
    address: str = ""
    at: float = 0.0
    id: str = ""
    timestamp: int = 0
    ticket_id: int | None = None
    direction: Direction
    kind: str = "text"
    text: str
    state: Literal["received", "sent", "queued"] = "sent"
    hidden: bool = False
    asked: str | None = None
    author: str = ""
    media: Media | None = None


class WebhookCall(msgspec.Struct, kw_only=True):
    """One webhook posted, or kept back by the gate named in `silent`."""

    seq: int
    connection: str
    contact: str
    message_id: str | None
    at: float
    event: str = "message"
    status: int | None = None
    seconds: float = 0.0
    body: str = ""
    error: str | None = None
    silent: str | None = None


class ApiCall(msgspec.Struct, kw_only=True):
    """One call that reached the send or panel API. `status` None: it was left hanging or cut off."""

    seq: int
    connection: str
    at: float
    method: str
    path: str
    status: int | None
    fault: str | None = None
    number: str | None = None
    text: str | None = None


class ChannelFault(Fault, kw_only=True, forbid_unknown_fields=True):
    kind: Literal[
        "status", "rate_limited", "hang", "slow", "lost_answer", "lost_hang", "drop", "bad_json", "queued",
        "swallowed", "not_initialised", "invalid_contact", "no_default", "check_contact", "sending", "unauthorized",
    ]  # fmt: skip
    on: Literal["send", "panel", "login", "any"] = "send"
    status: int = 500
    body: str = '{"error":"Internal server error"}'
    retry_after: int | None = None
