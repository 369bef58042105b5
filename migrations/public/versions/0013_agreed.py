"""Whoever is invited belongs to a company only once they have agreed; a letter's link says to which.

Revision ID: 0013
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# who belonged before has agreed: also to code of before, which writes no such column
UP = """
alter table public.memberships add column agreed boolean not null default true;
alter table public.letter_tickets add column tenant_id integer references public.tenants (id);
alter table public.letter_tickets drop constraint letter_tickets_one_each;
alter table public.letter_tickets
    add constraint letter_tickets_one_each unique nulls not distinct (user_id, purpose, tenant_id);
alter table public.letter_tickets drop constraint letter_tickets_purpose_check;
alter table public.letter_tickets
    add constraint letter_tickets_purpose_check check (purpose in ('reset', 'invitation', 'email', 'joining'));
"""

# who has not agreed does not come in by going back
DOWN = """
delete from public.memberships where not agreed;
delete from public.letter_tickets where tenant_id is not null;
alter table public.letter_tickets drop constraint letter_tickets_purpose_check;
alter table public.letter_tickets
    add constraint letter_tickets_purpose_check check (purpose in ('reset', 'invitation', 'email'));
alter table public.letter_tickets drop constraint letter_tickets_one_each;
alter table public.letter_tickets drop column tenant_id;
alter table public.letter_tickets add constraint letter_tickets_one_each unique (user_id, purpose);
alter table public.memberships drop column agreed;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
