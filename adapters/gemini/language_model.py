"""The LanguageModel port on Gemini: one client for the process, the tenant's key on each call, our own patience.

Learned in contracts part B: the SDK retries nothing unless told to, and when told to it ignores what the server advises;
its time-out is per read, not in all; and a 200 may hold nothing. So deadline, retries and breaker are here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

import httpx2
from google import genai
from google.genai import types

from adapters.gemini.errors import CAUGHT, trouble_of
from adapters.gemini.patience import PATIENT, Patience
from adapters.gemini.wire import Answered, body_of, read, turn_of
from adapters.telemetry import metrics
from application.assistant.ports import Completion, ModelRefused, Models, ModelUnavailable, Prompt
from domain.assistant.model_terms import ModelTerms, is_usable
from domain.delivery.breaker import Breaker, BreakerState
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId

GOOGLE: Final = "https://generativelanguage.googleapis.com"
MAIN: Final = "gemini-3.8-flash"
"""The newest stable Flash, with no shutdown date known; half price until the end of 2026 (domain/assistant/pricing)."""

SMALL: Final = "gemini-3.5-flash-lite"
"""A third of the price and of the wait; another family and another pool, so it seldom fails together with the main one."""

UNSET: Final = "set-per-call"
"""The SDK wants a key at birth. This one is refused by Google, so no tenant ever calls with another's."""


THINKING: Final = "LOW"
"""The least that 3.8 Flash knows (MINIMAL is gone there); thinking is billed as output and counts into its limit."""


class Gemini:
    """Satisfies LanguageModel. `models` gives a tenant's key and prices; several tenants may have the same key.

    v1beta, because that is where system text and thinkingLevel are documented. `connections` is the whole pool: by default
    the SDK keeps no more than 20 alive.
    """

    def __init__(
        self,
        models: Models,
        *,
        base_url: str = GOOGLE,
        api_version: str = "v1beta",
        connections: int = 200,
        patience: Patience = PATIENT,
    ) -> None:
        pool = httpx2.Limits(max_connections=connections, max_keepalive_connections=connections)
        self._http = httpx2.AsyncClient(limits=pool)
        options = types.HttpOptions(base_url=base_url, api_version=api_version, httpx_async_client=self._http)
        self._client = genai.Client(api_key=UNSET, vertexai=False, http_options=options)
        self._models, self._patience = models, patience
        self._breakers: dict[tuple[bytes, str], Breaker] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """The SDK does not close a client that it was given."""
        await self._http.aclose()
        self._client.close()

    async def complete(self, tenant: TenantId, prompt: Prompt, *, model: str, deadline: float) -> Completion:
        ends, paid = monotonic() + deadline, list[Completion]()
        try:
            async with asyncio.timeout(deadline):
                terms = await self._terms_of(tenant)
                return await self._persist(
                    _Call(tenant, model, terms, body_of(prompt, model, thinking=THINKING), paid), ends
                )
        except TimeoutError as error:
            raise ModelUnavailable("no answer within the deadline", paid=tuple(paid)) from error

    async def _persist(self, call: _Call, ends: float) -> Completion:
        breaker = self._breaker_of(call)
        attempt = 0
        while True:
            attempt += 1
            if not breaker.allow(monotonic()):
                raise ModelUnavailable("breaker open", retry_after=breaker.wait(monotonic()), paid=tuple(call.paid))
            try:
                return await self._ask(call, breaker, ends)
            except CAUGHT as error:
                trouble = trouble_of(error)
                pause = self._patience.pause(trouble, attempt=attempt, left=ends - monotonic())
                if pause is None:
                    kind = ModelRefused if isinstance(error, ModelRefused) else ModelUnavailable
                    raise kind(trouble.reason, retry_after=trouble.wait, paid=tuple(call.paid)) from error
            await asyncio.sleep(pause)

    async def _ask(self, call: _Call, breaker: Breaker, ends: float) -> Completion:
        started = monotonic()
        seconds = min(self._patience.attempt_seconds, ends - started)
        with _watched(breaker):
            async with asyncio.timeout(seconds):
                answer = await self._send(call, seconds)
            paid, wasted = self._account(call, answer, monotonic() - started), tuple(call.paid)
            if paid.input_tokens or paid.output_tokens:
                call.paid.append(paid)
            turn = turn_of(answer)
            return replace(paid, text=turn.text, calls=turn.calls, said=turn.said, wasted=wasted)

    async def _send(self, call: _Call, seconds: float) -> Answered:
        config = types.GenerateContentConfig(
            http_options=types.HttpOptions(
                headers={"x-goog-api-key": call.terms.key},  # in capitals the SDK would send its own key too
                timeout=max(1, round(seconds * 1000)),
                extra_body=call.body,
            ),
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
            automatic_continuation=False,
            should_return_http_response=True,
        )
        answered = await self._client.aio.models.generate_content(model=call.model, contents=".", config=config)
        return read(answered.sdk_http_response.body if answered.sdk_http_response else None)

    def _account(self, call: _Call, answer: Answered, seconds: float) -> Completion:
        """What the call cost, counted before anybody looks whether its text can be used: Google bills it either way."""
        usage = answer.usage
        cost = call.terms.prices.cost_micros(
            call.model, input_tokens=usage.input, output_tokens=usage.output, on=datetime.now(UTC).date()
        )
        company = metrics.company(call.tenant)
        metrics.COMPANY_TOKENS.labels(company_id=company, kind="input").inc(usage.input)
        metrics.COMPANY_TOKENS.labels(company_id=company, kind="output").inc(usage.output)
        metrics.COMPANY_COST.labels(company_id=company).inc(cost / 1_000_000)
        return Completion("", call.model, usage.input, usage.output, cost, seconds)

    async def _terms_of(self, tenant: TenantId) -> ModelTerms:
        try:
            terms = await self._models.of(tenant)
        except Unavailable as error:
            raise ModelUnavailable(f"the company's key cannot be read ({type(error).__name__})") from error
        if not is_usable(terms.key):
            raise ModelUnavailable("this company has no usable Gemini key")
        return terms

    def _breaker_of(self, call: _Call) -> Breaker:
        """By key and model: a quota belongs to a key, an overload to a model, and the smaller model must stay free."""
        name = (sha256(call.terms.key.encode()).digest(), call.model)
        if name not in self._breakers:
            self._breakers[name] = Breaker(self._patience.failures_to_open, self._patience.open_seconds)
        return self._breakers[name]


@dataclass(frozen=True, slots=True)
class _Call:
    tenant: TenantId
    model: str
    terms: ModelTerms
    body: dict[str, Any] = field(repr=False)
    paid: list[Completion]
    """Every try that Google bills, usable or not."""


@contextmanager
def _watched(breaker: Breaker) -> Iterator[None]:
    """Times one call, counts it if it failed, and tells the breaker how the other side does."""
    started = monotonic()
    try:
        yield
        breaker.succeeded()
    except CAUGHT as error:
        metrics.LLM_ERRORS.inc()
        _tell(breaker, ill=trouble_of(error).ill)
        raise
    finally:
        metrics.LLM_LATENCY.observe(monotonic() - started)


def _tell(breaker: Breaker, *, ill: bool) -> None:
    if not ill:
        breaker.succeeded()
        return
    was = breaker.state
    breaker.failed(monotonic())
    if breaker.state is BreakerState.OPEN and was is not BreakerState.OPEN:
        metrics.BREAKER_OPENED.labels(service="gemini").inc()
