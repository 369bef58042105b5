"""A company that has been at it for three months: 10,000 conversations, what was said in them and what it cost."""

from __future__ import annotations

from typing import Final

MANY: Final = 10_000
FILL: Final = """
set search_path to tenant_{tenant};
truncate contacts restart identity cascade;
insert into contacts (phone, name)
    select '+55119' || lpad(n::text, 8, '0'), 'Cliente ' || n from generate_series(1, 10000) n;
insert into conversations (connection_id, contact_id, reply_to, holder, last_inbound_at, created_at)
    select 'c', id, 'x', case when id % 50 = 0 then 'waiting' when id % 70 = 0 then 'person' else 'assistant' end,
        now() - id * interval '13 minutes', now() - id * interval '13 minutes'
    from contacts;
insert into addresses (connection_id, address, contact_id) select 'c', id, id from contacts;
insert into envelopes (address_id, message_key, body)
    select id, 'k' || n, '{{}}' from addresses, generate_series(1, 4) n;
insert into messages (conversation_id, envelope_id, author, kind, text, sent_at, received_at, state)
    select v.id, e.id, 'contact', 'text',
        (array['Bom dia, vocês fazem limpeza à tarde?', 'Quanto custa uma consulta com a doutora?',
               'Preciso remarcar o horário de amanhã', 'Obrigada!', 'Vocês atendem convênio? Qual o endereço?',
               'Meu filho está com dor de dente desde ontem'])[1 + (e.id % 6)::int]
            || case when e.id % 9001 = 0 then ' prótese de zircônia' else '' end,
        v.last_inbound_at, v.last_inbound_at, 'answered'
    from envelopes e join addresses a on a.id = e.address_id join conversations v on v.contact_id = a.contact_id
    order by v.last_inbound_at;
insert into outgoing (conversation_id, answers_to, origin, text, state, created_at, finished_at)
    select conversation_id, id, 'assistant', 'Claro! Atendemos de segunda a sexta, das 8h às 18h.', 'sent',
        received_at + interval '6 seconds', received_at + interval '7 seconds'
    from messages where id % 2 = 0 order by received_at;
insert into model_calls (conversation_id, model, rung, input_tokens, output_tokens, cost_micros, seconds, at)
    select conversation_id, 'model', 'main', 900, 90, 500, 1.2, created_at from outgoing;
analyze contacts, conversations, addresses, envelopes, messages, outgoing, model_calls;
reset search_path;
"""
"""`tenant`: its number; what other measures left there is gone.

Whole days lie behind, so that the day at a glance has something to count."""
