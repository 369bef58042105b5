"""A webhook is kept by a function in the company's own schema, so that PostgreSQL plans its statements once per connection.

Planned anew for each message, as text with the schema's name in it, they cost twice as much as they do.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UP = r"""
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
"""

DOWN = "drop function keep_webhook(text, text, text, text, text, boolean, text);"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
