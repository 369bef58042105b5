"""An appointment goes to another professional: to whom, while the calendar is asked, and which of them was written to.

And a company may write first, to clients of whom it has the number only.

Revision ID: 0010
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UP = r"""
alter table appointments add column moving_professional_id bigint references professionals (id);
alter table appointments add constraint appointments_moving_check
    check (moving_professional_id is null or moving_starts is not null);
create index appointments_moving_professional on appointments (moving_professional_id)
    where moving_professional_id is not null;

-- professional_id: who had the appointment when it was written; 0 where that was not written down.
alter table appointment_letters add column professional_id bigint not null default 0;
update appointment_letters l set professional_id = a.professional_id from appointments a where a.id = l.appointment_id;
alter table appointment_letters drop constraint appointment_letters_pkey;
alter table appointment_letters add primary key (appointment_id, reader, version, professional_id);

alter table agenda_manners add column writes_first boolean not null default false;
"""

DOWN = r"""
alter table agenda_manners drop column writes_first;
delete from appointment_letters l using appointments a
    where a.id = l.appointment_id and l.professional_id not in (0, a.professional_id);
delete from appointment_letters l where l.professional_id = 0 and exists (
    select from appointment_letters o where (o.appointment_id, o.reader, o.version) = (l.appointment_id, l.reader, l.version)
        and o.professional_id <> 0);
alter table appointment_letters drop constraint appointment_letters_pkey;
alter table appointment_letters drop column professional_id;
alter table appointment_letters add primary key (appointment_id, reader, version);
drop index appointments_moving_professional;
alter table appointments drop constraint appointments_moving_check;
alter table appointments drop column moving_professional_id;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
