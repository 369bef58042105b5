"""Examples of companies, how they are opened, what they buy and what they use.

Fields that may be null are filled in: Litestar leaves a null out of what it prints, and the example would lack the field.
"""

from __future__ import annotations

from typing import Final

import msgspec

from adapters.http.billing import (
    AlertOut,
    DayOut,
    InvoiceOut,
    PlanIn,
    PlanOut,
    PlansOut,
    SubscriptionOut,
    UsageOut,
    UseOut,
)
from adapters.http.companies import CloseIn, CompanyOut
from adapters.http.provisioning import AdminIn, LineIn, ProvisionIn, ProvisionOut, SecretsOut, StepOut
from adapters.http.reference.moments import DAY_BEFORE, FIRST, MONTH_AFTER, NEXT_FIRST, NOW

NAME: Final = "Clínica Sorriso"
PLAN: Final = PlanOut(
    code="profissional",
    name="Profissional",
    price_cents=19_700,
    messages=5_000,
    tokens=6_000_000,
    cost_cents=4_000,
    users=10,
    connections=3,
    dedicated_worker=False,
    overage="stop",
    overage_cents=0,
)
INVOICE: Final = InvoiceOut(
    id=31,
    kind="cycle",
    plan="profissional",
    cents=19_700,
    credit_cents=0,
    due_cents=19_700,
    state="open",
    issued_at=NOW,
    pix_copy_paste="00020126…6304A1B2",
    pix_qr="data:image/png;base64,…",
    expires_at=MONTH_AFTER,
)
USE: Final = {
    "messages": 412,
    "model_calls": 398,
    "input_tokens": 310_204,
    "output_tokens": 52_118,
    "cost_brl": "7.2183064200",
    "cost_cents": 722,
}
COMPANIES: Final[tuple[msgspec.Struct, ...]] = (
    PlanIn("profissional"),
    PlansOut([PLAN]),
    SubscriptionOut(PLAN, "past_due", 19_700, FIRST, NEXT_FIRST, FIRST, False, 0, DAY_BEFORE, NOW, [INVOICE]),
    UsageOut(FIRST, NEXT_FIRST, 82, UseOut(**USE), [DayOut(**USE, day=FIRST)], [AlertOut(80, FIRST, NOW)]),  # type: ignore[arg-type]
    CloseIn(grace_days=30),
    CompanyOut(
        id=7,
        name=NAME,
        slug="clinica-sorriso",
        state="closing",
        pool="shared",
        created_at=DAY_BEFORE,
        closes_at=MONTH_AFTER,
        plan="profissional",
        subscription="active",
        messages=412,
        tokens=362_322,
        per_cent=8,
        users=4,
        connections=1,
    ),
    ProvisionIn(
        name=NAME,
        admin=AdminIn("ana@clinica.example", "Ana"),
        connection=LineIn("https://whaticket.clinica.example", api_token="the-whatickets-own-token"),  # noqa: S106
        plan="profissional",
        trial_days=14,
        business_facts="Atendemos de segunda a sexta, das 8h às 18h.",
    ),
    ProvisionOut(
        id=12,
        name=NAME,
        state="done",
        steps=[StepOut("domains", "done", 2, "cloudflare away", "not asked for", DAY_BEFORE, DAY_BEFORE)],
        company=7,
        secrets=SecretsOut(connection="k3jd82hf9s0a7d6f5g4h", webhook_secret="shown-in-this-answer-only"),  # noqa: S106
    ),
)
