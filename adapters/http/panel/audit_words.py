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
    "billing.": "Plano e faturas",
    "calendar.": "Calendário",
    "audit.": "Auditoria",
    "dead_letters.": "Falhas",
}
ACTIONS: Final = {
    "access.login": "Entrou",
    "access.password": "Senha recusada",
    "access.code": "Código recusado",
    "user.add": "Criou uma conta",
    "user.enable": "Reativou uma conta",
    "user.disable": "Desativou uma conta",
    "company.open": "Abriu a empresa",
    "company.connect": "Criou uma conexão",
    "company.pool": "Mudou o grupo de trabalhadores",
    "company.close": "Fechou a empresa",
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
    "keys.make": "Criou uma chave",
    "keys.revoke": "Revogou uma chave",
    "connections.add": "Criou uma conexão",
    "connections.rotate": "Trocou o segredo de uma conexão",
    "connections.switch": "Ligou ou desligou uma conexão",
    "connections.test": "Testou uma conexão",
    "billing.change_plan": "Mudou de plano",
    "billing.contacts": "Mudou quem recebe avisos",
    "billing.webhook": "Mudou o webhook de avisos",
    "calendar.connected": "Conectou um calendário",
    "calendar.given_up": "Desconectou o calendário",
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
PAGES: Final = {
    "/painel/conversas": "conversas",
    "/painel/conversas/{id": "uma conversa",
    "/painel/usuarios": "a equipe",
    "/painel/auditoria": "a auditoria",
    "/painel/empresas/auditoria": "a auditoria",
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
OUTCOMES: Final = {
    Outcome.DONE: ("feito", "good"),
    Outcome.REFUSED: ("negado", "bad"),
    Outcome.FAILED: ("não deu certo", "wait"),
}
ASKED: Final = re.compile(r"(GET|POST) (/painel\S*)")


def action(kept: str) -> str:
    known, asked = ACTIONS.get(kept), ASKED.fullmatch(kept)
    if known or not asked:
        return known or kept
    method, path = asked.groups()
    if method == "GET":
        page = PAGES.get(path.partition(":")[0], PAGES.get(path))
        return f"Abriu {page}" if page else f"Abriu {path}"
    return WAYS.get(path.rpartition("/")[2], kept)


def outcome(kept: str) -> tuple[str, str]:
    return OUTCOMES[Outcome(kept)]


def who(kept: str) -> str:
    """Of somebody who is not on the team any more, or is no person."""
    if kept == NOBODY:
        return "Alguém sem sessão"
    kind = {"user": "Pessoa que saiu", "key": "Chave", "os": "Plataforma, por comando"}.get(
        kept.partition(":")[0], "Sistema"
    )
    return f"{kind} ({kept.partition(':')[2][:8] or kept})"
