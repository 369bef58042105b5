CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 0001


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


INSERT INTO alembic_version (version_num) VALUES ('0001') RETURNING alembic_version.version_num;

-- Running upgrade 0001 -> 0002


-- Keeps one webhook: the id of its address, or null for a repeat.
create function keep_webhook(
    p_connection text, p_address text, p_key text, p_previous text, p_body text, p_limited boolean, p_correlation text
) returns bigint language plpgsql set search_path from current as $$
declare
    place bigint;
    kept bigint;
begin
    select id into place from addresses where connection_id = p_connection and address = p_address;
    if not found then
        insert into addresses as a (connection_id, address) values (p_connection, p_address)
            on conflict (connection_id, address) do update set address = a.address returning id into place;
    end if;
    if exists (select from envelopes where address_id = place and message_key = p_previous) then
        return null;
    end if;
    insert into envelopes (address_id, message_key, body, limited, correlation)
        values (place, p_key, p_body, p_limited, p_correlation)
        on conflict (address_id, message_key) do nothing returning address_id into kept;
    return kept;
end
$$;


UPDATE alembic_version SET version_num='0002' WHERE alembic_version.version_num = '0001';

-- Running upgrade 0002 -> 0003


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


UPDATE alembic_version SET version_num='0003' WHERE alembic_version.version_num = '0002';

-- Running upgrade 0003 -> 0004


-- api_key is sealed under the company's data key. prices: model -> [{input, output, since}], US dollars per million tokens.
create table own_model (
    id smallint primary key default 1 check (id = 1),
    main text check (main <> ''),
    small text check (small <> ''),
    api_key bytea,
    prices jsonb not null default '{}',
    updated_at timestamptz not null default now()
);


UPDATE alembic_version SET version_num='0004' WHERE alembic_version.version_num = '0003';

-- Running upgrade 0004 -> 0005


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


UPDATE alembic_version SET version_num='0005' WHERE alembic_version.version_num = '0004';

-- Running upgrade 0005 -> 0006


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


UPDATE alembic_version SET version_num='0006' WHERE alembic_version.version_num = '0005';

-- Running upgrade 0006 -> 0007


create table booking_talks (
    conversation_id bigint primary key references conversations (id) on delete cascade,
    notes jsonb not null,
    updated_at timestamptz not null default now()
);

-- instead: what was said in place of it; rewritten by the model itself, or else a fixed text of ours.
create table held_claims (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversations (id) on delete cascade,
    answers_to bigint not null,
    reason text not null,
    text text not null,
    instead text not null,
    rewritten boolean not null,
    created_at timestamptz not null default now()
);
create index held_claims_conversation on held_claims (conversation_id, id);
create index held_claims_created on held_claims (created_at);


UPDATE alembic_version SET version_num='0007' WHERE alembic_version.version_num = '0006';

-- Running upgrade 0007 -> 0008


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


UPDATE alembic_version SET version_num='0008' WHERE alembic_version.version_num = '0007';

-- Running upgrade 0008 -> 0009


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


UPDATE alembic_version SET version_num='0009' WHERE alembic_version.version_num = '0008';

-- Running upgrade 0009 -> 0010


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


UPDATE alembic_version SET version_num='0010' WHERE alembic_version.version_num = '0009';

-- Running upgrade 0010 -> 0011


-- Null: anywhere between wanted_from and wanted_until.
alter table waiting_list add column starts_within tstzmultirange;
create index waiting_list_contact on waiting_list (contact_id) where state in ('waiting', 'offered');


UPDATE alembic_version SET version_num='0011' WHERE alembic_version.version_num = '0010';

-- Running upgrade 0011 -> 0012


alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (
    kind in ('reminder', 'which', 'instead', 'sure', 'follow_up', 'recovery', 'offer', 'to_what', 'settled'));
alter table feedback_events drop constraint feedback_events_source_check;
alter table feedback_events add constraint feedback_events_source_check check (
    source in ('follow_up', 'no_show', 'recovery'));


UPDATE alembic_version SET version_num='0012' WHERE alembic_version.version_num = '0011';

-- Running upgrade 0012 -> 0013


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


UPDATE alembic_version SET version_num='0013' WHERE alembic_version.version_num = '0012';

