"""The agenda: who attends, what for and when; what is taken of their time; the appointments; who waits for a place.

`agenda_places` is the lock: two people never have one professional at one time, whatever the program believes.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UP = r"""
create table agenda_rules (
    id smallint primary key default 1 check (id = 1),
    beat smallint not null default 15 check (beat > 0),
    lead_minutes integer not null default 60 check (lead_minutes >= 0),
    ahead_days integer not null default 60 check (ahead_days > 0),
    closed_on_holidays boolean not null default true,
    optional_holidays boolean not null default false,
    state text check (state ~ '^[A-Z]{2}$'),
    updated_at timestamptz not null default now()
);
insert into agenda_rules default values;

-- hours: pairs of minutes since midnight, seven lists of them, Monday first.
create table professionals (
    id bigint generated always as identity primary key,
    name text not null constraint professionals_name_once unique check (name <> ''),
    hours jsonb not null default '[[], [], [], [], [], [], []]',
    active boolean not null default true,
    created_at timestamptz not null default now()
);

create table services (
    id bigint generated always as identity primary key,
    name text not null constraint services_name_once unique check (name <> ''),
    minutes integer not null check (minutes > 0),
    before_minutes integer not null default 0 check (before_minutes >= 0),
    after_minutes integer not null default 0 check (after_minutes >= 0),
    price_cents bigint not null default 0 check (price_cents >= 0),
    notice_minutes integer not null default 0 check (notice_minutes >= 0),
    active boolean not null default true,
    created_at timestamptz not null default now()
);

-- Who may do it; a service without a line here may be done by everybody.
create table service_professionals (
    service_id bigint not null references services (id) on delete cascade,
    professional_id bigint not null references professionals (id) on delete cascade,
    primary key (service_id, professional_id)
);
create index service_professionals_professional on service_professionals (professional_id);

-- Without a professional it is everybody's; without hours the whole day.
create table days_off (
    id bigint generated always as identity primary key,
    professional_id bigint references professionals (id) on delete cascade,
    first date not null,
    last date not null,
    opens smallint check (opens >= 0),
    closes smallint check (closes <= 1440),
    yearly boolean not null default false,
    name text not null default '',
    check (first <= last),
    check ((opens is null) = (closes is null) and opens < closes)
);
create index days_off_professional on days_off (professional_id);

-- owed: what the calendar has still to be told. ref: what the calendar calls it; nobody outside ever sees that.
create table appointments (
    id bigint generated always as identity primary key,
    contact_id bigint not null references contacts (id),
    professional_id bigint not null references professionals (id),
    service_id bigint not null references services (id),
    starts timestamptz not null,
    ends timestamptz not null,
    status text not null
        check (status in ('pending', 'booked', 'confirmed', 'rescheduled', 'kept', 'missed', 'cancelled')),
    version integer not null default 1,
    owed text check (owed in ('book', 'move', 'cancel', 'absent')),
    ref text constraint appointments_ref_once unique,
    moving_starts timestamptz,
    moving_ends timestamptz,
    reason text not null default '',
    price_cents bigint not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (starts < ends),
    check ((moving_starts is null) = (moving_ends is null) and moving_starts < moving_ends)
);
create index appointments_starts on appointments (starts, id);
create index appointments_professional on appointments (professional_id, starts);
create index appointments_contact on appointments (contact_id, starts);
create index appointments_service on appointments (service_id);
create index appointments_owed on appointments (id) where owed is not null;

-- Time taken of a professional, the buffers around it included: by an appointment, or by a hold until it lapses.
create table agenda_places (
    id bigint generated always as identity primary key,
    professional_id bigint not null references professionals (id),
    busy tstzrange not null check (not isempty(busy) and lower_inc(busy) and not upper_inc(busy)),
    appointment_id bigint references appointments (id) on delete cascade,
    contact_id bigint references contacts (id) on delete cascade,
    held_until timestamptz,
    constraint one_person_per_slot exclude using gist (professional_id with =, busy with &&),
    check ((appointment_id is null) <> (held_until is null))
);
create index agenda_places_appointment on agenda_places (appointment_id);
create index agenda_places_contact on agenda_places (contact_id) where contact_id is not null;

-- The built-in calendar. It knows nothing of buffers, holds or rules: those are the agenda's, as with any calendar.
create table calendar_entries (
    ref uuid primary key default gen_random_uuid(),
    appointment_id bigint not null constraint calendar_entries_appointment_once unique,
    professional_id bigint not null,
    slot tstzrange not null check (not isempty(slot)),
    state text not null default 'standing' check (state in ('standing', 'cancelled', 'missed')),
    reason text not null default '',
    changed_at timestamptz not null default now(),
    constraint one_entry_per_slot exclude using gist (professional_id with =, slot with &&)
        where (state <> 'cancelled')
);
create index calendar_entries_changed on calendar_entries (changed_at);

create table waiting_list (
    id bigint generated always as identity primary key,
    contact_id bigint not null references contacts (id) on delete cascade,
    service_id bigint not null references services (id) on delete cascade,
    professional_id bigint references professionals (id) on delete cascade,
    wanted_from timestamptz not null,
    wanted_until timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'offered', 'served', 'gone')),
    created_at timestamptz not null default now(),
    check (wanted_from < wanted_until)
);
create unique index waiting_list_once on waiting_list (contact_id, service_id) where state in ('waiting', 'offered');
create index waiting_list_service on waiting_list (service_id, id) where state = 'waiting';
create index waiting_list_professional on waiting_list (professional_id);
"""

DOWN = r"""
drop table waiting_list;
drop table calendar_entries;
drop table agenda_places;
drop table appointments;
drop table days_off;
drop table service_professionals;
drop table services;
drop table professionals;
drop table agenda_rules;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
