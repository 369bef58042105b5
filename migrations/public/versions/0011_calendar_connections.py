"""Which companies have a calendar of their own elsewhere, and the secrets both sides know each other by.

Revision ID: 0011
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UP = r"""
-- id stands in the webhook's address; api_key and the secrets are sealed under the company's data key. The secret before
-- goes on opening the door until its time is over.
create table public.calendar_connections (
    tenant_id integer primary key references public.tenants (id),
    id text not null constraint calendar_connections_id unique check (id ~ '^[0-9A-Za-z]{22}$'),
    base_url text not null,
    api_key bytea not null,
    webhook_secret bytea not null,
    webhook_secret_previous bytea,
    webhook_secret_previous_until timestamptz,
    state text not null default 'active' check (state in ('active', 'disabled')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
revoke all on public.calendar_connections from public;
"""

DOWN = "drop table public.calendar_connections;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
