"""Roles, permissions and states of people, in the words of the panel."""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.access.role import Permission, Role
from domain.access.user import UserState


class RoleWords(NamedTuple):
    name: str
    may: str


ROLES: Final = {
    Role.OWNER: RoleWords("Dona ou dono", "Faz tudo, também equipe, plano, conexões e chaves."),
    Role.MANAGER: RoleWords(
        "Gerência", "Ajusta a secretária, resolve falhas e vê a auditoria; não muda equipe nem plano."
    ),
    Role.ATTENDANT: RoleWords("Atendimento", "Lê as conversas, assume, responde e devolve; cuida da agenda."),
    Role.VIEWER: RoleWords("Consulta", "Só olha: início, conversas e agenda."),
    Role.OPERATOR: RoleWords("Plataforma", "Cuida de todas as empresas."),
}
IN_A_COMPANY: Final = tuple(role for role in ROLES if role is not Role.OPERATOR)

STATES: Final = {UserState.INVITED: "convite em aberto", UserState.ACTIVE: "", UserState.DISABLED: "desativada"}

PERMISSIONS: Final = {
    Permission.HOME_READ: "Ver o resumo do dia",
    Permission.CONVERSATIONS_READ: "Ler conversas",
    Permission.CONVERSATIONS_ATTEND: "Assumir e responder conversas",
    Permission.AGENDA_READ: "Ver a agenda",
    Permission.AGENDA_WRITE: "Marcar, remarcar e cancelar horários",
    Permission.AGENDA_SETUP: "Mudar profissionais, serviços e horários",
    Permission.ASSISTANT_READ: "Ver os ajustes da secretária",
    Permission.ASSISTANT_WRITE: "Mudar os ajustes da secretária",
    Permission.DEAD_LETTERS_READ: "Ver falhas",
    Permission.DEAD_LETTERS_WRITE: "Repetir e descartar falhas",
    Permission.CONNECTIONS_READ: "Ver conexões",
    Permission.CONNECTIONS_WRITE: "Mudar conexões",
    Permission.BILLING_READ: "Ver plano e faturas",
    Permission.BILLING_WRITE: "Mudar o plano",
    Permission.USERS_READ: "Ver a equipe",
    Permission.USERS_WRITE: "Mudar a equipe",
    Permission.API_KEYS_WRITE: "Criar e revogar chaves",
    Permission.AUDIT_READ: "Ler a auditoria",
    Permission.COMPANY_EXPORT: "Exportar tudo o que a empresa tem aqui",
    Permission.PLATFORM_COMPANIES_READ: "Ver empresas",
    Permission.PLATFORM_COMPANIES_WRITE: "Abrir, suspender e fechar empresas",
    Permission.PLATFORM_WORKERS_READ: "Ver trabalhadores",
    Permission.PLATFORM_DEAD_LETTERS: "Ver e resolver falhas de todas as empresas",
    Permission.PLATFORM_AUDIT_READ: "Ler a auditoria da plataforma",
    Permission.PLATFORM_API_KEYS_WRITE: "Criar e revogar chaves da plataforma",
}


def role_name(role: Role) -> str:
    return ROLES[role].name
