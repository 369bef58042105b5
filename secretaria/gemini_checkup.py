"""Asks Gemini about every key and model that would answer somebody: the installation's, and each company's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import asyncpg
import httpx2

from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.pool import DatabaseAway, build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.security.envelope import Envelopes
from application.shared.secrets import MasterKeyMissing, Unreadable
from domain.assistant.model_terms import OwnModel
from domain.companies.company import State as CompanyState
from domain.shared.ids import TenantId
from secretaria.findings import Finding, State, brief, fine, wrong
from secretaria.settings import Model, Settings
from secretaria.targets import Targets

PATIENCE: Final = 5.0
GOOGLE: Final = "https://generativelanguage.googleapis.com"
A_WORD: Final = {"contents": [{"parts": [{"text": "oi"}]}]}
"""Counting its tokens costs nothing, and needs a valid key and a model that exists."""

KEY_REFUSED: Final = frozenset({400, 401, 403})
RUNBOOK: Final = "ops/runbooks/gemini_down.md"


@dataclass(frozen=True, slots=True)
class Question:
    """`who` calls, to answer `whom`; the mends say where key and model come from."""

    who: str
    whom: str
    key: str
    model: str
    mend_key: str
    mend_model: str


async def look_at_gemini(settings: Settings, targets: Targets) -> list[Finding]:
    del targets
    model = settings.model
    if model.api_key is None:
        return [Finding(State.ODD, "there is no Gemini key: `secretaria run` plays it", "set GEMINI_API_KEY")]
    whom = "every company without a model of its own"
    return await _ask(model, Question("us", whom, model.api_key, model.main, "GEMINI_API_KEY", "SECRETARIA_MODEL"))


async def look_at_own_models(settings: Settings, targets: Targets) -> list[Finding]:
    """Nothing to say of companies that have what the installation has."""
    try:
        return await _companies(settings.model, targets)
    except (asyncpg.PostgresError, DatabaseAway, OSError):
        return []  # the parts before this one told why


async def _companies(model: Model, targets: Targets) -> list[Finding]:
    pool = await build_pool(targets.database_url, size=1, name="secretaria doctor")
    try:
        own_models = PostgresOwnModels(pool, Envelopes(targets.master_keys))
        companies = [one.id for one in await PostgresCompanies(pool).all() if one.state is CompanyState.ACTIVE]
        return [finding for tenant in companies for finding in await _company(model, own_models, tenant)]
    finally:
        await pool.close()


async def _company(model: Model, own_models: PostgresOwnModels, tenant: TenantId) -> list[Finding]:
    set_again = f"secretaria company model {tenant}"
    try:
        own = await own_models.get(tenant)
    except (Unreadable, MasterKeyMissing) as error:
        return wrong(f"company {tenant} has a Gemini key that does not open ({brief(error)})", f"{set_again} --forget")
    terms = own.over(model.terms)
    if own == OwnModel() or not terms.key:
        return []
    who, mend_key = ("its own key", f"{set_again} --key-stdin") if own.key else ("us", "GEMINI_API_KEY")
    whom = f"company {tenant}"
    return await _ask(model, Question(who, whom, terms.key, terms.main, mend_key, f"{set_again} --main"))


async def _ask(model: Model, question: Question) -> list[Finding]:
    url = f"{model.base_url or GOOGLE}/{model.api_version}/models/{question.model}:countTokens"
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE) as http:
            answer = await http.post(url, headers={"x-goog-api-key": question.key}, json=A_WORD)
    except httpx2.HTTPError as error:
        return wrong(f"Gemini cannot be reached ({brief(error)})", f"is the way out open? {RUNBOOK}")
    refused = f"Gemini refuses {question.who} ({answer.status_code}): {question.model} does not answer {question.whom}"
    if answer.status_code in KEY_REFUSED:
        return wrong(refused, f"mend {question.mend_key}")
    if answer.status_code == httpx2.codes.NOT_FOUND:
        return wrong(refused, f"mend {question.mend_model}")
    if answer.is_error:
        return [Finding(State.ODD, f"Gemini is unwell ({answer.status_code})", RUNBOOK)]
    return fine(f"Gemini knows {question.who}: {question.model} answers {question.whom}")
