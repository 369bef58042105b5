"""The agenda's tools as the model is told of them."""

from __future__ import annotations

from typing import Any, Final

from application.assistant.tools import Tool


def _object(required: tuple[str, ...] = (), **properties: str) -> dict[str, Any]:
    told = {name: {"type": "string", "description": description} for name, description in properties.items()}
    return {"type": "object", "properties": told, "required": list(required)}


SLOT: Final = "o código do horário, exatamente como veio de find_slots ou da lista de horários oferecidos"
APPOINTMENT: Final = "o código do agendamento, como aparece em my_appointments"

TOOLS: Final = (
    Tool("list_services", "Serviços que podem ser marcados: duração, preço, quem atende e em que dias e horas."),
    Tool(
        "find_slots",
        "Horários livres para um serviço. Devolve códigos de horário, ou uma pergunta a fazer à pessoa.",
        _object(
            ("service", "when"),
            service="nome do serviço",
            when='quando a pessoa quer vir, com as palavras dela ("quinta depois do almoço", "o quanto antes")',
            professional="nome de quem atende, só se a pessoa pediu alguém",
            appointment="código do agendamento que vai mudar de horário ou de profissional, só para remarcar",
        ),
    ),
    Tool("hold_slot", "Guarda um horário por alguns minutos enquanto a pessoa decide.", _object(("slot",), slot=SLOT)),
    Tool(
        "book",
        "Marca um horário que já foi oferecido e que a pessoa acabou de confirmar.",
        _object(("slot",), slot=SLOT),
    ),
    Tool(
        "move",
        "Muda um agendamento desta pessoa para um horário já oferecido e confirmado por ela, também com outro profissional.",
        _object(("appointment", "slot"), appointment=APPOINTMENT, slot=SLOT),
    ),
    Tool(
        "cancel",
        "Cancela um agendamento desta pessoa, depois que ela confirmou que quer cancelar.",
        _object(("appointment",), appointment=APPOINTMENT),
    ),
    Tool("my_appointments", "Os agendamentos desta pessoa, com seus códigos."),
    Tool(
        "join_waiting_list",
        "Põe esta pessoa na lista de espera de um serviço, quando nenhum horário livre serve e ela quer ser avisada se abrir"
        " um. Se há horário livre como ela quer, devolve os horários e não põe na lista.",
        _object(
            ("service",),
            service="nome do serviço",
            when='quando serviria, com as palavras dela ("quinta de manhã"); sem isso, o primeiro que abrir',
            professional="nome de quem atende, só se a pessoa pediu alguém",
        ),
    ),
    Tool(
        "leave_waiting_list",
        "Tira esta pessoa da lista de espera de um serviço.",
        _object(("service",), service="nome do serviço"),
    ),
    Tool("my_waiting_list", "O que esta pessoa espera na lista de espera."),
    Tool("ask_for_person", "Chama uma pessoa da equipe para continuar a conversa."),
)
