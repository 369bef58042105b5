"""Tenants, their keys and connections, and the one table of jobs.

Revision ID: 0001
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UP = r"""
create table public.tenants (
    id integer generated always as identity primary key,
    name text not null,
    slug text not null,
    state text not null default 'opening' check (state in ('opening', 'active', 'suspended', 'closing', 'closed')),
    time_zone text not null default 'America/Sao_Paulo',
    pool text not null default 'shared',
    db_shard text not null default 'main',
    redis_shard text not null default 'main',
    schema_revision text,
    schema_error text,
    created_at timestamptz not null default now(),
    closed_at timestamptz
);
create unique index tenants_slug_open on public.tenants (slug) where state <> 'closed';

-- One data key per tenant, wrapped by a master key; rotation re-wraps this row and nothing else.
create table public.tenant_keys (
    tenant_id integer primary key references public.tenants (id),
    wrapped_key bytea not null,
    master_key_id text not null,
    created_at timestamptz not null default now(),
    rewrapped_at timestamptz
);

create table public.whatsapp_connections (
    id text primary key check (id ~ '^[0-9A-Za-z]{16,40}$'),
    tenant_id integer not null references public.tenants (id),
    name text not null,
    dialect text not null,
    base_url text not null,
    auth text not null check (auth in ('hmac', 'header', 'path')),
    state text not null default 'active' check (state in ('active', 'disabled')),
    own_number text,
    sends_per_minute integer not null default 0,
    -- sealed with the tenant's data key; associated data names tenant, table, column and row
    api_token bytea,
    panel_email bytea,
    panel_password bytea,
    webhook_secret bytea,
    webhook_secret_previous bytea,
    webhook_secret_previous_until timestamptz,
    webhook_token bytea,
    created_at timestamptz not null default now()
);
create index whatsapp_connections_tenant on public.whatsapp_connections (tenant_id);

-- Every piece of work, now or later: ids only, no personal data. due_at says when the relay has to look at the row again:
-- the due time of a pending job, the end of the hand-over of a dispatched one, the end of the lease of a running one.
create table public.jobs (
    id bigint generated always as identity primary key,
    tenant_id integer not null references public.tenants (id),
    actor text not null,
    args jsonb not null,
    key text,
    state text not null default 'pending' check (state in ('pending', 'dispatched', 'running', 'dead')),
    due_at timestamptz not null default now(),
    again_at timestamptz,
    fence bigint not null default 0,
    failures integer not null default 0,
    worker text,
    revived boolean not null default false,
    last_error text,
    correlation text not null default '',
    created_at timestamptz not null default now(),
    died_at timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
-- A dead letter keeps its key: trying it again by hand joins the same work where that is under way.
create unique index jobs_one_per_key on public.jobs (tenant_id, key) where key is not null and state <> 'dead';
create index jobs_due on public.jobs (tenant_id, due_at) where state <> 'dead';
create index jobs_due_of_any on public.jobs (due_at) where state <> 'dead';
create index jobs_dead on public.jobs (tenant_id, died_at) where state = 'dead';

-- A tenant's database role (named <database>_tenant_<id>) sees its own jobs only.
alter table public.jobs enable row level security;
create policy jobs_of_the_tenant on public.jobs
    using (tenant_id = substring(current_user from '_tenant_([0-9]+)$')::integer)
    with check (tenant_id = substring(current_user from '_tenant_([0-9]+)$')::integer);
"""

DOWN = r"""
drop table public.jobs;
drop table public.whatsapp_connections;
drop table public.tenant_keys;
drop table public.tenants;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
