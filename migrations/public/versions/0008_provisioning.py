"""How companies come and go: the openings with their steps, and when a company that leaves is really closed.

Revision ID: 0008
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UP = r"""
-- While this is set the company rests with everything in place; after it, a job closes it for good.
alter table public.tenants add column closes_at timestamptz;

-- One run of the checklist. `paper` is the order and the secrets drawn for it, sealed by the platform's key: it is burnt
-- as soon as the answer was given, or a day later where the caller may ask for the same answer again.
create table public.provisionings (
    id bigint generated always as identity primary key,
    slug text not null,
    name text not null,
    tenant_id integer references public.tenants (id),
    state text not null default 'running' check (state in ('running', 'failed', 'done', 'undoing', 'undone')),
    key text,
    asked_by text not null,
    paper bytea,
    paper_until timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index provisionings_key on public.provisionings (key) where key is not null;
create unique index provisionings_unfinished on public.provisionings (slug)
    where state in ('running', 'failed', 'undoing');
create index provisionings_tenant on public.provisionings (tenant_id);

create table public.provisioning_steps (
    run_id bigint not null references public.provisionings (id) on delete cascade,
    place smallint not null,
    step text not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'undone')),
    attempts integer not null default 0,
    error text,
    note text,
    started_at timestamptz,
    ended_at timestamptz,
    primary key (run_id, step)
);
revoke all on public.provisionings, public.provisioning_steps from public;
"""

DOWN = r"""
drop table public.provisioning_steps;
drop table public.provisionings;
alter table public.tenants drop column closes_at;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
