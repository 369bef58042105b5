"""Everything that can be set from outside: one frozen struct per concern, read once at start.

Each variable stands in `.env.example` with what it does. Fields without one are decisions, not choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Final

from domain.assistant.model_terms import ModelTerms
from secretaria.optional_settings import Domains, Supervise
from secretaria.reading import (
    BadSetting,
    address,
    described,
    file_path,
    fill,
    key_bytes,
    mail_server,
    networks,
    number,
    one_of,
    rate,
    sender,
    setting,
    signing_secret,
    token,
    whole,
    words,
    yes_or_no,
)
from secretaria.server_settings import Database, Redis

__all__ = ["CONCERNS", "BadSetting", "Settings", "variables"]


@dataclass(frozen=True, slots=True)
class Model:
    """Gemini, or any server that keeps its contract. A company may have a key and models of its own."""

    api_key: str | None = setting("GEMINI_API_KEY", words, None, secret=True)
    base_url: str | None = setting("GEMINI_BASE_URL", address("https", "http"), None)
    api_version: str = setting("SECRETARIA_GEMINI_API_VERSION", one_of("v1", "v1beta"), "v1beta")
    main: str = setting("SECRETARIA_MODEL", words, "gemini-3.8-flash")
    small: str = setting("SECRETARIA_MODEL_SMALL", words, "gemini-3.5-flash-lite")
    call_seconds: float = 12.0
    deadline_seconds: float = setting("SECRETARIA_MODEL_DEADLINE_SECONDS", number(1, 300), 20.0)

    @property
    def terms(self) -> ModelTerms:
        """What a company without a choice of its own has."""
        return ModelTerms(self.main, self.small, self.api_key or "")


@dataclass(frozen=True, slots=True)
class Http:
    """The API process: where it listens, whom it believes, what it refuses to read."""

    host: str = setting("SECRETARIA_HOST", words, "127.0.0.1")
    port: int = setting("SECRETARIA_PORT", whole(1, 65535), 8080)
    public_url: str = setting("SECRETARIA_PUBLIC_URL", address("https", "http"), "")
    workers: int = setting("SECRETARIA_API_WORKERS", whole(1, 64), 2)
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = setting("SECRETARIA_TRUSTED_PROXIES", networks, ())
    body_limit: int = setting("SECRETARIA_BODY_LIMIT_BYTES", whole(1_024, 100_000_000), 1_048_576)
    service_token: str | None = setting("SECRETARIA_SERVICE_TOKEN", token, None, secret=True)

    def __post_init__(self) -> None:
        if not self.public_url:
            object.__setattr__(self, "public_url", f"http://127.0.0.1:{self.port}")


@dataclass(frozen=True, slots=True)
class Intake:
    """How many messages a minute are answered by the model; those above are kept all the same."""

    rate_per_number: int = setting("SECRETARIA_RATE_PER_NUMBER", whole(1, 10_000_000), 120)
    rate_per_ip: int = setting("SECRETARIA_RATE_PER_IP", whole(1, 10_000_000), 60_000)
    rate_per_tenant: int = setting("SECRETARIA_RATE_PER_TENANT", whole(1, 10_000_000), 60_000)
    rate_window_seconds: int = 60


@dataclass(frozen=True, slots=True)
class Conversations:
    """When a burst ends, what is too old to answer, how long a person keeps a conversation."""

    burst_window_seconds: float = setting("SECRETARIA_BURST_WINDOW_SECONDS", number(0, 120), 4.0)
    burst_cap_seconds: float = setting("SECRETARIA_BURST_CAP_SECONDS", number(0, 600), 20.0)
    answer_age_limit_minutes: int = setting("SECRETARIA_ANSWER_AGE_LIMIT_MINUTES", whole(1, 10_080), 30)
    hand_back_minutes: int = setting("SECRETARIA_HAND_BACK_MINUTES", whole(1, 10_080), 120)
    memory_ttl_hours: int = 24
    memory_turns: int = 20


PRIVATE: Final = "SECRETARIA_PRIVATE_ADDRESSES"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How patient we are with Whaticket, and how gentle with the people who read.

    `private_addresses`: may what a company types (its Whaticket, its identity provider, its webhook) lie in our own network?
    On a developer's machine yes; elsewhere only where somebody says so.
    """

    sends_per_contact_per_minute: int = setting("SECRETARIA_SENDS_PER_CONTACT_PER_MINUTE", whole(1, 6_000), 60)
    sends_per_connection_per_minute: int = setting("SECRETARIA_SENDS_PER_CONNECTION_PER_MINUTE", whole(1, 100_000), 600)
    part_pause_seconds: float = setting("SECRETARIA_PART_PAUSE_SECONDS", number(0, 60), 3.0)
    private_addresses: bool = setting(PRIVATE, yes_or_no, True)


