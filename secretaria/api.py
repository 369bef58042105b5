"""The API process: webhooks in, health and figures out, dead letters for the operator."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import ASGIApp, Receive, Scope, Send

from adapters.http.access import DEPENDENCIES
from adapters.http.access_log import AccessLog
from adapters.http.account import account_router
from adapters.http.api_keys import company_keys_router, platform_keys_router
from adapters.http.audit import audit_router, platform_audit_router
from adapters.http.auditing import Auditing
from adapters.http.auth import auth_router
from adapters.http.billing import billing_router, billing_webhook
from adapters.http.bodies import WrittenRequest
from adapters.http.client_address import ClientAddress
from adapters.http.companies import companies_router, export_router
from adapters.http.cookies import set_awaited_cookies
from adapters.http.dead_letters import dead_letter_router
from adapters.http.draining import Draining
from adapters.http.errors import HANDLERS
from adapters.http.health import Health, health_router
from adapters.http.intake import intake_router
from adapters.http.metrics import MetricsPage, metrics_router
from adapters.http.passwords import password_router
from adapters.http.provisioning import Desk, provisioning_router
from adapters.http.queries import know_parameters
from adapters.http.reference.document import complete
from adapters.http.sign_on import sign_on_router, sign_on_settings_router
from adapters.http.users import users_router
from adapters.payments.inbound import SignedEvents
from adapters.postgres.audit import PostgresAuditBook, PostgresAuditLog
from adapters.postgres.company_register import PostgresCompanyRegister
from adapters.postgres.company_tables import PostgresCompanyTables
from adapters.postgres.dead_letters import PostgresDeadLetters
from adapters.postgres.intake import PostgresInbox
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.provider_events import PostgresProviderInbox
from adapters.redis.rate_limits import Limit, Limits, RedisRateLimits
from adapters.security.envelope import Envelopes
from adapters.telemetry.library_logs import GRANIAN_LOGS, configure_logs
from adapters.whaticket.dialects import WhaticketDialects
from application.audit.export import ExportAudit
from application.audit.search import SearchAudit
from application.billing.receive_event import ReceiveProviderEvent
from application.companies.export import ExportCompany
from application.companies.register import ReadRegister
from application.intake.receive_webhook import ReceiveWebhook
from application.shared.ports import Clock
from secretaria.agenda_doors import agenda_routers
from secretaria.archive import ZipArchive
from secretaria.calendars import ChosenCalendars, open_calendars
from secretaria.composition import Foundations, lay_foundations, now
from secretaria.embedded.child import die_with_parent
from secretaria.entrance import Entrance, build_entrance, outside_client
from secretaria.letters import build_mailer
from secretaria.money import billing_desk
from secretaria.opening import Openings, openings_of, rest_of
from secretaria.panel import compose_panel
from secretaria.process import collect_seldom
from secretaria.settings import Settings
from secretaria.version import VERSION


def run(settings: Settings, *, app: str = "secretaria.api:build") -> None:
    """Serves until SIGTERM or SIGINT."""
    configure_logs(settings.log_level)
    Granian(
        app,
        factory=True,
        address=settings.http.host,
        port=settings.http.port,
        interface=Interfaces.ASGI,
        workers=settings.http.workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        backlog=2048,
        log_level=LogLevels.warning,
        log_dictconfig=GRANIAN_LOGS,
        log_access=False,  # its lines hold paths, and ours end in secrets; AccessLog writes the route instead
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def build(clock: Clock = now) -> ASGIApp:
    """What granian's worker calls, in its own process."""
    die_with_parent()  # granian's worker would go on listening beside the next master
    settings = Settings.from_environment(os.environ)
    configure_logs(settings.log_level)
    collect_seldom()
    return WithLifespan(settings, clock)


class WithLifespan:
    """Builds the application when its event loop runs, because pools and tasks belong to a loop."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._resources = AsyncExitStack()
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:  # the first scope is the lifespan's, and no request comes before it is up
            await self._live(receive, send)
        else:
            await self._app(scope, receive, send)

    async def _live(self, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's lifespan messages
        await receive()
        try:
            self._app = await self._resources.enter_async_context(compose(self._settings, self._clock))
        except Exception as error:
            await send({"type": "lifespan.startup.failed", "message": type(error).__name__})
            raise
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._resources.aclose()
        await send({"type": "lifespan.shutdown.complete"})


@asynccontextmanager
async def compose(settings: Settings, clock: Clock = now) -> AsyncIterator[ASGIApp]:
    """The whole API over open resources; journeys and tests call it as granian's worker does."""
    async with AsyncExitStack() as resources:
        base = await resources.enter_async_context(lay_foundations(settings, name="api", clock=clock))
        outside = await resources.enter_async_context(outside_client(settings))
        own = await build_pool(base.database_url, size=1, name="secretaria health")
        resources.callback(own.terminate)
        entrance = build_entrance(base, build_mailer(settings.mail), outside)
        resources.callback(entrance.close)
        mailer, passwords = build_mailer(settings.mail), entrance.proofs.passwords
        openings = await resources.enter_async_context(openings_of(base, mailer, passwords))
        calendars = await resources.enter_async_context(open_calendars(base))
        panel = await resources.enter_async_context(compose_panel(base, entrance, openings, calendars))
        app = application(base, entrance, own, [panel, *company_routers(base, openings, calendars)])
        watched = Auditing(app, PostgresAuditLog(base.pool), ClientAddress(settings.http.trusted_proxies))
        yield AccessLog(Draining(watched), https_only=settings.http.public_url.startswith("https://"))


