"""What a client knows of an appointment that somebody else has changed, until they are told of it; and what they hear of a move.

Revision ID: 0013
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

UP = r"""
-- starts, professional_id: what the client was to come to, before the first change they have not been told of.
create table untold_changes (
    appointment_id bigint primary key references appointments (id) on delete cascade,
    professional_id bigint not null references professionals (id),
    starts timestamptz not null,
    changed_at timestamptz not null default now()
);
create index untold_changes_professional on untold_changes (professional_id);

-- moving_hears: what the client hears when the calendar answers: the answer, for they asked themself; the change, which
-- somebody else asked for; or nothing, since whoever asked tells them.
alter table appointments add column moving_hears text not null default 'answer'
    check (moving_hears in ('answer', 'change', 'nothing'));
"""

DOWN = r"""
alter table appointments drop column moving_hears;
drop table untold_changes;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
