"""What the agenda's tools tell the model beside what they found: what to say of it, and what to ask."""

from __future__ import annotations

from typing import Final

UNSEEN: Final = (
    "A pessoa ainda não viu este horário: diga qual é, peça a confirmação e espere a resposta dela antes de marcar."
)
NOTHING_FREE: Final = "Não há horários livres por agora; ofereça a lista de espera ou chamar alguém da equipe."
NEARBY: Final = (
    "Nada livre exatamente quando a pessoa pediu; estes são os mais próximos."
    " Se nenhum servir, ofereça a lista de espera."
)
NOBODY_SO: Final = "Não encontrei esse profissional. Pergunte com quem a pessoa quer: {names}."
NEVER: Final = "{why} Diga isso à pessoa; estes são os mais próximos."
NOT_WAITED_FOR: Final = "Não entrou na lista de espera: {why} Diga isso à pessoa; estes são os mais próximos."
FREE_ALREADY: Final = (
    "Não entrou na lista de espera: já há horários livres assim. Se nenhum servir, pergunte que dias e horas serviriam."
)
