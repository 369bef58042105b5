"""`secretaria billing replay`: what nobody could follow is followed once it is known whose it is."""

from __future__ import annotations

from typing import Any

from tests.integration.commands.conftest import Type, fetch, told

KEPT = """
    insert into public.billing_events (id, type, body, occurred_at, customer, outcome)
    values ($1, $2, '{}', now() + interval '1 minute', $3, 'unclaimed') returning id
"""


def test_events_are_followed_once_and_the_deed_is_on_record(type_: Type, opened: dict[str, Any], environment: dict):
    url = environment["DATABASE_URL"]
    type_("company", "plan", "1", "essencial")
    for id, kind, customer in (("evt_1", "payment.failed", "cus_1"), ("evt_2", "mandate.blessed", "cus_1")):
        fetch(url, KEPT, id, kind, customer)
    fetch(url, KEPT, "evt_3", "payment.failed", "cus_of_nobody")
    assert told(type_("billing", "replay", "--json")) == {"events": 0}

    fetch(url, "update public.subscriptions set customer = 'cus_1' returning 1")

    assert told(type_("billing", "replay", "--json")) == {"events": 2, "applied": 1, "unknown_type": 1}
    assert "events  0" in type_("billing", "replay").stdout
    assert fetch(url, "select state from public.subscriptions") == [("past_due",)]
    assert fetch(url, "select id, tenant_id, outcome from public.billing_events order by id") == [
        ("evt_1", 1, "applied"),
        ("evt_2", 1, "unknown_type"),
        ("evt_3", None, "unclaimed"),
    ]
    assert len(fetch(url, "select 1 from public.audit_log where action = 'billing.replay'")) == 3


def test_months_of_grace_are_billed_to_nobody(type_: Type, opened: dict[str, Any], environment: dict):
    url = environment["DATABASE_URL"]
    type_("company", "plan", "1", "essencial")

    type_("company", "close", "1", "--yes", "--grace-days", "30")
    assert fetch(url, "select stops_at_end from public.subscriptions") == [(True,)]

    type_("company", "resume", "1")
    assert fetch(url, "select stops_at_end, state from public.subscriptions") == [(False, "active")]


def test_who_put_a_company_on_a_plan_is_on_record(type_: Type, opened: dict[str, Any], environment: dict):
    type_("company", "plan", "1", "essencial")

    [(subject, after)] = fetch(
        environment["DATABASE_URL"],
        "select subject, after::text from public.audit_log where action = 'billing.change_plan'",
    )
    assert subject == "company:1"
    assert "essencial" in after