@dataclass(frozen=True, slots=True)
class Worker:
    """How much one worker process holds in flight, and how soon its work is known to be orphaned."""

    slots: int = setting("SECRETARIA_WORKER_SLOTS", whole(1, 10_000), 512)
    tenant_cap: int = setting("SECRETARIA_WORKER_TENANT_CAP", whole(1, 10_000), 96)
    lease_seconds: float = 8.0
    renew_seconds: float = 2.5
    drain_seconds: float = 30.0
    metrics_port: int = setting("SECRETARIA_WORKER_METRICS_PORT", whole(1, 65535), 9101)


@dataclass(frozen=True, slots=True)
class Relay:
    """How the due jobs are handed to the tenants' queues."""

    poll_ms: float = 20.0
    queue_limit: int = setting("SECRETARIA_RELAY_QUEUE_LIMIT", whole(1, 100_000), 2_048)
    per_tenant: int = 32
    metrics_port: int = setting("SECRETARIA_RELAY_METRICS_PORT", whole(1, 65535), 9102)


@dataclass(frozen=True, slots=True)
class Secrets:
    """The master key wraps each company's own key; the previous one is known while keys are re-wrapped."""

    master_key: bytes | None = setting("SECRETARIA_MASTER_KEY", key_bytes, None, secret=True)
    master_key_previous: bytes | None = setting("SECRETARIA_MASTER_KEY_PREVIOUS", key_bytes, None, secret=True)
    master_key_file: Path | None = setting("SECRETARIA_MASTER_KEY_FILE", file_path, None)

    def __post_init__(self) -> None:
        if self.master_key is None and self.master_key_file is not None:
            object.__setattr__(self, "master_key", _key_in(self.master_key_file))

    @property
    def required_master_key(self) -> bytes:
        """Raises BadSetting."""
        if self.master_key is None:
            raise BadSetting("SECRETARIA_MASTER_KEY", "the output of `openssl rand -base64 32`, and keep a copy of it")
        return self.master_key


