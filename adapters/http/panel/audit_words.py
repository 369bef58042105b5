"""What the audit log calls a deed, in words; what has none is shown as it is kept."""

from __future__ import annotations

import re
from typing import Final

from domain.audit.entry import NOBODY, Outcome

GROUPS: Final = {
    "access.": "Entradas, senhas e códigos",
    "users.": "Equipe",
    "keys.": "Chaves de API",
    "connections.": "Conexões",
    "agenda.": "Ajustes da agenda",
    "appointment.": "Agendamentos",
    "billing.": "Plano e faturas",
    "calendar.": "Calendário",
    "company.": "Empresa",
    "audit.": "Auditoria",
    "dead_letters.": "Falhas",
}
ACTIONS: Final = {
    "access.login": "Entrou",
    "access.password": "Senha recusada",
    "access.code": "Código recusado",
    "access.company": "Passou a outra empresa",
    "user.add": "Criou uma conta",
    "user.enable": "Reativou uma conta",
    "user.reset_factor": "Desligou a verificação em duas etapas de uma conta",
    "user.disable": "Desativou uma conta",
    "company.open": "Abriu a empresa",
    "company.connect": "Criou uma conexão",
    "company.pool": "Mudou o grupo de trabalhadores",
    "company.close": "Fechou a empresa",
    "company.closing": "Começou a fechar a empresa",
    "company.opened": "Abriu a empresa",
    "company.open.retry": "Continuou uma abertura",
    "company.open.undo": "Desfez uma abertura",
    "company.open.secrets": "Viu os dados de acesso de uma abertura",
    "company.look": "Viu os dados da empresa",
    "company.suspend": "Suspendeu a empresa",
    "company.resume": "Retomou a empresa",
    "company.leave": "Marcou o encerramento da empresa",
    "company.export": "Exportou os dados da empresa",
    "secrets.set": "Trocou um segredo de conexão",
    "secrets.rotate": "Trocou a chave dos dados",
    "secrets.rotate_webhook": "Trocou o segredo de uma conexão",
    "users.invite": "Convidou uma pessoa",
    "users.invite_again": "Enviou o convite de novo",
    "users.role": "Mudou o papel de uma pessoa",
    "users.shut_out": "Bloqueou o acesso de uma pessoa",
    "users.let_in": "Liberou o acesso de uma pessoa",
    "users.end_sessions": "Encerrou as sessões de uma pessoa",
    "users.take_off": "Removeu uma pessoa",
    "users.sign_on": "Configurou o login da empresa",
    "users.sign_on_removed": "Removeu o login da empresa",
    "keys.make": "Criou uma chave",
    "keys.revoke": "Revogou uma chave",
    "users.added": "Conta criada",
    "users.changed": "Conta alterada",
    "users.placed": "Entrou na equipe",
    "users.joined": "Aceitou o convite",
    "users.taken_off": "Saiu da equipe",
    "keys.made": "Chave criada",
    "keys.revoked": "Chave revogada",
    "sign_on.set": "Login externo configurado",
    "sign_on.removed": "Login externo removido",
    "company.changed": "Dados da empresa alterados",
    "assistant.published": "Ajustes da secretária publicados",
    "assistant.restored": "Ajustes da secretária restaurados",
    "connections.add": "Criou uma conexão",
    "connections.change": "Mudou uma conexão",
    "connections.rotate": "Trocou o segredo de uma conexão",
    "connections.switch": "Ligou ou desligou uma conexão",
    "connections.test": "Testou uma conexão",
    "agenda.rules": "Mudou as regras da agenda",
    "agenda.reminders": "Mudou os lembretes da agenda",
    "agenda.professional": "Mudou um profissional",
    "agenda.service": "Mudou um serviço",
    "agenda.day_off": "Marcou uma folga",
    "agenda.day_off_removed": "Tirou uma folga",
    "agenda.wait": "Pôs alguém na lista de espera",
    "agenda.wait_removed": "Tirou alguém da lista de espera",
    "agenda.book": "Pediu um horário",
    "agenda.reschedule": "Pediu para remarcar",
    "agenda.cancel": "Pediu para cancelar um horário",
    "agenda.confirm": "Pediu para confirmar um horário",
    "agenda.kept": "Disse que o cliente veio",
    "agenda.missed": "Disse que o cliente não veio",
    "agenda.remind": "Pediu um lembrete",
    "agenda.follow_up": "Pediu para reenviar o follow-up",
    "reminder.asked": "Lembrete pedido",
    "client.email": "E-mail do cliente mudado",
    "conversation.begun": "Conversa aberta pela empresa",
    "reminder.sent": "Lembrete enviado",
    "followup_next_scheduled": "Follow-up programado",
    "followup_sent": "Follow-up enviado",
    "followup_response": "Cliente respondeu ao follow-up",
    "no_show_response": "Cliente falou da falta",
    "offer.sent": "Horário livre oferecido",
    "change.told": "Cliente avisado da mudança do horário",
    "change.not_told": "Cliente não avisado da mudança do horário",
    "contact.stop": "Cliente pediu para não receber avisos",
    "contact.back": "Cliente voltou a aceitar avisos",
    "appointment.booked": "Horário marcado",
    "appointment.confirmed": "Horário confirmado",
    "appointment.moved": "Horário remarcado",
    "appointment.cancelled": "Horário cancelado",
    "appointment.fell_through": "Horário recusado pelo calendário",
    "appointment.kept": "Cliente compareceu",
    "appointment.missed": "Cliente não compareceu",
    "billing.change_plan": "Mudou de plano",
    "billing.contacts": "Mudou quem recebe avisos",
    "billing.webhook": "Mudou o webhook de avisos",
    "billing.replay": "Aplicou avisos guardados do provedor de pagamentos",
    "calendar.connect": "Pediu para conectar um calendário",
    "calendar.give_up": "Pediu para desconectar o calendário",
    "calendar.secret": "Pediu para trocar o segredo do webhook do calendário",
    "calendar.secret_changed": "Trocou o segredo do webhook do calendário",
    "calendar.test": "Testou o calendário",
    "agenda.feed": "Pediu um endereço de calendário",
    "agenda.feed_end": "Pediu para encerrar um endereço de calendário",
    "calendar.connected": "Conectou um calendário",
    "calendar.given_up": "Desconectou o calendário",
    "calendar.not_moved_there": "Mudança feita no calendário que a agenda não pôde seguir",
    "calendar.not_cancelled_there": "Cancelamento feito no calendário que a agenda não pôde seguir",
    "calendar.not_missed_there": "Falta marcada no calendário que a agenda não pôde seguir",
    "calendar.not_cancelled_here": "Cancelamento que o calendário não aceitou",
    "calendar.not_lost_there": "Mudança feita no calendário cujo novo horário não foi encontrado",
    "calendar.not_unlike": "Reserva no calendário que a agenda não pôde conferir",
    "calendar.not_surplus": "Reserva dobrada que o calendário não deixou desfazer",
    "calendar.not_stranger": "Horário ocupado no calendário por outra via que já era de alguém na agenda",
    "calendar.stranger": "Horário ocupado no calendário por outra via",
    "calendar.stranger_gone": "Horário liberado no calendário por outra via",
    "calendar.surplus": "Desfez uma reserva dobrada no calendário",
    "calendar.cancelled_here": "Cancelou no calendário o que já estava cancelado",
    "agenda.feed_given": "Gerou um endereço de calendário",
    "agenda.feed_taken_back": "Encerrou um endereço de calendário",
    "dead_letters.retry": "Pediu nova tentativa de uma falha",
    "dead_letters.discard": "Descartou uma falha",
    "audit.export": "Exportou a auditoria",
}
OPENED: Final = {
    "/painel/conversas": "Abriu as conversas",
    "/painel/conversas/ao-vivo": "Acompanhou as conversas ao vivo",
    "/painel/conversas/barradas": "Abriu as respostas barradas",
    "/painel/conversas/{id}": "Abriu uma conversa",
    "/painel/conversas/{id}/anteriores": "Leu mensagens anteriores de uma conversa",
    "/painel/conversas/{id}/ao-vivo": "Acompanhou uma conversa ao vivo",
    "/painel/agenda": "Abriu a agenda",
    "/painel/agenda/ao-vivo": "Acompanhou a agenda ao vivo",
    "/painel/agenda/{id}": "Abriu um agendamento",
    "/painel/agenda/{id}/lembretes": "Viu os lembretes de um agendamento",
    "/painel/agenda/pos-atendimento": "Abriu o pós-atendimento",
    "/painel/usuarios": "Abriu a equipe",
    "/painel/auditoria": "Abriu a auditoria",
    "/painel/empresas/auditoria": "Abriu a auditoria",
}
WAYS: Final = {
    "assumir": "Assumiu uma conversa",
    "devolver": "Devolveu uma conversa",
    "responder": "Respondeu a um cliente",
    "notas": "Guardou uma nota",
    "resumo": "Pediu um resumo",
    "repetir": "Pediu nova tentativa de uma falha",
    "descartar": "Descartou uma falha",
    "config": "Publicou ajustes da secretária",
    "restaurar": "Voltou a uma versão dos ajustes",
    "sair": "Saiu",
    "senha": "Trocou a própria senha",
    "nome": "Mudou o próprio nome",
    "endereco": "Pediu para trocar o próprio e-mail",
}
OWN: Final = {
    "/painel/conta/duas-etapas": "Começou a ligar a própria verificação em duas etapas",
    "/painel/conta/duas-etapas/confirmar": "Ligou a própria verificação em duas etapas",
    "/painel/conta/duas-etapas/desligar": "Desligou a própria verificação em duas etapas",
    "/painel/conta/sessoes/encerrar-outras": "Encerrou as próprias outras sessões",
    "/painel/conta/sessoes/{id}/encerrar": "Encerrou uma sessão própria",
    "/painel/config/previa": "Experimentou uma resposta da secretária",
    "/painel/conexoes": "Pediu para criar uma conexão",
    "/painel/conexoes/{id}/ligar": "Pediu para ligar uma conexão",
    "/painel/conexoes/{id}/desligar": "Pediu para desligar uma conexão",
    "/painel/plano/contatos": "Pediu para mudar quem recebe avisos",
    "/painel/plano/webhook": "Pediu para mudar o webhook de avisos",
}
OUTCOMES: Final = {
    Outcome.DONE: ("feito", "good"),
    Outcome.REFUSED: ("negado", "bad"),
    Outcome.FAILED: ("não deu certo", "wait"),
}
TYPE: Final = re.compile(r":\w+}")
"""What a route says of a number in its path; the log keeps it without."""

ASKED: Final = re.compile(r"(GET|POST) (/painel\S*)")


def action(kept: str) -> str:
    known, asked = ACTIONS.get(kept), ASKED.fullmatch(kept)
    if known or not asked:
        return known or kept
    method, path = asked.groups()
    if method == "GET":
        return OPENED.get(TYPE.sub("}", path), f"Abriu {path}")
    return OWN.get(TYPE.sub("}", path)) or WAYS.get(path.rpartition("/")[2], kept)


def outcome(kept: str) -> tuple[str, str]:
    return OUTCOMES[Outcome(kept)]


def who(kept: str) -> str:
    """Of somebody who is not on the team any more, or is no person."""
    if kept == NOBODY:
        return "Alguém sem sessão"
    if kept.startswith("contact:"):
        return "Cliente, pela conversa"
    if kept == "system":
        return "Sistema"
    kind = {"user": "Pessoa que saiu", "key": "Chave", "os": "Plataforma, por comando"}.get(
        kept.partition(":")[0], "Sistema"
    )
    return f"{kind} ({kept.partition(':')[2][:8] or kept})"
