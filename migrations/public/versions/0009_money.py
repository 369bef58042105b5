"""Counters of past days fold themselves; what the provider says of nobody we know yet can be found when somebody appears.

Revision ID: 0009
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

UP = r"""
-- As before, and whoever writes the first row of a day for its backend folds the days before: each into one row (shard
-- 100), and what is older than 400 days into one row a year. So a company has at most 16 rows for the day, 16 for the last
-- day on which it was busy, 400 days and its years, and nothing has to be scheduled. One folds at a time, and passes over
-- rows that somebody is counting in; what is left is folded next time.
create or replace function public.count_usage(
    p_day date, p_messages bigint, p_calls bigint, p_input bigint, p_output bigint, p_cost bigint, p_watch boolean
) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    whose integer := substring(current_setting('role') from '_tenant_([0-9]+)$')::integer;
    fresh boolean;
begin
    if whose is null then
        raise insufficient_privilege using message = 'usage is counted for a company only';
    end if;
    if least(p_messages, p_calls, p_input, p_output, p_cost) < 0 then
        raise check_violation using message = 'usage does not shrink';
    end if;
    insert into public.usage as u (tenant_id, day, shard, messages, calls, input_tokens, output_tokens, cost)
    values (whose, p_day, pg_backend_pid() % 16, p_messages, p_calls, p_input, p_output, p_cost)
    on conflict (tenant_id, day, shard) do update set
        messages = u.messages + excluded.messages,
        calls = u.calls + excluded.calls,
        input_tokens = u.input_tokens + excluded.input_tokens,
        output_tokens = u.output_tokens + excluded.output_tokens,
        cost = u.cost + excluded.cost
    returning xmax = 0 into fresh;
    if fresh then
        perform public.fold_usage(whose, p_day);
    end if;
    if p_watch and not exists (
        select from public.jobs where tenant_id = whose and key = 'quotas:watch' and state in ('pending', 'dispatched')
    ) then
        perform public.add_job(whose, 'quotas.watch', '{}', 'quotas:watch', now() + interval '1 second', '');
    end if;
end
$$;

create function public.fold_usage(p_tenant integer, p_today date) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if not pg_try_advisory_xact_lock(1969647468, p_tenant) then  -- 'ufol'
        return;
    end if;
    with past as (
        select day, shard from public.usage
        where tenant_id = p_tenant
            and (day < p_today and shard <> 100 or day < p_today - 400 and day <> date_trunc('year', day)::date)
        for update skip locked
    ), gone as (
        delete from public.usage u using past
        where u.tenant_id = p_tenant and u.day = past.day and u.shard = past.shard
        returning case when u.day < p_today - 400 then date_trunc('year', u.day)::date else u.day end as day,
            u.messages, u.calls, u.input_tokens, u.output_tokens, u.cost
    )
    insert into public.usage as u (tenant_id, day, shard, messages, calls, input_tokens, output_tokens, cost)
    select p_tenant, day, 100, sum(messages), sum(calls), sum(input_tokens), sum(output_tokens), sum(cost)
    from gone group by day order by day
    on conflict (tenant_id, day, shard) do update set
        messages = u.messages + excluded.messages,
        calls = u.calls + excluded.calls,
        input_tokens = u.input_tokens + excluded.input_tokens,
        output_tokens = u.output_tokens + excluded.output_tokens,
        cost = u.cost + excluded.cost;
end
$$;
revoke all on function public.fold_usage(integer, date) from public;

-- Whom an event is about, in our words: what is kept of nobody's is found by these when its owner appears.
alter table public.billing_events
    add column charge text,
    add column subscription text,
    add column customer text,
    add column reference text,
    add column plan text;
update public.billing_events set
    charge = left(body #>> '{data,charge}', 200),
    subscription = left(body #>> '{data,subscription}', 200),
    customer = left(body #>> '{data,customer}', 200),
    reference = left(body #>> '{data,reference}', 200),
    plan = left(body #>> '{data,plan}', 200);
alter table public.charges add column cancelled_at timestamptz;
create index billing_events_unclaimed on public.billing_events (occurred_at) where outcome = 'unclaimed';
"""

DOWN = r"""
drop index public.billing_events_unclaimed;
alter table public.charges drop column cancelled_at;
alter table public.billing_events
    drop column charge,
    drop column subscription,
    drop column customer,
    drop column reference,
    drop column plan;
create or replace function public.count_usage(
    p_day date, p_messages bigint, p_calls bigint, p_input bigint, p_output bigint, p_cost bigint, p_watch boolean
) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    whose integer := substring(current_setting('role') from '_tenant_([0-9]+)$')::integer;
begin
    if whose is null then
        raise insufficient_privilege using message = 'usage is counted for a company only';
    end if;
    if least(p_messages, p_calls, p_input, p_output, p_cost) < 0 then
        raise check_violation using message = 'usage does not shrink';
    end if;
    insert into public.usage as u (tenant_id, day, shard, messages, calls, input_tokens, output_tokens, cost)
    values (whose, p_day, pg_backend_pid() % 16, p_messages, p_calls, p_input, p_output, p_cost)
    on conflict (tenant_id, day, shard) do update set
        messages = u.messages + excluded.messages,
        calls = u.calls + excluded.calls,
        input_tokens = u.input_tokens + excluded.input_tokens,
        output_tokens = u.output_tokens + excluded.output_tokens,
        cost = u.cost + excluded.cost;
    if p_watch and not exists (
        select from public.jobs where tenant_id = whose and key = 'quotas:watch' and state in ('pending', 'dispatched')
    ) then
        perform public.add_job(whose, 'quotas.watch', '{}', 'quotas:watch', now() + interval '1 second', '');
    end if;
end
$$;
drop function public.fold_usage(integer, date);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