@dataclass(frozen=True, slots=True)
class Access:
    """How long people stay logged in, and what their tokens are signed with."""

    token_key: bytes | None = setting("SECRETARIA_TOKEN_KEY", key_bytes, None, secret=True)
    token_key_previous: bytes | None = setting("SECRETARIA_TOKEN_KEY_PREVIOUS", key_bytes, None, secret=True)
    session_idle_hours: int = setting("SECRETARIA_SESSION_IDLE_HOURS", whole(1, 720), 12)
    session_days: int = setting("SECRETARIA_SESSION_DAYS", whole(1, 90), 14)
    access_minutes: int = 10


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server. Without a URL `secretaria run` starts one that only catches letters."""

    url: str | None = setting("SMTP_URL", mail_server, None, secret=True)
    sender: str = setting("SECRETARIA_MAIL_FROM", sender, "Secretaria <secretaria@localhost>")


@dataclass(frozen=True, slots=True)
class Billing:
    """What the dollar costs, and the payment provider; without one, invoices are collected by hand."""

    reais_per_dollar: int = setting("SECRETARIA_REAIS_PER_DOLLAR", rate, 56_000)
    webhook_secret: str | None = setting("SECRETARIA_BILLING_WEBHOOK_SECRET", signing_secret, None, secret=True)
    webhook_secret_previous: str | None = setting(
        "SECRETARIA_BILLING_WEBHOOK_SECRET_PREVIOUS", signing_secret, None, secret=True
    )
    gateway_url: str | None = setting("SECRETARIA_PAYMENT_URL", address("https", "http"), None)
    gateway_token: str | None = setting("SECRETARIA_PAYMENT_TOKEN", words, None, secret=True)

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        return tuple(secret for secret in (self.webhook_secret, self.webhook_secret_previous) if secret)


@dataclass(frozen=True, slots=True)
class General:
    """What concerns every process."""

    data_dir: Path = setting("SECRETARIA_DATA_DIR", file_path, Path("var"))
    log_level: str = setting("SECRETARIA_LOG_LEVEL", one_of("debug", "info", "warning", "error"), "info")
    environment: str = setting("SECRETARIA_ENVIRONMENT", one_of("development", "staging", "production"), "development")


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. `settings.conversations.burst_window_seconds`, `settings.data_dir`, …"""

    database: Database = field(default_factory=Database)
    redis: Redis = field(default_factory=Redis)
    model: Model = field(default_factory=Model)
    http: Http = field(default_factory=Http)
    intake: Intake = field(default_factory=Intake)
    conversations: Conversations = field(default_factory=Conversations)
    delivery: Delivery = field(default_factory=Delivery)
    worker: Worker = field(default_factory=Worker)
    supervise: Supervise = field(default_factory=Supervise)
    relay: Relay = field(default_factory=Relay)
    secrets: Secrets = field(default_factory=Secrets)
    access: Access = field(default_factory=Access)
    mail: Mail = field(default_factory=Mail)
    billing: Billing = field(default_factory=Billing)
    domains: Domains = field(default_factory=Domains)
    general: General = field(default_factory=General)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], *, complete: bool = True) -> Settings:
        """Raises BadSetting, with the name of the variable and what to put there.

        `complete=False` is for those who bring along what is missing, or who tell a person about it.
        """
        settings = cls(**{concern: fill(struct, environment) for concern, struct in CONCERNS.items()})
        if settings.environment != "development" and not environment.get(PRIVATE, "").strip():
            settings = replace(settings, delivery=replace(settings.delivery, private_addresses=False))
        if complete and settings.environment == "production":
            _demand(settings)
        return settings

    @property
    def data_dir(self) -> Path:
        return self.general.data_dir

    @property
    def log_level(self) -> str:
        return self.general.log_level

    @property
    def environment(self) -> str:
        return self.general.environment


CONCERNS: Final[dict[str, type[Any]]] = {f.name: f.default_factory for f in fields(Settings)}  # type: ignore[misc]


def variables() -> frozenset[str]:
    """The name of every variable we read."""
    return frozenset(name for struct in CONCERNS.values() for name in described(struct))


def _key_in(file: Path) -> bytes:
    """The current key: the first line. Earlier keys may follow while companies are being re-wrapped."""
    try:
        return key_bytes(file.read_text("ascii").split("\n", 1)[0])
    except (OSError, ValueError):
        raise BadSetting(
            "SECRETARIA_MASTER_KEY_FILE", "the path of a readable file with 32 random bytes in base64"
        ) from None


def _demand(settings: Settings) -> None:
    """In production nothing is made up on the way: what is missing stops the boot."""
    _ = settings.database.required_url, settings.redis.required_url, settings.secrets.required_master_key
    if settings.model.api_key is None:
        raise BadSetting("GEMINI_API_KEY", "the key of a Gemini project")
    if settings.http.service_token is None:
        raise BadSetting(
            "SECRETARIA_SERVICE_TOKEN",
            "at least 24 random characters, for instance from `openssl rand -hex 24`",
        )
    if settings.http.public_url == replace(settings.http, public_url="").public_url:
        raise BadSetting(
            "SECRETARIA_PUBLIC_URL",
            "the address at which Whaticket reaches us, such as https://secretaria.example.com",
        )
