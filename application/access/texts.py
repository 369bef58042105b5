"""What people read of us in their mail, and why a password or a code was not taken, in Portuguese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from application.access.ports import Place
from application.shared.mail import Mail
from domain.access.password import Fault
from domain.companies.company import State

FAULTS: Final[Mapping[Fault, str]] = {
    Fault.SHORT: "A senha precisa ter pelo menos 8 caracteres.",
    Fault.LONG: "A senha pode ter no máximo 256 caracteres.",
    Fault.COMMON: "Essa senha é uma das primeiras que alguém tentaria. Uma frase curta, só sua, funciona bem.",
    Fault.PERSONAL: "A senha não pode ser o seu e-mail.",
}

_SIGNATURE: Final = "\n\nSe você não esperava esta mensagem, pode ignorá-la.\n\nSecretaria"


def reset_letter(to: str, name: str, link: str) -> Mail:
    text = (
        f"Olá, {name}.\n\nPara escolher uma nova senha, abra este endereço em até uma hora:\n\n{link}\n\n"
        "Ele funciona uma única vez. Sua senha atual continua valendo até lá."
    )
    return Mail(to, "Escolha uma nova senha", text + _SIGNATURE)


def invitation_letter(to: str, name: str, company: str, link: str) -> Mail:
    text = (
        f"Olá, {name}.\n\n{company} convidou você para usar a Secretaria. Para escolher sua senha e entrar, abra este "
        f"endereço em até sete dias:\n\n{link}\n\nEle funciona uma única vez."
    )
    return Mail(to, f"Convite de {company}", text + _SIGNATURE)


def joining_letter(to: str, name: str, company: str, link: str) -> Mail:
    text = (
        f"Olá, {name}.\n\n{company} convidou você para a equipe na Secretaria. Para aceitar, abra este endereço em até sete "
        f"dias:\n\n{link}\n\nVocê continua entrando com a sua senha de sempre. Até aceitar, a empresa não vê o seu nome."
    )
    return Mail(to, f"Convite de {company}", text + _SIGNATURE)


def new_address_letter(to: str, name: str, link: str) -> Mail:
    text = (
        f"Olá, {name}.\n\nPara confirmar que este é o seu novo e-mail na Secretaria, abra este endereço em até uma "
        f"hora:\n\n{link}\n\nAté lá, você continua entrando com o e-mail anterior."
    )
    return Mail(to, "Confirme seu novo e-mail", text + _SIGNATURE)


def changed_notice(to: str, name: str, what: str) -> Mail:
    text = (
        f"Olá, {name}.\n\n{what}\n\nSe não foi você, escolha uma nova senha agora mesmo em “Esqueci minha senha” e "
        "avise quem administra a Secretaria na sua empresa.\n\nSecretaria"
    )
    return Mail(to, "Sua conta foi alterada", text)


CLOSES: Final = (
    "Esta empresa está sendo fechada, e ninguém mais entra nela. Se isso não devia estar acontecendo, fale com quem "
    "cuida da plataforma."
)
RESTS: Final = (
    "A empresa está suspensa: a secretária não responde, e quem escreve é avisado de que uma pessoa vai atender. "
    "Você pode ler e responder daqui. Para voltar ao normal, fale com quem cuida da plataforma."
)
LEAVES: Final = (
    "A empresa está sendo encerrada: a secretária não responde, e os dados são guardados só até {until}. "
    "Até lá dá para exportar tudo, ou voltar atrás com quem cuida da plataforma."
)


def why_it_rests(place: Place, zone: ZoneInfo) -> str | None:
    """What its people read while their company rests; None while it works."""
    if place.closes_at is not None:
        return LEAVES.format(until=place.closes_at.astimezone(zone).strftime("%d/%m/%Y, %H:%M"))
    return RESTS if place.state is State.SUSPENDED else None


PASSWORD_CHANGED: Final = "A senha da sua conta acabou de ser trocada."  # noqa: S105 - a sentence
EMAIL_CHANGED: Final = "O e-mail da sua conta acabou de ser trocado."
FACTOR_REMOVED: Final = "A verificação em duas etapas da sua conta acabou de ser desligada."
FACTOR_ADDED: Final = "A verificação em duas etapas da sua conta acabou de ser ligada."
FACTOR_RESET: Final = (
    "Quem cuida da plataforma desligou a verificação em duas etapas da sua conta e encerrou as suas sessões. Entre com a sua "
    "senha e ligue-a de novo na página da sua conta."
)
