"""Every metric of the system, in one list: what a board or an alert may count on.

Import the module and use the objects: `metrics.WEBHOOK_DUPLICATES.inc()`. Each process keeps its own registry
and is scraped on its own port; an API of several processes sets PROMETHEUS_MULTIPROC_DIR (a directory, empty
at boot) before it starts, and any of them answers for all. A company stands in a label of counters only: a
histogram per company would be thousands of series, and what each one used exactly is in PostgreSQL.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from http.server import HTTPServer

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
    start_http_server,
)
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from adapters.telemetry.slo import ServiceLevels

disable_created_metrics()  # type: ignore[no-untyped-call]  # a third of the page, and nobody asks when a counter was born

REGISTRY = CollectorRegistry()
CONTENT_TYPE = "text/plain; version=0.0.4"  # the server adds the charset
COMPANIES_NAMED = 500  # lab: 5,000 companies make a scrape last two seconds

FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
CALLS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
WORK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 90.0)


def _counter(name: str, help_: str, *labels: str) -> Counter:
    return Counter(name, help_, labels, registry=REGISTRY)


def _gauge(name: str, help_: str, *labels: str) -> Gauge:
    return Gauge(name, help_, labels, registry=REGISTRY, multiprocess_mode="mostrecent")


def _histogram(name: str, help_: str, buckets: tuple[float, ...]) -> Histogram:
    return Histogram(name, help_, buckets=buckets, registry=REGISTRY)


# The door
WEBHOOK_RECEIVED = _counter(
    "secretaria_webhook_received_total", "Webhooks answered, by whether we took them (2xx) or not", "status"
)
WEBHOOK_ACCEPTED = WEBHOOK_RECEIVED.labels(status="accepted")
WEBHOOK_REJECTED = WEBHOOK_RECEIVED.labels(status="rejected")
WEBHOOK_LATENCY = _histogram(
    "secretaria_webhook_latency_seconds", "Seconds from a webhook's first byte to our answer", FAST
)
WEBHOOK_DUPLICATES = _counter(
    "secretaria_webhook_duplicates_total", "Messages that had been kept before and came again"
)
INBOUND_IGNORED = _counter(
    "secretaria_inbound_ignored_total", "Webhooks understood and not answered, by reason", "reason"
)
RATE_LIMITED = _counter("secretaria_rate_limited_total", "Messages kept but not answered, by the limit they hit", "by")
ATTEMPTS_REFUSED = _counter(
    "secretaria_access_attempts_refused_total",
    "Logins, codes and letters refused because there were too many, by the limit they hit",
    "what",
    "by",
)
RATE_LIMITS_AWAY = _counter(
    "secretaria_rate_limits_away_total",
    "Messages accepted without counting because Redis did not answer in time",
)
HTTP_REQUESTS = _counter("secretaria_http_requests_total", "Requests answered, by route and status", "route", "status")

# The work
TASK_LATENCY = _histogram(
    "secretaria_task_latency_seconds", "Seconds a worker spent on one job, failed ones included", WORK
)
TASKS = _counter("secretaria_tasks_total", "Jobs a worker ended, by actor and outcome", "actor", "outcome")
TURNS = _counter("secretaria_turns_total", "Turns of conversations, by outcome", "outcome")
CLAIMS_LOST = _counter(
    "secretaria_claims_lost_total", "Jobs that had been given to another worker before this one could finish"
)
JOBS_IN_FLIGHT = Gauge(
    "secretaria_jobs_in_flight",
    "Jobs being worked on in this process",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)

# The queue: read from PostgreSQL and Redis when somebody scrapes the API; not a number (NaN) where nobody has read it
QUEUE_SIZE = _gauge("secretaria_queue_size", "Jobs due and not started, of all companies")
OLDEST_DUE_AGE = _gauge("secretaria_jobs_oldest_due_age_seconds", "Seconds that the oldest due job has been waiting")
DEAD_LETTERS = _gauge("secretaria_dead_letters", "Jobs given up, waiting for a person")
WORKERS = _gauge("secretaria_workers", "Workers whose heartbeat was heard in the last 15 seconds")
POOL_WORKERS = _gauge("secretaria_pool_workers", "Workers alive, by the pool of companies they serve", "pool")
POOL_SLOTS = _gauge("secretaria_pool_slots", "Jobs that a pool's workers could hold at once", "pool")
POOL_IN_FLIGHT = _gauge("secretaria_pool_in_flight", "Jobs that a pool's workers hold", "pool")
for _unread in (QUEUE_SIZE, OLDEST_DUE_AGE, DEAD_LETTERS, WORKERS):
    _unread.set(float("nan"))
SAMPLER_FAILURES = _counter(
    "secretaria_metrics_sampler_failures_total", "Scrapes that had to repeat old figures of the queue"
)

# The relay
RELAY_LAG = _gauge(
    "secretaria_relay_lag_seconds",
    "Seconds between a job being due and the relay handing it over, last batch",
)
RELAY_DISPATCHED = _counter("secretaria_relay_dispatched_total", "Jobs handed to the queues")
RELAY_RECOVERED = _counter(
    "secretaria_relay_recovered_total", "Jobs handed over again because their worker fell silent"
)
RELAY_ERRORS = _counter("secretaria_relay_errors_total", "Rounds of the relay that failed")

# Whaticket
WHATICKET_LATENCY = _histogram(
    "secretaria_whaticket_latency_seconds", "Seconds of a call to Whaticket, failed ones included", CALLS
)
WHATICKET_ERRORS = _counter("secretaria_whaticket_errors_total", "Calls to send through Whaticket that failed")
WHATICKET_SEND_SUCCESS = _counter("secretaria_whaticket_send_success_total", "Messages that Whaticket took")
WHATICKET_SEND_RETRY = _counter("secretaria_whaticket_send_retry_total", "Sends that were put off to be tried again")
DELIVERIES = _counter("secretaria_deliveries_total", "Outgoing messages, by what became of them", "outcome")
DELIVERIES_UNKNOWN = _counter(
    "secretaria_deliveries_unknown_total",
    "Sends whose fate Whaticket did not tell: neither sent nor refused for sure",
)

# The language model
LLM_LATENCY = _histogram(
    "secretaria_llm_latency_seconds", "Seconds of a call to the language model, failed ones included", CALLS
)
LLM_ERRORS = _counter("secretaria_llm_errors_total", "Calls to the language model without a usable answer")
LLM_PROMPT_INJECTION_BLOCKED = _counter(
    "secretaria_llm_prompt_injection_blocked_total",
    "Messages that tried to give the assistant orders and were stopped",
)
DEGRADED_ANSWERS = _counter(
    "secretaria_degraded_answers_total", "Answers given from a lower rung than the model asked first", "rung"
)
BREAKER_OPENED = _counter("secretaria_breaker_opened_total", "Times a circuit breaker opened, by service", "service")
_CLAIMS = "Replies that claimed what is not so, by reason and what came of it"
CLAIMS_HELD = _counter("secretaria_claims_held_total", _CLAIMS, "reason", "outcome")

# Health
HEALTHCHECK_FAILURES = _counter(
    "secretaria_healthcheck_failures_total",
    "Health checks that found a component away; rq_worker is our workers under their old name",
    "component",
)
for _component in ("redis", "postgres", "rq_worker"):
    HEALTHCHECK_FAILURES.labels(component=_component)

# The audit log
AUDIT_LOST = _counter("secretaria_audit_lost_total", "Requests of callers that could not be written into the audit log")

# Companies
COMPANY_MESSAGES = _counter(
    "secretaria_company_messages_total",
    "Messages by company and direction (in, out)",
    "company_id",
    "direction",
)
COMPANY_TOKENS = _counter(
    "secretaria_company_tokens_total",
    "Tokens billed by company and kind (input, output)",
    "company_id",
    "kind",
)
COMPANY_COST = _counter(
    "secretaria_company_cost_usd_total", "US dollars the language model cost, by company", "company_id"
)
COMPANY_QUOTA_ALERTS = _counter(
    "secretaria_company_quota_alerts_total",
    "Times a company reached 80 or 100 per cent of its plan, once per cycle each",
    "company_id",
    "threshold",
)
COMPANY_QUOTA_REFUSED = _counter(
    "secretaria_company_quota_refused_total",
    "Turns that were not answered because the company's plan is used up or unpaid",
    "company_id",
)
COMPANY_ERRORS = _counter("secretaria_company_errors_total", "Jobs that failed, by company", "company_id")

# Money and letters
BILLING_EVENTS = _counter(
    "secretaria_billing_events_total", "Events of the payment provider, by what was done about them", "outcome"
)
MAILS = _counter("secretaria_mails_total", "Letters given to the mail server, by what became of them", "outcome")

# Calendars elsewhere
CALENDAR_WEBHOOKS = _counter(
    "secretaria_calendar_webhooks_total",
    "True webhooks of companies' calendars, by what was done about them",
    "outcome",
)
CALENDAR_READINGS = _counter(
    "secretaria_calendar_readings_total",
    "Times the changes of a company's calendar were read, by what came of it",
    "outcome",
)
CALENDAR_DRIFT = _counter(
    "secretaria_calendar_drift_total",
    "Disagreements between our appointments and a calendar, by kind and whether they were mended",
    "kind",
    "mended",
)

_companies: set[int] = set()


def company(number: int) -> str:
    """The label of a company: its number for the first 500 that this process meets, "other" after them."""
    if number in _companies:
        return str(number)
    if len(_companies) >= COMPANIES_NAMED:
        return "other"
    _companies.add(number)
    return str(number)


def exposition() -> bytes:
    """The page Prometheus reads, text format 0.0.4."""
    return generate_latest(_scraped)


def serve_metrics(port: int, *, host: str = "127.0.0.1") -> tuple[HTTPServer, threading.Thread, int]:
    """Serve the page on a port of its own from a thread; 0 takes a free one. Returns the port that was taken.

    Stop it with `server.shutdown(); server.server_close(); thread.join()`.
    """
    server, thread = start_http_server(port, addr=host, registry=_scraped)
    return server, thread, int(server.server_address[1])


class _AllProcesses(MultiProcessCollector):
    """The sum over the API's processes, with our help texts: the library forgets them on the way through its
    files.
    """

    def collect(self) -> Iterable[Metric]:
        help_of = {family.name: family.documentation for family in REGISTRY.collect()}
        for family in super().collect():  # type: ignore[no-untyped-call]
            family.documentation = help_of.get(family.name, family.documentation)
            yield family


def _source() -> Collector:
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        return _AllProcesses(CollectorRegistry())  # type: ignore[no-untyped-call]
    ProcessCollector(registry=REGISTRY)
    return REGISTRY


def _page(source: Collector) -> CollectorRegistry:
    page = CollectorRegistry()
    page.register(source)
    page.register(ServiceLevels(source.collect))
    return page


_scraped = _page(_source())
