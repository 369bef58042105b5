"""What people do at the panel: their notes, answers and take-overs, the versions of the assistant's settings.

Revision ID: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UP = r"""
-- What people did with a conversation. A summary knows everything up to the message `upto`.
create table handoff_entries (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversations (id),
    kind text not null check (kind in ('taken', 'returned', 'note', 'summary')),
    author_id uuid not null,
    author_name text not null,
    text text not null default '',
    upto bigint not null default 0,
    at timestamptz not null default now()
);
create index handoff_entries_timeline on handoff_entries (conversation_id, id);

-- Who of the team said it; request_key makes the same form sent twice one answer.
alter table outgoing
    add column author_id uuid,
    add column author_name text,
    add column request_key text;
create unique index outgoing_request_once on outgoing (conversation_id, request_key) where request_key is not null;

-- Every version of the assistant's settings that was ever published; `persona` is the one in force.
alter table persona
    add column version bigint not null default 0,
    add column manner jsonb not null default '{}',
    add column attendance jsonb not null default '{}';
create table persona_versions (
    id bigint generated always as identity primary key,
    content jsonb not null,
    author_id uuid not null,
    author_name text not null,
    restored_from bigint references persona_versions (id),
    at timestamptz not null default now()
);

-- What a preview costs belongs to no conversation.
alter table model_calls alter column conversation_id drop not null;

-- For the list, newest first, and for the figures of a day; brin costs next to nothing where rows only come.
create index conversations_recent on conversations ((coalesce(last_inbound_at, created_at)) desc, id desc);
create index conversations_waiting on conversations (held_since) where holder = 'waiting';
create index messages_received on messages using brin (received_at) with (pages_per_range = 16, autosummarize = on);
create index outgoing_created on outgoing using brin (created_at) with (pages_per_range = 16, autosummarize = on);
create index messages_words on messages using gin (
    to_tsvector('simple', translate(lower(text), 'áàâãäéêëíïóôõöúüçñ', 'aaaaaeeeiioooouucn'))
);
"""

DOWN = r"""
drop index messages_words;
drop index outgoing_created;
drop index messages_received;
drop index conversations_waiting;
drop index conversations_recent;
drop index outgoing_request_once;
alter table outgoing
    drop column author_id,
    drop column author_name,
    drop column request_key;
drop table handoff_entries;
delete from model_calls where conversation_id is null;
alter table model_calls alter column conversation_id set not null;
drop table persona_versions;
alter table persona
    drop column version,
    drop column manner,
    drop column attendance;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
