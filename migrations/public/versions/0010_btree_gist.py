"""The operators that let a constraint say "the same professional at overlapping times".

A trusted extension: the database's owner may create it without being a superuser.

Revision ID: 0010
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


UP = "create extension if not exists btree_gist with schema public;"

DOWN = r"""
-- Companies whose constraints stand on it keep it: their tables have a tree of their own.
do $$
begin
    drop extension if exists btree_gist;
exception when dependent_objects_still_exist then
    null;
end
$$;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
