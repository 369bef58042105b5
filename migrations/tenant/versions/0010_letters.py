"""Letters about appointments: addresses of clients and professionals, and what was written; a word when a calendar settles late.

Revision ID: 0010
"""

from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

UP = r"""
-- what was said once, and awaits no answer: a calendar that was silent has settled a booking.
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (
    kind in ('reminder', 'which', 'instead', 'sure', 'follow_up', 'recovery', 'offer', 'settled'));

alter table contacts add column email text;
alter table professionals add column email text;

-- version: the appointment's when it was written; starts: the time the letter named. One letter each for one version.
create table appointment_letters (
    appointment_id bigint not null references appointments (id) on delete cascade,
    reader text not null check (reader in ('client', 'professional')),
    version integer not null,
    method text not null check (method in ('REQUEST', 'CANCEL')),
    starts timestamptz not null,
    sent_at timestamptz not null,
    primary key (appointment_id, reader, version)
);
"""

DOWN = r"""
delete from notices where kind = 'settled';
alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (
    kind in ('reminder', 'which', 'instead', 'sure', 'follow_up', 'recovery', 'offer'));
drop table appointment_letters;
alter table professionals drop column email;
alter table contacts drop column email;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
