"""A company's own plan, what it used and what it owes; and the payment provider's webhook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Router, get, post
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_202_ACCEPTED, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from adapters.http.access import CallerGiven, proven, requires
from adapters.http.problems import refusal
from adapters.telemetry import metrics
from adapters.telemetry.log import note
from application.billing.ports import Invoice
from application.billing.read import Account, ReadAccount, ReadPlans, ReadUsage, UsageReport
from application.billing.receive_event import REPEATED, ReceiveProviderEvent
from application.billing.subscribe import ChangePlan
from domain.access.role import Permission
from domain.billing.money import in_reais, whole_cents
from domain.billing.plan import Plan, PlanCode
from domain.billing.told import ProviderEvent
from domain.quotas.allowance import Use

ReadEvent = Callable[[dict[str, str], bytes], ProviderEvent]

SECURITY: Final[list[dict[str, list[str]]]] = [{"bearer": []}]


NONE: Final = {404: refusal("This company has no subscription")}


class PlanOut(msgspec.Struct):
    """Null is no limit. `cost_cents` is what the model may cost in a cycle."""

    code: str
    name: str
    price_cents: int
    messages: int | None
    tokens: int | None
    cost_cents: int | None
    users: int | None
    connections: int | None
    dedicated_worker: bool
    overage: str
    overage_cents: int


class PlansOut(msgspec.Struct):
    plans: list[PlanOut]


class InvoiceOut(msgspec.Struct):
    id: int
    kind: str
    plan: str
    cents: int
    credit_cents: int
    due_cents: int
    state: str
    issued_at: datetime
    pix_copy_paste: str | None = None
    pix_qr: str | None = None
    expires_at: datetime | None = None


class SubscriptionOut(msgspec.Struct):
    """`cycle_until` is the first day of the next cycle."""

    plan: PlanOut
    state: str
    price_cents: int
    cycle_first: date
    cycle_until: date
    trial_until: date | None
    stops_at_end: bool
    credit_cents: int
    unpaid_since: datetime | None
    past_due_since: datetime | None
    invoices: list[InvoiceOut]


class UseOut(msgspec.Struct):
    """`cost_brl` has every decimal; `cost_cents` is the same, rounded."""

    messages: int
    model_calls: int
    input_tokens: int
    output_tokens: int
    cost_brl: str
    cost_cents: int


class DayOut(UseOut):
    day: date


class AlertOut(msgspec.Struct):
    threshold: int
    cycle: date
    at: datetime


class UsageOut(msgspec.Struct):
    """`per_cent` is the fullest of the plan's limits; null where there is no plan."""

    cycle_first: date
    cycle_until: date
    per_cent: int | None
    used: UseOut
    days: list[DayOut]
    alerts: list[AlertOut]


class PlanIn(msgspec.Struct, forbid_unknown_fields=True):
    plan: Annotated[str, msgspec.Meta(min_length=2, max_length=40, examples=["profissional"])]


class EventOut(msgspec.Struct):
    """`outcome`: applied, stale, repeated, unknown_type, unknown_plan or unclaimed."""

    outcome: str


def billing_router(plans: ReadPlans, account: ReadAccount, usage: ReadUsage, change: ChangePlan) -> Router:
    """The routes of a company's own people and keys; the company is the caller's, whatever a request says."""
    looking: Any = {"guards": [requires(Permission.BILLING_READ)]}

    @get("/plans", **looking, summary="What is on sale")
    async def every_plan() -> PlansOut:
        return PlansOut([_plan(plan) for plan in await plans()])

    @get("/subscription", **looking, responses=NONE, summary="Plan, state, cycle and invoices")
    async def subscription(caller: CallerGiven) -> SubscriptionOut:
        return _account(await account(caller.own_company))

    @get("/usage", **looking, responses=NONE, summary="What was used in this cycle, day by day")
    async def used(caller: CallerGiven) -> UsageOut:
        return _usage(await usage(caller.own_company))

    @post(
        "/plan",
        guards=[requires(Permission.BILLING_WRITE), proven],
        responses={404: refusal("No such plan, or no subscription"), 409: refusal("This plan is no longer sold")},
        status_code=HTTP_200_OK,
        summary="Another plan, at once; wants a proof of the last ten minutes",
    )
    async def change_plan(data: JSONBody[PlanIn], caller: CallerGiven) -> SubscriptionOut:
        await change(caller.own_company, PlanCode(data.plan))
        return _account(await account(caller.own_company))

    handlers = [every_plan, subscription, used, change_plan]
    return Router("/api/billing", route_handlers=handlers, tags=["billing"], security=SECURITY)


