"""A connection counts how often it was changed, so that whoever edits an older one is told so.

Revision ID: 0014
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

UP = "alter table public.whatsapp_connections add column version integer not null default 1;"
DOWN = "alter table public.whatsapp_connections drop column version;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
