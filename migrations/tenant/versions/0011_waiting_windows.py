"""Who waits for a place may want mornings only: the stretches in which it has to begin.

Revision ID: 0011
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UP = """
-- Null: anywhere between wanted_from and wanted_until.
alter table waiting_list add column starts_within tstzmultirange;
create index waiting_list_contact on waiting_list (contact_id) where state in ('waiting', 'offered');
"""

DOWN = """
drop index waiting_list_contact;
alter table waiting_list drop column starts_within;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