def billing_webhook(read: ReadEvent, receive: ReceiveProviderEvent, *, body_limit: int) -> Router:
    """POST /webhook/billing: signed by Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature)."""

    responses = {
        202: ResponseSpec(
            EventOut,
            generate_examples=False,
            description="Kept for good",
            examples=[
                Example(summary="Followed", value={"outcome": "applied"}),
                Example(summary="Kept before", value={"outcome": "repeated"}),
                Example(summary="Kept, and left alone", value={"outcome": "unknown_type"}),
            ],
        ),
        401: refusal("Bad proof or stale timestamp"),
        413: refusal("Body too large"),
        415: refusal("Not plain JSON"),
        422: refusal("A true event that cannot be read; `field` says where"),
        503: refusal("Cannot be kept now; send it again"),
    }

    @post("/", status_code=HTTP_202_ACCEPTED, responses=responses, summary="An event of the payment provider")
    async def event(request: Request[Any, Any, Any]) -> EventOut:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.scope["headers"]}
        _demand_plain_json(headers)
        told = read(headers, await request.body())
        outcome = await receive(told)
        metrics.BILLING_EVENTS.labels(outcome=outcome).inc()
        note(repeat=outcome == REPEATED, reason=outcome)
        return EventOut(outcome)

    return Router(
        "/webhook/billing",
        route_handlers=[event],
        request_max_body_size=body_limit,
        tags=["billing"],
        opt={"open": True},
    )


def _demand_plain_json(headers: dict[str, str]) -> None:
    kind = headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json" or headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)


def _plan(plan: Plan) -> PlanOut:
    of = plan.allowance
    return PlanOut(
        code=plan.code,
        name=plan.name,
        price_cents=plan.price_cents,
        messages=of.messages,
        tokens=of.tokens,
        cost_cents=None if of.cost is None else whole_cents(of.cost),
        users=plan.users,
        connections=plan.connections,
        dedicated_worker=plan.dedicated_worker,
        overage=plan.overage,
        overage_cents=plan.overage_cents,
    )


def _account(account: Account) -> SubscriptionOut:
    one = account.subscription
    return SubscriptionOut(
        plan=_plan(account.plan),
        state=one.state,
        price_cents=one.price_cents,
        cycle_first=one.cycle.first,
        cycle_until=one.cycle.until,
        trial_until=one.trial_until,
        stops_at_end=one.stops_at_end,
        credit_cents=one.credit_cents,
        unpaid_since=one.unpaid_since,
        past_due_since=one.past_due_since,
        invoices=[_invoice(invoice) for invoice in account.invoices],
    )


def _invoice(invoice: Invoice) -> InvoiceOut:
    bill, charge = invoice.bill, invoice.charge
    return InvoiceOut(
        id=invoice.id,
        kind=bill.kind,
        plan=bill.plan,
        cents=bill.cents,
        credit_cents=bill.credit_cents,
        due_cents=bill.due_cents,
        state=invoice.state,
        issued_at=bill.at,
        pix_copy_paste=charge.pix_copy_paste if charge else None,
        pix_qr=charge.pix_qr if charge else None,
        expires_at=charge.expires_at if charge else None,
    )


def _usage(report: UsageReport) -> UsageOut:
    return UsageOut(
        cycle_first=report.cycle.first,
        cycle_until=report.cycle.until,
        per_cent=report.per_cent,
        used=UseOut(**_figures(report.used)),
        days=[DayOut(day=day, **_figures(use)) for day, use in report.days],
        alerts=[AlertOut(alert.threshold, alert.cycle, alert.at) for alert in report.alerts],
    )


def _figures(use: Use) -> dict[str, Any]:
    return {
        "messages": use.messages,
        "model_calls": use.calls,
        "input_tokens": use.input_tokens,
        "output_tokens": use.output_tokens,
        "cost_brl": f"{in_reais(use.cost):.10f}",
        "cost_cents": whole_cents(use.cost),
    }
