"""Whoever answers "sim" to two questions at once is asked which is meant; why somebody did not come is feedback of its own.

Revision ID: 0012
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

UP = r"""
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (
    kind in ('reminder', 'which', 'instead', 'sure', 'follow_up', 'recovery', 'offer', 'to_what', 'settled'));
alter table feedback_events drop constraint feedback_events_source_check;
alter table feedback_events add constraint feedback_events_source_check check (
    source in ('follow_up', 'no_show', 'recovery'));
"""

DOWN = r"""
update feedback_events set source = 'no_show' where source = 'recovery';
alter table feedback_events drop constraint feedback_events_source_check;
alter table feedback_events add constraint feedback_events_source_check check (source in ('follow_up', 'no_show'));
delete from notices where kind = 'to_what';
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (
    kind in ('reminder', 'which', 'instead', 'sure', 'follow_up', 'recovery', 'offer', 'settled'));
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
