"""Who may come in: people, what they may do where, their second factors, keys for machines, sign-on elsewhere.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UP = r"""
-- People stand above the companies: one address, one password, however many companies. `epoch` goes up when every session of
-- before has to end (a new password, a disabled user); a session remembers the epoch it began in.
create table public.users (
    id uuid primary key,
    email text not null unique check (email = lower(email) and length(email) between 3 and 254),
    name text not null,
    state text not null default 'active' check (state in ('invited', 'active', 'disabled')),
    password_hash text,
    epoch integer not null default 0,
    created_at timestamptz not null default now()
);

-- Operators run the platform and belong to no company; everyone else belongs to one or more. An owner may disable somebody in
-- the own company and nowhere else.
create table public.memberships (
    user_id uuid not null references public.users (id) on delete cascade,
    tenant_id integer references public.tenants (id),
    role text not null check (role in ('operator', 'owner', 'manager', 'attendant', 'viewer')),
    state text not null default 'active' check (state in ('active', 'disabled')),
    created_at timestamptz not null default now(),
    constraint memberships_one_each unique nulls not distinct (user_id, tenant_id),
    constraint memberships_operators_apart check ((role = 'operator') = (tenant_id is null))
);
create index memberships_tenant on public.memberships (tenant_id);

-- The platform's own data key, as tenant_keys holds the companies'.
create table public.platform_key (
    only_one boolean primary key default true check (only_one),
    wrapped_key bytea not null,
    master_key_id text not null,
    created_at timestamptz not null default now(),
    rewrapped_at timestamptz
);

-- The secret is sealed with the platform's key. `last_step` is the newest code used: none is taken twice.
create table public.second_factors (
    user_id uuid primary key references public.users (id) on delete cascade,
    secret bytea not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0,
    created_at timestamptz not null default now()
);

create table public.recovery_codes (
    user_id uuid not null references public.users (id) on delete cascade,
    digest bytea not null,
    primary key (user_id, digest)
);

-- What a letter's link proves, once. Only digests: who reads this table can open no link.
create table public.letter_tickets (
    digest bytea primary key,
    user_id uuid not null references public.users (id) on delete cascade,
    purpose text not null check (purpose in ('reset', 'invitation', 'email')),
    email text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint letter_tickets_one_each unique (user_id, purpose)
);

-- Keys of machines: of a company, or of the platform where tenant_id is null.
create table public.api_keys (
    id uuid primary key,
    tenant_id integer references public.tenants (id),
    name text not null,
    prefix text not null unique,
    digest bytea not null,
    scopes text[] not null,
    created_by uuid references public.users (id) on delete set null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);
create index api_keys_tenant on public.api_keys (tenant_id);

-- Where a company's people sign on instead of here. The client's secret is sealed with the company's key.
create table public.sign_ons (
    tenant_id integer primary key references public.tenants (id),
    issuer text not null,
    client_id text not null,
    client_secret bytea,
    changed_at timestamptz not null default now()
);

create table public.foreign_identities (
    tenant_id integer not null references public.tenants (id),
    issuer text not null,
    subject text not null,
    user_id uuid not null references public.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (tenant_id, issuer, subject)
);

-- No company's database role reads who its people are: recognising a caller comes before any company.
revoke all on public.users, public.memberships, public.platform_key, public.second_factors, public.recovery_codes,
    public.letter_tickets, public.api_keys, public.sign_ons, public.foreign_identities from public;
"""

DOWN = r"""
drop table public.foreign_identities;
drop table public.sign_ons;
drop table public.api_keys;
drop table public.letter_tickets;
drop table public.recovery_codes;
drop table public.second_factors;
drop table public.platform_key;
drop table public.memberships;
drop table public.users;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
