"""A company may have a language model of its own: names, key and prices. No row, or null, is what the installation has.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UP = r"""
-- api_key is sealed under the company's data key. prices: model -> [{input, output, since}], US dollars per million tokens.
create table own_model (
    id smallint primary key default 1 check (id = 1),
    main text check (main <> ''),
    small text check (small <> ''),
    api_key bytea,
    prices jsonb not null default '{}',
    updated_at timestamptz not null default now()
);
"""

DOWN = "drop table own_model;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
