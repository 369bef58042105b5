"""Plans, subscriptions, what was used, what is owed, who is told, and what the payment provider said.

Money is in cents of a real; `cost` is in ten-billionths of a real (specks), so that nothing is rounded before a bill.
None of these tables is open to a company's database role: it counts through a function that knows whose turn it is.

Revision ID: 0007
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UP = r"""
create table public.plans (
    code text primary key check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
    name text not null,
    price_cents integer not null check (price_cents >= 0),
    messages bigint check (messages > 0),
    tokens bigint check (tokens > 0),
    cost bigint check (cost > 0),
    users integer check (users > 0),
    connections integer check (connections > 0),
    dedicated_worker boolean not null default false,
    overage text not null default 'stop' check (overage in ('stop', 'charge')),
    overage_cents integer not null default 0 check (overage_cents >= 0),
    on_sale boolean not null default true,
    created_at timestamptz not null default now()
);
insert into public.plans
    (code, name, price_cents, messages, tokens, cost, users, connections, dedicated_worker, overage, overage_cents)
values
    ('essencial', 'Essencial', 9700, 2000, 10000000, 300000000000, 3, 1, false, 'stop', 0),
    ('profissional', 'Profissional', 29700, 10000, 50000000, 1500000000000, 10, 3, false, 'stop', 0),
    ('empresarial', 'Empresarial', 79700, 40000, 200000000, 6000000000000, 50, 10, true, 'charge', 5);

