"""The opening of a company in the words of the panel: its steps, how each stands, and what to do where one failed."""

from __future__ import annotations

import re
from typing import Final

from domain.provisioning.checklist import RunState, Step, StepState

STEPS: Final = {
    Step.PLAN: "Plano escolhido",
    Step.COMPANY: "Empresa registrada",
    Step.SCHEMA: "Banco de dados próprio",
    Step.ROLE: "Acesso próprio ao banco",
    Step.QUEUE: "Fila de mensagens",
    Step.REDIS: "Memória das conversas",
    Step.WORKERS: "Grupo de trabalhadores",
    Step.DOMAINS: "Subdomínios",
    Step.CONNECTION: "Conexão com o WhatsApp",
    Step.ADMIN: "Acesso da dona ou do dono",
    Step.TOKEN: "Primeiro token da API",
    Step.SUBSCRIPTION: "Assinatura",
}
STATES: Final = {
    StepState.WAITING: ("esperando", ""),
    StepState.RUNNING: ("em andamento", "wait"),
    StepState.DONE: ("pronto", "good"),
    StepState.FAILED: ("falhou", "bad"),
    StepState.UNDONE: ("desfeito", ""),
}
RUNS: Final = {
    RunState.RUNNING: ("abrindo", "wait"),
    RunState.FAILED: ("parou", "bad"),
    RunState.DONE: ("aberta", "good"),
    RunState.UNDOING: ("desfazendo", "wait"),
    RunState.UNDONE: ("desfeita", ""),
}
FAILED: Final = {
    Step.PLAN: "O plano deixou de ser oferecido. Desfaça e comece com outro.",
    Step.COMPANY: "O nome já está em uso. Desfaça e comece com outro.",
    Step.DOMAINS: "O provedor de domínios não aceitou ou não respondeu. Confira o token dele e tente de novo.",
    Step.ADMIN: "Não deu para convidar: o e-mail já está em uso, ou a carta não saiu. Tente de novo; se não for, desfaça.",
}
SOMETHING: Final = "Um serviço não respondeu como devia. Nada se perdeu: tente de novo, ou desfaça."
NOTES: Final = {
    r"skipped: not asked for": "não pedido",
    r"skipped: no plan, no limits": "sem plano: sem limites nem cobrança",
    r"skipped: no plan": "sem plano",
    r"skipped: no domain is configured .*": "nenhum domínio configurado (SECRETARIA_DOMAIN)",
    r"invited by e-mail": "convite enviado por e-mail",
    r"had an account already": "já tinha conta: convite enviado por e-mail",
    r"pool shared": "grupo compartilhado",
    r"pool (.+)": r"grupo \1",
}
BY_HAND: Final = re.compile(r"by hand: (\S+) CNAME (\S+)")


def note(said: str) -> str:
    """What came of a step; what has no words here is shown as it was kept."""
    for pattern, words in NOTES.items():
        if found := re.fullmatch(pattern, said):
            return found.expand(words)
    return BY_HAND.sub(r"crie à mão: \1 → CNAME \2", said)


def trouble(step: Step) -> str:
    return FAILED.get(step, SOMETHING)
