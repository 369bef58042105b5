"""Webhooks are kept by each company's own `keep_webhook`; `keep_webhooks` stays for processes of the release before.

Revision ID: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UP = r"""
-- Keeps webhooks and their jobs, each in its company's schema: true where the message is new, false for a repeat.
create function public.keep_envelopes(
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
        execute format('select %I.keep_webhook($1, $2, $3, $4, $5, $6, $7)', 'tenant_' || p_tenants[i])
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
drop function public.keep_envelopes(integer[], text[], text[], text[], text[], text[], boolean[], text[]);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
