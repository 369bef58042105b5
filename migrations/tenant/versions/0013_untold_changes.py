"""What a client knows of an appointment that somebody else has changed, until they are told of it; and moves made quietly.

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

-- moving_quietly: whoever asked for the move tells the client themself, whenever the calendar answers.
alter table appointments add column moving_quietly boolean not null default false;
"""

DOWN = r"""
alter table appointments drop column moving_quietly;
drop table untold_changes;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
