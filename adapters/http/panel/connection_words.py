"""Connections in the words of the panel: families of Whaticket, proofs of webhooks, and what has to be set up over there."""

from __future__ import annotations

from typing import Final

from domain.companies.connection import AuthMode, Connection, Dialect

FAMILIES: Final = {
    Dialect.SAAS_CLASSIC: "Whaticket SaaS (o mais comum)",
    Dialect.CODATENDE: "Whaticket SaaS novo (Codatende)",
    Dialect.AUTOATENDE: "AutoAtende",
    Dialect.TICKETZ: "Ticketz",
    Dialect.COMMUNITY: "Whaticket Community",
    Dialect.PRESS_TICKET: "Press-Ticket",
    Dialect.WHAPIV4: "whapiv4",
    Dialect.ENVELOPE: "Whaticket SaaS fechado (revendas)",
}
PROOFS: Final = {
    AuthMode.PATH: ("No endereço", "O segredo faz parte do endereço. Funciona em qualquer Whaticket."),
    AuthMode.HEADER: ("Em um cabeçalho", "O segredo vai em X-N8N-API-KEY ou Authorization."),
    AuthMode.HMAC: (
        "Assinatura",
        "Cada mensagem é assinada em X-Signature. Precisa do AutoAtende ou de um retransmissor.",
    ),
}
EVERYWHERE: Final = (
    "Deixe uma conexão padrão conectada ao WhatsApp, com o celular por perto.",
    "Use um token de conexão longo e aleatório, só desta integração.",
    "Crie um usuário do painel só para a Secretaria, com todas as filas, para passar conversas a pessoas.",
)
QUEUE: Final = (
    "Crie uma fila na conexão e ligue nela a integração com o endereço do webhook.",
    "Nessa fila, desligue horário, saudação, opções de chatbot e avaliação: quem fala é a secretária.",
)
NO_WEBHOOK: Final = (
    "Esta versão não avisa mensagens recebidas sozinha: instale o retransmissor que envia ao webhook.",
)
OF_FAMILY: Final = {
    Dialect.SAAS_CLASSIC: QUEUE,
    Dialect.CODATENDE: QUEUE,
    Dialect.AUTOATENDE: (
        "No FlowBuilder, use o nó de webhook com este endereço e o segredo; ele assina cada mensagem.",
        "Deixe a fila sem saudação nem opções de chatbot: quem fala é a secretária.",
    ),
    Dialect.TICKETZ: NO_WEBHOOK,
    Dialect.COMMUNITY: NO_WEBHOOK,
    Dialect.PRESS_TICKET: ("Ligue o webhook na fila que a secretária atende.",),
    Dialect.WHAPIV4: ("Em Configurações, ligue o webhook de mensagens com este endereço.",),
    Dialect.ENVELOPE: ("Nas configurações da conexão, cole o endereço em “URL de webhook”.",),
}
TRIED: Final = {"address": "Endereço", "token": "Token de envio", "login": "Login do painel"}
FOUND: Final = {
    "accepted": "O Whaticket aceitou.",
    "refused": "Recusado. Confira se foi copiado inteiro e se ainda vale.",
    "absent": "O endereço respondeu, mas não é a API deste tipo de Whaticket. Confira o endereço e o tipo.",
    "ill": "O Whaticket respondeu com erro. Veja se a conexão dele está no ar e tente de novo.",
    "slow": "O Whaticket não respondeu em oito segundos.",
    "unreachable": "Não foi possível chegar ao endereço. Confira se está certo e no ar.",
    "unusable": "O endereço não pode ser usado daqui. Precisa começar com https:// e ser público.",
}
PROBLEMS: Final = {
    "connection.whaticket_url": (
        "endereco",
        "Escreva o endereço da API como https://api.exemplo.com.br, sem usuário nem senha.",
    ),
    "connection.api_token": (
        "token",
        "Para responder é preciso o token da conexão, copiado inteiro, ou um login do painel.",
    ),
    "connection.panel_email": (
        "painel-email",
        "O login do painel é um e-mail e uma senha: preencha os dois ou nenhum.",
    ),
    "connection.panel_password": ("painel-senha", "A senha tem um caractere que não pode ser usado."),
    "connection.sends_per_minute": ("ritmo", "Escreva um número de 1 a 100000, ou deixe vazio."),
    "connection.name": ("nome", "Dê um nome à conexão."),
}
"""The field of an order that was refused -> the form's own, and what to change."""


def checklist(connection: Connection) -> tuple[str, ...]:
    return (*OF_FAMILY[connection.dialect], *EVERYWHERE)
