"""A dead letter keeps its key, so that trying it again by hand and the same work under way are one job; what is due has an index.

Revision ID: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADD_JOB = r"""
create or replace function public.add_job(
    p_tenant integer, p_actor text, p_args jsonb, p_key text, p_due timestamptz, p_correlation text
) returns void language sql as $$
    insert into public.jobs as j (tenant_id, actor, args, key, due_at, correlation)
    values (p_tenant, p_actor, p_args, p_key, coalesce(p_due, now()), p_correlation)
    on conflict (tenant_id, key) where %(which)s do update set
        due_at = case when j.state = 'pending' then excluded.due_at else j.due_at end,
        again_at = case when j.state = 'running' then excluded.due_at else j.again_at end
$$;
"""

ONE_PER_KEY = r"""
drop index public.jobs_one_per_key;
create unique index jobs_one_per_key on public.jobs (tenant_id, key) where %(which)s;
"""

ALIVE = "key is not null and state <> 'dead'"
ANY = "key is not null"

UP = f"""
{ONE_PER_KEY % {"which": ALIVE}}
{ADD_JOB % {"which": ALIVE}}
create index jobs_due_of_any on public.jobs (due_at) where state <> 'dead';
"""

DOWN = f"""
drop index public.jobs_due_of_any;
update public.jobs set key = null where state = 'dead';
{ONE_PER_KEY % {"which": ANY}}
{ADD_JOB % {"which": ANY}}
"""  # noqa: S608 - nothing in it but our own words


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