def application(base: Foundations, entrance: Entrance, own: Pool, more: Sequence[Router]) -> Litestar:
    """Every route there is, with `more` that hold resources of their own; `own` is the health page's pool."""
    settings = base.settings
    app = Litestar(
        route_handlers=[
            intake_router(
                receive_webhook(base), ClientAddress(settings.http.trusted_proxies), body_limit=settings.http.body_limit
            ),
            dead_letter_router(PostgresDeadLetters(base.pool)),
            *access_routers(entrance),
            *audit_routers(PostgresAuditBook(base.pool)),
            *billing_routers(base),
            *more,
            health_router(health(base, own)),
            metrics_router(
                MetricsPage(base.ledger.backlog, workers=base.heartbeats.heard), token=_scrape_token(settings)
            ),
        ],
        dependencies=DEPENDENCIES,
        state=State({"access": entrance.access}),
        before_send=[set_awaited_cookies],
        exception_handlers=HANDLERS,
        request_class=WrittenRequest,
        openapi_config=openapi(settings),
        logging_config=None,
    )
    know_parameters(app)
    if app.openapi_config is not None:
        complete(app)
    return app


def access_routers(entrance: Entrance) -> list[Router]:
    """Everything about who may come in."""
    return [
        auth_router(entrance.logins),
        password_router(entrance.forgotten, entrance.set_password, entrance.logins.address),
        account_router(entrance.account),
        users_router(entrance.members),
        company_keys_router(entrance.keys, entrance.fresh),
        platform_keys_router(entrance.keys, entrance.fresh),
        sign_on_router(entrance.elsewhere, entrance.logins.address),
        sign_on_settings_router(entrance.arrange, entrance.fresh),
    ]


def audit_routers(book: PostgresAuditBook) -> tuple[Router, Router]:
    search, export = SearchAudit(book), ExportAudit(book)
    return audit_router(search, export), platform_audit_router(search, export)


def company_routers(base: Foundations, openings: Openings, calendars: ChosenCalendars) -> list[Router]:
    """How companies come, rest and go, and how they lend out their time."""
    desk = Desk(openings.open, openings.undo, openings.runs)
    return [
        provisioning_router(desk),
        companies_router(ReadRegister(PostgresCompanyRegister(base.pool)), rest_of(base)),
        export_router(ExportCompany(PostgresCompanyTables(base.pool), ZipArchive)),
        *agenda_routers(base, calendars, rate_limits(base)),
    ]


def rate_limits(base: Foundations) -> RedisRateLimits:
    intake = base.settings.intake
    seconds = intake.rate_window_seconds
    limits = Limits(
        by_number=Limit(intake.rate_per_number, seconds),
        by_ip=Limit(intake.rate_per_ip, seconds),
        by_tenant=Limit(intake.rate_per_tenant, seconds),
    )
    return RedisRateLimits(base.redis, base.keys, limits)


def receive_webhook(base: Foundations) -> ReceiveWebhook:
    return ReceiveWebhook(
        connections=base.connections,
        dialects=WhaticketDialects(),
        limits=rate_limits(base),
        inbox=PostgresInbox(base.pool, on_kept=base.open_work.on_jobs),
        clock=now,
    )


def billing_routers(base: Foundations) -> list[Router]:
    """What companies buy, use and owe, and the payment provider's word."""
    settings = base.settings
    desk = billing_desk(base.pool, Envelopes(base.master_keys), base.open_work.on_jobs)
    return [
        billing_router(desk.plans, desk.account, desk.usage, desk.change_plan),
        billing_webhook(
            SignedEvents(settings.billing.webhook_secrets, now).read,
            ReceiveProviderEvent(PostgresProviderInbox(base.pool), desk.open_work),
            body_limit=settings.http.body_limit,
        ),
    ]


def health(base: Foundations, own: Pool) -> Health:
    """`own`: a pool that webhooks do not use, or a busy door would look like a dead database."""

    async def postgres() -> None:
        async with own.acquire() as connection:
            await connection.execute("select 1")

    async def redis() -> None:
        await base.redis.ping()

    return Health(postgres=postgres, redis=redis, workers=base.heartbeats.heard)


def _scrape_token(settings: Settings) -> str | None:
    """In production the figures are for who brings the service token, as Prometheus can; elsewhere they are open."""
    return settings.http.service_token if settings.environment == "production" else None


WHAT_IT_IS: Final = """
A secretary on WhatsApp for many companies: what their people and programs may ask of it, and where others' webhooks come in.

- **Who calls.** People bring the token of `/api/auth/login`, programs an API key in `X-API-Key`. Both speak for one company
  (the platform's own for none), and every route works in that company alone: what belongs to another is a 404. Steps that
  cannot be taken back want a password or code of the last ten minutes (`/api/account/proof`).
- **What comes back.** JSON; a refusal is a problem document (RFC 9457) whose `field` names what was wrong. 503 says when to
  try again.
- **Times** come in with an offset and go out in the company's own zone. Money is in cents of a real.
- **Webhooks** are answered once they are kept: a repeat is harmless, and any 2xx means that it need not be sent again.
""".strip()


def openapi(settings: Settings) -> OpenAPIConfig | None:
    """Nobody outside needs it in production; integrators read it on a staging system."""
    if settings.environment == "production":
        return None
    return OpenAPIConfig(
        title="Secretaria",
        version=VERSION,
        description=WHAT_IT_IS,
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer"),
                "key": SecurityScheme(type="apiKey", name="X-API-Key", security_scheme_in="header"),
            }
        ),
    )
