"""Letters about appointments: addresses, and what was written; how a company speaks unasked; a word when a calendar is late.

Revision ID: 0009
"""

from alembic import op

revision = "0009"
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

-- How the company speaks unasked; times are minutes since midnight, by its own wall clock. question '' is ours.
create table agenda_manners (
    id smallint primary key default 1 check (id = 1),
    kinds text[] not null default '{72h,24h,1h}' check (kinds <@ '{72h,24h,1h}'),
    quiet_begins smallint not null default 1260 check (quiet_begins between 1080 and 1439),
    quiet_ends smallint not null default 480 check (quiet_ends between 300 and 720),
    follow_up boolean not null default true,
    follow_up_minutes integer not null default 1440 check (follow_up_minutes between 60 and 20160),
    question text not null default '' check (length(question) <= 600),
    updated_at timestamptz not null default now()
);
insert into agenda_manners default values;

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
drop table agenda_manners;
drop table appointment_letters;
alter table professionals drop column email;
alter table contacts drop column email;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
