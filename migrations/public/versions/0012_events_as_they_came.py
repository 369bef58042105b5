"""What the payment provider said is kept as it came: not everything that is JSON fits into jsonb.

Revision ID: 0012
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

UP = "alter table public.billing_events alter column body type text using body::text;"

# what no jsonb can hold comes back as one JSON string
DOWN = """
alter table public.billing_events alter column body type jsonb
    using case when pg_input_is_valid(body, 'jsonb') then body::jsonb else to_jsonb(body) end;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
