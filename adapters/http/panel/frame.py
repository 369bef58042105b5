"""What every page of somebody logged in stands in: the menu, the company's name and zone, the form token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from adapters.http.panel.pages import Pages, theme_of
from application.access.caller import Caller
from application.access.ports import Users
from application.access.sign_in import SHUT
from application.access.texts import why_it_rests
from application.companies.ports import Profile, Profiles
from application.conversations.list_talks import CountWaiting
from application.shared.ports import Clock
from domain.access.role import Permission
from domain.shared.ids import UserId

FLASH: Final = "recado"
LONGEST_FLASH: Final = 200
PLATFORM: Final = Profile("Plataforma", ZoneInfo("America/Sao_Paulo"))
"""What the operator sees in a company's place."""

Asked = Request[Any, Any, Any]


class Entry(NamedTuple):
    """A line of the menu, for whoever holds the permission; primary ones also stand in a telephone's bar."""

    key: str
    label: str
    href: str
    icon: str
    permission: Permission
    primary: bool = True


MENU: Final = (
    Entry("home", "Início", "/painel", "home", Permission.HOME_READ),
    Entry("talks", "Conversas", "/painel/conversas", "talks", Permission.CONVERSATIONS_READ),
    Entry("agenda", "Agenda", "/painel/agenda", "calendar", Permission.AGENDA_READ),
    Entry("dead_letters", "Falhas", "/painel/falhas", "alert", Permission.DEAD_LETTERS_READ),
    Entry("assistant", "Secretária", "/painel/config", "sliders", Permission.ASSISTANT_READ),
    Entry("connections", "Conexões", "/painel/conexoes", "plug", Permission.CONNECTIONS_READ, primary=False),
    Entry("users", "Equipe", "/painel/usuarios", "people", Permission.USERS_READ, primary=False),
    Entry("plan", "Plano", "/painel/plano", "wallet", Permission.BILLING_READ, primary=False),
    Entry("keys", "Chaves de API", "/painel/chaves", "key", Permission.API_KEYS_WRITE, primary=False),
    Entry("audit", "Auditoria", "/painel/auditoria", "shield", Permission.AUDIT_READ, primary=False),
    Entry("companies", "Empresas", "/painel/empresas", "building", Permission.PLATFORM_COMPANIES_READ),
    Entry("all_dead_letters", "Falhas", "/painel/empresas/falhas", "alert", Permission.PLATFORM_DEAD_LETTERS),
    Entry("workers", "Trabalhadores", "/painel/trabalhadores", "gear", Permission.PLATFORM_WORKERS_READ),
    Entry(
        "all_keys", "Chaves de API", "/painel/empresas/chaves", "key", Permission.PLATFORM_API_KEYS_WRITE, primary=False
    ),
    Entry(
        "all_audit", "Auditoria", "/painel/empresas/auditoria", "shield", Permission.PLATFORM_AUDIT_READ, primary=False
    ),
)


