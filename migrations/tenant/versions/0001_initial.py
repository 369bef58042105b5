"""Contacts and their addresses, conversations, what came in and what went out.

Tables are named without a schema: the search_path says whose they are. Ids are bigints that grow, so they also order.

Revision ID: 0001
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UP = r"""
create table persona (
    id smallint primary key default 1 check (id = 1),
    assistant_name text not null default 'Sofia',
    tone text not null default 'acolhedor e profissional',
    business_name text not null default '',
    business_facts text not null default '',
    greeting text not null default '',
    faq jsonb not null default '[]',
    enabled boolean not null default true,
    updated_at timestamptz not null default now()
);
insert into persona default values;

create table contacts (
    id bigint generated always as identity primary key,
    phone text constraint contacts_phone_once unique,
    name text,
    created_at timestamptz not null default now()
);

-- A chat address as WhatsApp knows it; several may belong to one contact (a number with and without the ninth digit, a LID).
create table addresses (
    id bigint generated always as identity primary key,
    connection_id text not null,
    address text not null,
    contact_id bigint references contacts (id),
    created_at timestamptz not null default now(),
    constraint addresses_once unique (connection_id, address)
);
create index addresses_contact on addresses (contact_id);

-- Every webhook as it came, less secrets. message_key is WhatsApp's id, or a digest where there is none.
create table envelopes (
    id bigint generated always as identity primary key,
    address_id bigint not null references addresses (id),
    message_key text not null,
    body text not null,
    limited boolean not null default false,
    state text not null default 'kept' check (state in ('kept', 'read', 'unreadable')),
    correlation text not null default '',
    received_at timestamptz not null default now(),
    constraint envelopes_once unique (address_id, message_key)
);
create index envelopes_kept on envelopes (address_id, id) where state = 'kept';

create table conversations (
    id bigint generated always as identity primary key,
    connection_id text not null,
    contact_id bigint not null references contacts (id),
    reply_to text not null,
    ticket_id text,
    holder text not null default 'assistant' check (holder in ('assistant', 'waiting', 'person', 'closed')),
    holder_reason text,
    held_since timestamptz not null default now(),
    staff_at timestamptz,
    burst_opened_at timestamptz,
    last_inbound_at timestamptz,
    last_outbound_at timestamptz,
    degraded_turns integer not null default 0,
    created_at timestamptz not null default now(),
    constraint conversations_once unique (connection_id, contact_id)
);

create index conversations_contact on conversations (contact_id);

create table messages (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversations (id),
    envelope_id bigint not null references envelopes (id) constraint messages_once unique,
    external_id text,
    author text not null check (author in ('contact', 'staff')),
    kind text not null,
    text text not null,
    media jsonb,
    sent_at timestamptz not null,
    received_at timestamptz not null,
    state text not null check (state in ('waiting', 'answered', 'unanswered')),
    reason text
);
create index messages_timeline on messages (conversation_id, id);
create index messages_waiting on messages (conversation_id, id) where state = 'waiting';

-- A reply is a row before it is sent. (conversation, answers_to, step) makes a second answer to the same burst impossible.
create table outgoing (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversations (id),
    answers_to bigint not null,
    step smallint not null default 0,
    origin text not null check (origin in ('assistant', 'fixed', 'person')),
    text text not null,
    state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'unknown', 'failed')),
    attempts integer not null default 0,
    external_id text,
    correlation text not null default '',
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    constraint outgoing_once unique (conversation_id, answers_to, step)
);
create index outgoing_unfinished on outgoing (conversation_id, id) where state in ('queued', 'sending');
create index outgoing_timeline on outgoing (conversation_id, id);

create table delivery_log (
    id bigint generated always as identity primary key,
    outgoing_id bigint not null references outgoing (id),
    attempt integer not null,
    outcome text not null check (outcome in ('SENT', 'FAILED_TEMPORARY', 'FAILED_PERMANENT', 'UNKNOWN', 'RECONCILED')),
    error text,
    seconds double precision,
    at timestamptz not null default now()
);
create index delivery_log_outgoing on delivery_log (outgoing_id);

create table model_calls (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversations (id),
    model text not null,
    rung text not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cost_micros bigint not null,
    seconds double precision not null,
    at timestamptz not null default now()
);
create index model_calls_at on model_calls (at);
create index model_calls_conversation on model_calls (conversation_id);
"""

DOWN = r"""
drop table model_calls;
drop table delivery_log;
drop table outgoing;
drop table messages;
drop table conversations;
drop table envelopes;
drop table addresses;
drop table contacts;
drop table persona;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
