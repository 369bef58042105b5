"""A worker may take a job that its own work adds, instead of letting it go round by relay and queue.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UP = r"""
-- Adds a job that is due as already running in the worker that adds it: its id, with fence 1. Null where there is one with
-- that key; then it is added or asked for again as by add_job.
create function public.take_job(
    p_tenant integer, p_actor text, p_args jsonb, p_key text, p_correlation text, p_worker text, p_lease interval
) returns bigint language plpgsql as $$
declare
    taken bigint;
begin
    insert into public.jobs (tenant_id, actor, args, key, correlation, state, fence, worker, due_at)
        values (p_tenant, p_actor, p_args, p_key, p_correlation, 'running', 1, p_worker, now() + p_lease)
        on conflict (tenant_id, key) where key is not null and state <> 'dead' do nothing
        returning id into taken;
    if taken is null then
        perform public.add_job(p_tenant, p_actor, p_args, p_key, null, p_correlation);
    end if;
    return taken;
end
$$;
"""

DOWN = "drop function public.take_job(integer, text, jsonb, text, text, text, interval);"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
