"""Bookings by chat: what a conversation was offered and where its menu stands; the replies that claimed what was not so.

Revision ID: 0007
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UP = r"""
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
"""

DOWN = r"""
drop table held_claims;
drop table booking_talks;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
