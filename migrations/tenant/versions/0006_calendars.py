"""A calendar elsewhere: which of its event types is which service, what it told us, how far it was read; and feeds for readers.

Revision ID: 0006
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UP = r"""
create table calendar_event_types (
    service_id bigint not null references services (id) on delete cascade,
    professional_id bigint not null references professionals (id) on delete cascade,
    event_type_id bigint not null check (event_type_id > 0),
    flexible boolean not null default false,
    primary key (service_id, professional_id)
);
create index calendar_event_types_professional on calendar_event_types (professional_id);

-- One row per webhook, by the digest of its body: it carries no number of its own. Nothing of a person is kept: what it is
-- about is read from the calendar.
create table calendar_events (
    key text primary key,
    trigger text not null,
    happened_at timestamptz,
    received_at timestamptz not null default now()
);
create index calendar_events_received on calendar_events using brin (received_at);

-- How far the calendar's changes were read.
create table calendar_reading (
    id smallint primary key default 1 check (id = 1),
    read_until timestamptz not null,
    read_at timestamptz not null default now()
);

-- Time that people took over there without us. The place is a hold of nobody's, until the time is over.
create table calendar_strangers (
    ref text primary key,
    professional_id bigint not null references professionals (id) on delete cascade,
    slot tstzrange not null check (not isempty(slot)),
    place_id bigint references agenda_places (id) on delete set null
);
create index calendar_strangers_professional on calendar_strangers (professional_id);
create index calendar_strangers_place on calendar_strangers (place_id);

-- Who knows the token reads the professional's appointments in any calendar program; a new token ends the one before.
create table calendar_feeds (
    professional_id bigint primary key references professionals (id) on delete cascade,
    digest bytea not null constraint calendar_feeds_digest unique,
    created_at timestamptz not null default now()
);
"""

DOWN = r"""
drop table calendar_feeds;
delete from agenda_places where id in (select place_id from calendar_strangers);
drop table calendar_strangers;
drop table calendar_reading;
drop table calendar_events;
drop table calendar_event_types;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
