"""The statements that run for every message, as functions: one round trip and one plan each.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UP = r"""
-- Adds a job, or moves the one with the same key; a running one is asked to run once more. One that failed is not tried
-- sooner because it was asked for again.
create function public.add_job(
    p_tenant integer, p_actor text, p_args jsonb, p_key text, p_due timestamptz, p_correlation text
) returns void language sql as $$
    insert into public.jobs as j (tenant_id, actor, args, key, due_at, correlation)
    values (p_tenant, p_actor, p_args, p_key, coalesce(p_due, now()), p_correlation)
    on conflict (tenant_id, key) where key is not null and state <> 'dead' do update set
        due_at = case when j.state <> 'pending' then j.due_at
                      when j.failures > 0 then greatest(j.due_at, excluded.due_at)
                      else excluded.due_at end,
        again_at = case when j.state = 'running' then excluded.due_at else j.again_at end
$$;

-- Ends a claimed job: gone, or pending again if it was asked for meanwhile. False when the claim was lost.
create function public.finish_job(p_job bigint, p_fence bigint) returns boolean language plpgsql as $$
declare
    wanted timestamptz;
begin
    select again_at into wanted from public.jobs
        where id = p_job and fence = p_fence and state = 'running' for update;
    if not found then
        return false;
    end if;
    if wanted is null then
        delete from public.jobs where id = p_job;
    else
        update public.jobs set state = 'pending', due_at = wanted, again_at = null, failures = 0, worker = null
            where id = p_job;
    end if;
    return true;
end
$$;

-- Keeps webhooks and their jobs, each in its company's schema: true where the message is new, false for a repeat.
create function public.keep_webhooks(
    p_tenants integer[], p_connections text[], p_addresses text[], p_keys text[], p_previous text[], p_bodies text[],
    p_limited boolean[], p_correlations text[]
) returns boolean[] language plpgsql as $$
declare
    fresh boolean[] := '{}';
    kept bigint;
    addresses bigint[] := '{}';
    i integer;
begin
    for i in 1 .. cardinality(p_tenants) loop
        execute format($q$
            with known as (
                select id from %1$I.addresses where connection_id = $1 and address = $2
            ), made as (
                insert into %1$I.addresses as a (connection_id, address)
                select $1, $2 where not exists (select from known)
                on conflict (connection_id, address) do update set address = a.address
                returning id
            ), place as (
                select id from known union all select id from made
            )
            insert into %1$I.envelopes (address_id, message_key, body, limited, correlation)
            select id, $3, $5, $6, $7 from place
            where $4 is null
               or not exists (select from %1$I.envelopes e where e.address_id = place.id and e.message_key = $4)
            on conflict (address_id, message_key) do nothing
            returning address_id
        $q$, 'tenant_' || p_tenants[i])
        into kept
        using p_connections[i], p_addresses[i], p_keys[i], p_previous[i], p_bodies[i], p_limited[i], p_correlations[i];
        addresses := addresses || kept;
        fresh := fresh || (kept is not null);
    end loop;
    -- in the order in which workers claim them, so that neither waits for the other
    perform public.add_job(tenant, 'intake.read', jsonb_build_object('address', address), key, null, correlation)
        from (
            select distinct on (tenant, key) tenant, address, 'inbox:' || address as key, correlation
            from unnest(p_tenants, addresses, p_correlations) as kept_now (tenant, address, correlation)
            where address is not null order by tenant, key
        ) as jobs_to_add;
    return fresh;
end
$$;
"""

DOWN = r"""
drop function public.keep_webhooks(integer[], text[], text[], text[], text[], text[], boolean[], text[]);
drop function public.finish_job(bigint, bigint);
drop function public.add_job(integer, text, jsonb, text, timestamptz, text);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
