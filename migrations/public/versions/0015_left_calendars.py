"""Calendars elsewhere that another took the place of, until our webhook over there is removed.

Revision ID: 0015
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UP = r"""
-- api_key as it was sealed in calendar_connections, for the cell it had there; empty once we gave up removing the webhook,
-- which the company's own people then have to do.
create table public.left_calendars (
    id text primary key check (id ~ '^[0-9A-Za-z]{22}$'),
    tenant_id integer not null references public.tenants (id),
    base_url text not null,
    api_key bytea not null,
    updated_at timestamptz not null default now()
);
create index left_calendars_of on public.left_calendars (tenant_id);
revoke all on public.left_calendars from public;
"""

DOWN = "drop table public.left_calendars;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