@dataclass(frozen=True, slots=True)
class Frame:
    pages: Pages
    profiles: Profiles
    waiting: CountWaiting
    clock: Clock
    users: Users

    async def page(
        self, request: Asked, caller: Caller, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> Response[str]:
        """A whole page. A message left by the request before is shown once."""
        flash = request.cookies.get(FLASH, "")[:LONGEST_FLASH]
        around = await self.around(request, caller)
        around |= {"flash": FLASHES.get(flash), "theme": theme_of(request)}
        around |= {"menu": [entry for entry in MENU if entry.permission in caller.permissions]}
        around |= await self._standing(caller)
        around |= {"waiting": 0 if caller.company is None else await self.waiting(caller.company)}
        answer = self.pages.answer(template, around | dict(context), status=status)
        if flash:
            answer.delete_cookie(FLASH, path="/painel")
        return answer

    async def _standing(self, caller: Caller) -> dict[str, object]:
        """Why the company rests, where it does, and where else this person belongs."""
        places = () if caller.session is None else await self.users.places(UserId(caller.id))
        here = next((each for each in places if each.company == caller.company), None)
        rests = None if here is None else why_it_rests(here, (await self.profiles.of(here.company)).zone)
        leaves = here is not None and here.closes_at is not None
        return {
            "rests": rests,
            "may_pack": leaves and Permission.COMPANY_EXPORT in caller.permissions,
            "elsewhere": [each for each in places if each.company != caller.company and each.state not in SHUT],
        }

    async def part(
        self, request: Asked, caller: Caller, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> Response[str]:
        """A piece of a page, for HTMX."""
        around = await self.around(request, caller)
        return self.pages.answer(template, around | dict(context), status=status)

    async def around(self, request: Asked, caller: Caller) -> dict[str, object]:
        profile = PLATFORM if caller.company is None else await self.profiles.of(caller.company)
        return {
            "me": caller,
            "company": profile.name,
            "zone": profile.zone,
            "now": self.clock(),
            "csrf": request.app.state.access.csrf.token(caller.session or ""),
            "may_attend": Permission.CONVERSATIONS_ATTEND in caller.permissions,
        }


FLASHES: Final[Mapping[str, str]] = {
    "assumida": "A conversa é sua: a secretária fica em silêncio.",
    "devolvida": "Conversa devolvida: a secretária responde às próximas mensagens.",
    "anotada": "Nota guardada. Só a equipe vê.",
    "enviada": "Resposta a caminho.",
    "resumida": "Resumo pronto.",
    "repetida": "Pedimos uma nova tentativa.",
    "descartada": "Falha descartada.",
    "nenhuma": "Marque ao menos uma falha que ainda esteja na lista.",
    "salva": "Publicado: vale a partir da próxima mensagem.",
    "restaurada": "A versão escolhida voltou a valer.",
    "marcado": "Horário marcado.",
    "marcado-pendente": "Horário reservado. Falta a resposta do calendário da empresa.",
    "email-do-cliente": "E-mail guardado.",
    "remarcado": "Horário mudado.",
    "remarcado-pendente": "Mudança pedida. Falta a resposta do calendário da empresa.",
    "confirmado": "Presença confirmada.",
    "compareceu": "Anotado: o cliente compareceu.",
    "faltou": "Anotado: o cliente não compareceu.",
    "cancelado": "Agendamento cancelado. O horário está livre.",
    "lembrete": "Lembrete a caminho: em instantes o cartão diz se chegou.",
    "calendario-proprio": "A agenda da Secretaria voltou a valer sozinha.",
    "endereco-encerrado": "Endereço encerrado: ele não mostra mais nada.",
    "follow-up": "Follow-up a caminho.",
    "profissional": "Profissional guardado.",
    "servico": "Serviço guardado.",
    "folga": "Folga marcada.",
    "lembretes": "Lembretes guardados.",
    "folga-tirada": "Folga retirada: o horário volta a valer.",
    "regras": "Regras da agenda guardadas.",
    "nome": "Nome atualizado.",
    "senha": "Senha trocada. As outras sessões foram encerradas.",
    "endereco": "Enviamos um link ao novo e-mail. Até você abrir, o atual continua valendo.",
    "segundo-fator-desligado": "A verificação em duas etapas foi desligada.",
    "convidada": "Convite enviado por e-mail.",
    "papel": "Papel alterado: vale a partir do próximo clique da pessoa.",
    "bloqueada": "Acesso bloqueado. As sessões da pessoa foram encerradas.",
    "liberada": "Acesso liberado.",
    "sessoes-da-pessoa": "As sessões da pessoa foram encerradas.",
    "removida": "A pessoa não faz mais parte da empresa.",
    "login-guardado": "Login da empresa guardado. Experimente o link antes de passá-lo à equipe.",
    "login-removido": "Login da empresa removido.",
    "revogada": "Chave revogada.",
    "conexao-alterada": "Conexão alterada. Teste-a antes de sair.",
    "conexao-desligada": "Conexão desligada.",
    "conexao-ligada": "Conexão ligada.",
    "plano": "Plano alterado: já está valendo.",
    "contatos": "E-mails guardados.",
    "sem-webhook": "Webhook de avisos desligado.",
    "abertura": "A abertura começou: acompanhe os passos.",
    "abertura-desfeita": "A abertura foi desfeita.",
    "empresa-suspensa": "Empresa suspensa: a secretária parou de responder.",
    "empresa-de-volta": "A empresa voltou ao trabalho.",
    "empresa-de-saida": "Encerramento marcado. Até o prazo dá para cancelar.",
    "empresa-de-grupo": "A empresa passou para outro grupo de trabalhadores.",
    "sessao-encerrada": "Sessão encerrada.",
    "sessoes-encerradas": "As outras sessões foram encerradas.",
}
"""By key, so that a cookie somebody else may have set can only choose among our own sentences."""


def back_to(href: str, flash: str) -> Redirect:
    """After a plain form: the page again, with a word about what happened."""
    cookie = Cookie(FLASH, value=quote(flash), max_age=60, path="/painel", httponly=True, samesite="lax")
    return Redirect(href, status_code=303, cookies=[cookie])
