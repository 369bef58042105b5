"""What is sent unasked: reminders, questions afterwards, offers of freed times; what was answered, and who wants none of it.

Revision ID: 0008
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UP = r"""
alter table contacts add column opted_out_at timestamptz;

-- version: the appointment's when its time was set; starts: that time. What is due lies in public.jobs beside it.
create table reminders (
    id bigint generated always as identity primary key,
    appointment_id bigint not null references appointments (id) on delete cascade,
    version integer not null,
    kind text not null check (kind in ('72h', '24h', '1h', 'manual')),
    starts timestamptz not null,
    due_at timestamptz not null,
    state text not null default 'planned' check (state in ('planned', 'sent', 'dropped')),
    why text not null default '',
    settled_at timestamptz
);
create unique index reminders_planned_once on reminders (appointment_id, kind) where state = 'planned';
create unique index reminders_sent_once on reminders (appointment_id, version, kind)
    where state = 'sent' and kind <> 'manual';
create index reminders_appointment on reminders (appointment_id);

-- An open question of ours. `about` makes it once for all; upto is the newest outgoing when it was asked, said_in the message
-- it answered where it was asked in a turn. answered_by and reply let the same turn, tried again, say the same again.
create table notices (
    id bigint generated always as identity primary key,
    about text not null constraint notices_once unique,
    kind text not null check (kind in ('reminder', 'which', 'instead', 'sure', 'follow_up', 'recovery', 'offer')),
    conversation_id bigint not null references conversations (id),
    appointment_ids bigint[] not null default '{}',
    subject_id bigint,
    intent text not null default '',
    said_in bigint,
    upto bigint not null default 0,
    asked_at timestamptz not null,
    closes_at timestamptz not null,
    closed_at timestamptz,
    meaning text,
    answered_by bigint,
    reply text
);
create index notices_open on notices (conversation_id, id) where closed_at is null;
create index notices_answered on notices (conversation_id, answered_by) where answered_by is not null;
create index notices_appointments on notices using gin (appointment_ids);

create table follow_ups (
    id bigint generated always as identity primary key,
    appointment_id bigint not null constraint follow_ups_once unique references appointments (id) on delete cascade,
    state text not null default 'planned' check (state in ('planned', 'sent', 'answered', 'dropped')),
    why text not null default '',
    due_at timestamptz not null,
    sent_at timestamptz,
    sent integer not null default 0,
    intent text check (intent in ('followup_positive', 'followup_negative', 'followup_feedback')),
    answered_at timestamptz
);
create index follow_ups_due on follow_ups (due_at, id);

create table feedback_events (
    id bigint generated always as identity primary key,
    appointment_id bigint references appointments (id) on delete cascade,
    source text not null check (source in ('follow_up', 'no_show')),
    intent text not null,
    comment text not null default '',
    at timestamptz not null
);
create index feedback_events_at on feedback_events (at);
create index feedback_events_appointment on feedback_events (appointment_id);

create table offers (
    id bigint generated always as identity primary key,
    waiting_id bigint not null references waiting_list (id) on delete cascade,
    professional_id bigint not null references professionals (id),
    starts timestamptz not null,
    ends timestamptz not null,
    until timestamptz not null,
    outcome text not null default 'open' check (outcome in ('open', 'taken', 'declined', 'lapsed')),
    constraint offers_once unique (waiting_id, professional_id, starts)
);
create index offers_professional on offers (professional_id);
"""

DOWN = r"""
drop table offers;
drop table feedback_events;
drop table follow_ups;
drop table notices;
drop table reminders;
alter table contacts drop column opted_out_at;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