-- One row per company; how it came to be so stands in billing_events.
create table public.subscriptions (
    tenant_id integer primary key references public.tenants (id),
    plan_code text not null references public.plans (code),
    price_cents integer not null check (price_cents >= 0),
    state text not null check (state in ('trial', 'active', 'past_due', 'cancelled', 'ended')),
    anchor date not null,
    cycle integer not null check (cycle >= 0),
    trial_until date,
    -- the present cycle in days of the company's calendar, as the anchor and the number give them
    cycle_first date not null,
    cycle_until date not null check (cycle_until > cycle_first),
    unpaid_since timestamptz,
    past_due_since timestamptz,
    stops_at_end boolean not null default false,
    credit_cents integer not null default 0 check (credit_cents >= 0),
    standing text,
    standing_at timestamptz,
    payment text,
    payment_at timestamptz,
    plan_told_at timestamptz,
    customer text,
    external_id text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index subscriptions_external on public.subscriptions (external_id) where external_id is not null;
create unique index subscriptions_customer on public.subscriptions (customer) where customer is not null;

-- A bill; `key` makes the same bill impossible twice.
create table public.invoices (
    id bigint generated always as identity primary key,
    tenant_id integer not null references public.tenants (id),
    key text not null,
    kind text not null check (kind in ('cycle', 'change')),
    plan_code text not null references public.plans (code),
    cycle_first date not null,
    cents integer not null check (cents > 0),
    credit_cents integer not null check (credit_cents >= 0 and credit_cents <= cents),
    due_cents integer generated always as (cents - credit_cents) stored,
    state text not null default 'open' check (state in ('open', 'paid', 'refunded', 'void')),
    state_at timestamptz,
    issued_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint invoices_once unique (tenant_id, key)
);

-- What the provider was asked to collect for an invoice, with what the payer needs.
create table public.charges (
    id bigint generated always as identity primary key,
    invoice_id bigint not null references public.invoices (id) constraint charges_once unique,
    tenant_id integer not null references public.tenants (id),
    external_id text not null constraint charges_external unique,
    pix_copy_paste text not null,
    pix_qr text not null,
    expires_at timestamptz,
    created_at timestamptz not null default now()
);
create index charges_tenant on public.charges (tenant_id);

-- Everything the provider said, also what nobody understands: once per id, whatever was done about it.
create table public.billing_events (
    id text primary key,
    type text not null,
    body jsonb not null,
    occurred_at timestamptz not null,
    tenant_id integer references public.tenants (id),
    outcome text not null,
    received_at timestamptz not null default now()
);
create index billing_events_tenant on public.billing_events (tenant_id, occurred_at);

-- Many rows per company and day, because turns of one company end side by side: one counter would make them queue.
create table public.usage (
    tenant_id integer not null references public.tenants (id),
    day date not null,
    shard smallint not null,
    messages bigint not null default 0,
    calls bigint not null default 0,
    input_tokens bigint not null default 0,
    output_tokens bigint not null default 0,
    cost bigint not null default 0,
    primary key (tenant_id, day, shard)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create table public.quota_alerts (
    id bigint generated always as identity primary key,
    tenant_id integer not null references public.tenants (id),
    cycle_first date not null,
    threshold smallint not null,
    messages bigint not null,
    tokens bigint not null,
    cost bigint not null,
    created_at timestamptz not null default now(),
    constraint quota_alerts_once unique (tenant_id, cycle_first, threshold)
);

create table public.billing_contacts (
    id bigint generated always as identity primary key,
    tenant_id integer not null references public.tenants (id),
    email text not null,
    created_at timestamptz not null default now(),
    constraint billing_contacts_once unique (tenant_id, email)
);

-- Where a company's own systems hear of what happens; the secret is sealed with the company's data key.
create table public.event_endpoints (
    tenant_id integer primary key references public.tenants (id),
    url text not null,
    secret bytea not null,
    updated_at timestamptz not null default now()
);

create table public.event_deliveries (
    id bigint generated always as identity primary key,
    tenant_id integer not null references public.tenants (id),
    event text not null,
    attempt integer not null,
    outcome text not null check (outcome in ('delivered', 'refused', 'unreachable')),
    status integer,
    seconds double precision not null,
    at timestamptz not null default now()
);
create index event_deliveries_tenant on public.event_deliveries (tenant_id, id);

-- Adds to today's counters of the company whose role the transaction has taken on, in a row of this backend's own. It
-- runs with the owner's rights, so that a company can count and can neither see nor lower a counter. With p_watch, a
-- look at the thresholds is asked for: once for many turns.
create function public.count_usage(
    p_day date, p_messages bigint, p_calls bigint, p_input bigint, p_output bigint, p_cost bigint, p_watch boolean
) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    whose integer := substring(current_setting('role') from '_tenant_([0-9]+)$')::integer;
begin
    if whose is null then
        raise insufficient_privilege using message = 'usage is counted for a company only';
    end if;
    if least(p_messages, p_calls, p_input, p_output, p_cost) < 0 then
        raise check_violation using message = 'usage does not shrink';
    end if;
    insert into public.usage as u (tenant_id, day, shard, messages, calls, input_tokens, output_tokens, cost)
    values (whose, p_day, pg_backend_pid() % 16, p_messages, p_calls, p_input, p_output, p_cost)
    on conflict (tenant_id, day, shard) do update set
        messages = u.messages + excluded.messages,
        calls = u.calls + excluded.calls,
        input_tokens = u.input_tokens + excluded.input_tokens,
        output_tokens = u.output_tokens + excluded.output_tokens,
        cost = u.cost + excluded.cost;
    if p_watch and not exists (
        select from public.jobs where tenant_id = whose and key = 'quotas:watch' and state in ('pending', 'dispatched')
    ) then
        perform public.add_job(whose, 'quotas.watch', '{}', 'quotas:watch', now() + interval '1 second', '');
    end if;
end
$$;
"""

DOWN = r"""
drop function public.count_usage(date, bigint, bigint, bigint, bigint, bigint, boolean);
drop table public.event_deliveries;
drop table public.event_endpoints;
drop table public.billing_contacts;
drop table public.quota_alerts;
drop table public.usage;
drop table public.billing_events;
drop table public.charges;
drop table public.invoices;
drop table public.subscriptions;
drop table public.plans;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
