"""The audit log: a chain of entries for each company and one for the platform, to which anybody may only add.

Revision ID: 0006
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UP = r"""
-- No entry refers to a row that may go: the log outlives what it tells of. Chain 0 is the platform's own.
create table public.audit_log (
    chain integer not null check (chain >= 0),
    number bigint not null check (number > 0),
    at timestamptz not null,
    who text not null,
    action text not null,
    subject text not null,
    outcome text not null check (outcome in ('done', 'refused', 'failed')),
    origin text not null,
    correlation text not null,
    -- JSON as text: its bytes are part of the digest
    before text,
    after text,
    digest bytea not null check (length(digest) = 32),
    primary key (chain, number)
);
create index audit_log_at on public.audit_log (chain, at);
create index audit_log_who on public.audit_log (chain, who, number);
create index audit_log_action on public.audit_log (chain, action text_pattern_ops, number);
create index audit_log_subject on public.audit_log (chain, subject, number);

-- How far each chain goes: who cuts its end off must also know to change this row, and whoever adds to it waits here.
create table public.audit_heads (
    chain integer primary key,
    number bigint not null,
    digest bytea not null
) with (fillfactor = 50);

-- The program runs as the tables' owner, so the owner gives these rights up; the triggers stop one who takes them back.
revoke update, delete, truncate on public.audit_log from current_user;
revoke delete, truncate on public.audit_heads from current_user;

create function public.audit_is_only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only added to' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_log_keeps before update or delete on public.audit_log
    for each row execute function public.audit_is_only_added_to();
create trigger audit_log_stays before truncate on public.audit_log
    for each statement execute function public.audit_is_only_added_to();
create trigger audit_heads_keep before delete on public.audit_heads
    for each row execute function public.audit_is_only_added_to();
create trigger audit_heads_stay before truncate on public.audit_heads
    for each statement execute function public.audit_is_only_added_to();
create trigger audit_heads_go_on before update on public.audit_heads
    for each row when (new.chain <> old.chain or new.number <> old.number + 1)
    execute function public.audit_is_only_added_to();

-- What goes into a digest: each part with its length before it, so that no two entries read the same.
create function public.audit_parts(variadic p_parts text[]) returns bytea language sql immutable as $$
    select convert_to(string_agg(
        coalesce(octet_length(convert_to(part, 'UTF8'))::text || ':' || part, '-'), ',' order by place), 'UTF8')
    from unnest(p_parts) with ordinality as given (part, place)
$$;

-- The one way to add an entry. Runs with the owner's rights, because a company's role has none on these tables; that
-- role writes to its own chain alone. Holds the chain's head until the transaction ends: no two entries get one place.
create function public.add_audit_entry(
    p_chain integer, p_who text, p_action text, p_subject text, p_outcome text, p_origin text, p_correlation text,
    p_before text, p_after text
) returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    acting constant text := current_setting('role');
    head public.audit_heads;
    moment timestamptz;
begin
    if acting ~ '_tenant_[0-9]+$' and p_chain <> substring(acting from '_tenant_([0-9]+)$')::integer then
        raise exception 'a company writes to its own audit log' using errcode = 'insufficient_privilege';
    end if;
    insert into public.audit_heads values (p_chain, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
    select * into head from public.audit_heads where chain = p_chain for update;
    moment := clock_timestamp();
    head.number := head.number + 1;
    head.digest := sha256(head.digest || public.audit_parts(
        p_chain::text, head.number::text, to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        p_who, p_action, p_subject, p_outcome, p_origin, p_correlation, p_before, p_after));
    insert into public.audit_log values (p_chain, head.number, moment, p_who, p_action, p_subject, p_outcome, p_origin,
        p_correlation, p_before, p_after, head.digest);
    update public.audit_heads set number = head.number, digest = head.digest where chain = p_chain;
    return head.number;
end
$$;
revoke execute on function
    public.add_audit_entry(integer, text, text, text, text, text, text, text, text) from public;

-- Which pools of workers have what to do. `waiting`: due and not begun; `oldest`: seconds the first of them has waited,
-- be it for the relay or in a queue (a job that was handed over is due again 8 seconds later). Figures only, and with the
-- owner's rights: an autoscaler's role needs the right to call this and no other.
create function public.pool_loads() returns table (pool text, waiting bigint, running bigint, oldest float8)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with recursive busy (tenant) as (
        (select tenant_id from public.jobs where state <> 'dead' order by tenant_id limit 1)
        union all
        select (select tenant_id from public.jobs where state <> 'dead' and tenant_id > tenant order by tenant_id limit 1)
        from busy where tenant is not null
    )
    select t.pool, sum(load.waiting)::bigint, sum(load.running)::bigint, max(load.oldest)
    from busy join public.tenants t on t.id = busy.tenant cross join lateral (
        select
            count(*) filter (where state <> 'running') as waiting,
            count(*) filter (where state = 'running') as running,
            coalesce(max(extract(epoch from now() - case state
                when 'pending' then due_at when 'dispatched' then due_at - interval '8 s' end)), 0)::float8 as oldest
        from (
            select state, due_at from public.jobs j
            where j.tenant_id = busy.tenant and j.state <> 'dead'
              and (j.due_at <= now() or j.state in ('dispatched', 'running'))
            order by due_at limit 10000
        ) at_hand
    ) load
    group by t.pool
$$;
revoke execute on function public.pool_loads() from public;
"""

DOWN = r"""
drop function public.pool_loads();
drop function public.add_audit_entry(integer, text, text, text, text, text, text, text, text);
drop function public.audit_parts(text[]);
drop table public.audit_heads;
drop table public.audit_log;
drop function public.audit_is_only_added_to();
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
