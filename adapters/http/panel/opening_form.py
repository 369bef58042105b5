"""The form of a new company: as it was typed, as an order, and as what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Final

from adapters.http.panel import connection_words
from application.provisioning.connect_line import LineOrder
from application.provisioning.order import LONGEST_FACTS, LONGEST_TRIAL, CompanyOrder, FirstAdmin
from domain.billing.plan import PlanCode
from domain.companies.connection import AuthMode, Dialect
from domain.shared.errors import Invalid

BY_MAIL: Final = "convite"
WITH_PASSWORD: Final = "senha"  # noqa: S105 - a choice
LONGEST: Final = 2_000
AT_FIRST: Final = {
    "nome": "",
    "plano": "",
    "teste": "0",
    "fuso": "America/Sao_Paulo",
    "fatos": "",
    "dona-nome": "",
    "dona-email": "",
    "entrada": BY_MAIL,
    "tipo": str(Dialect.SAAS_CLASSIC),
    "prova": str(AuthMode.PATH),
    "endereco": "",
    "token": "",
    "painel-email": "",
    "painel-senha": "",
    "pedido": "",
}
ZONES: Final = {
    "America/Sao_Paulo": "Brasília, São Paulo, Rio, Sul",
    "America/Bahia": "Salvador",
    "America/Fortaleza": "Fortaleza",
    "America/Recife": "Recife",
    "America/Belem": "Belém",
    "America/Araguaina": "Palmas",
    "America/Cuiaba": "Cuiabá",
    "America/Campo_Grande": "Campo Grande",
    "America/Manaus": "Manaus",
    "America/Porto_Velho": "Porto Velho",
    "America/Boa_Vista": "Boa Vista",
    "America/Rio_Branco": "Rio Branco",
    "America/Noronha": "Fernando de Noronha",
}
ENTRANCES: Final = {
    BY_MAIL: ("Convite por e-mail", "A pessoa recebe um link e escolhe a própria senha."),
    WITH_PASSWORD: ("Senha mostrada uma vez", "Você entrega a senha a ela, por um caminho seguro."),
}
CHOOSE: Final = "Escolha uma das opções."
PROBLEMS: Final = {
    "name": ("nome", "Escreva o nome da empresa, com até 120 letras."),
    "code": ("plano", CHOOSE),
    "trial_days": ("teste", f"Escreva um número de dias, de 0 a {LONGEST_TRIAL}."),
    "time_zone": ("fuso", CHOOSE),
    "business_facts": ("fatos", f"O texto passou de {LONGEST_FACTS} caracteres, ou tem um que não pode ser usado."),
    "admin.name": ("dona-nome", "Escreva o nome da pessoa, com até 120 letras."),
    "admin.email": ("dona-email", "Escreva um e-mail completo, como nome@exemplo.com.br."),
    "Idempotency-Key": ("aviso", "Este formulário já abriu uma empresa. Volte às aberturas e comece de novo."),
}
"""The field of an order that was refused -> the form's own, and what to change."""


def at_first() -> dict[str, str]:
    """`pedido` tells the same form sent twice from two forms."""
    return AT_FIRST | {"pedido": token_hex(16)}


def typed_in(form: Mapping[str, Any]) -> dict[str, str]:
    """Whatever was sent, as text."""
    most = {"fatos": LONGEST_FACTS + 1}
    return {
        name: said[: most.get(name, LONGEST)] if isinstance(said := form.get(name), str) else "" for name in AT_FIRST
    }


def order_of(typed: Mapping[str, str]) -> CompanyOrder:
    """Raises Invalid, naming the field."""
    for field, choices in (("entrada", set(ENTRANCES)), ("tipo", set(Dialect)), ("prova", set(AuthMode))):
        if typed[field] not in choices:
            raise Invalid("one of those offered", field=field)
    return CompanyOrder(
        name=typed["nome"],
        line=_line(typed),
        time_zone=typed["fuso"],
        business_facts=typed["fatos"].strip(),
        plan=PlanCode(typed["plano"]) if typed["plano"] else None,
        trial_days=_days(typed["teste"]),
        admin=FirstAdmin(typed["dona-email"], typed["dona-nome"], by_mail=typed["entrada"] == BY_MAIL),
        token=True,
    )


def problem_of(error: Invalid) -> tuple[str, str]:
    """Which field of the form, and what to change in it."""
    field = error.field or ""
    return (
        PROBLEMS.get(field) or connection_words.PROBLEMS.get(field) or (field if field in AT_FIRST else "aviso", CHOOSE)
    )


def _days(said: str) -> int:
    tidy = said.strip() or "0"
    if not (tidy.isascii() and tidy.isdigit() and len(tidy) < 4):
        raise Invalid("a number of days", field="trial_days")
    return int(tidy)


def _line(typed: Mapping[str, str]) -> LineOrder | None:
    """None where nothing of a Whaticket was typed: it is connected later."""
    if not any(typed[field].strip() for field in ("endereco", "token", "painel-email", "painel-senha")):
        return None
    return LineOrder(
        whaticket_url=typed["endereco"].strip(),
        api_token=typed["token"].strip() or None,
        dialect=Dialect(typed["tipo"]),
        auth=AuthMode(typed["prova"]),
        panel_email=typed["painel-email"].strip() or None,
        panel_password=typed["painel-senha"] or None,
    )
