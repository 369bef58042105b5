"""What a company is written when its plan is nearly or wholly used; the only Portuguese in this folder."""

from __future__ import annotations

from typing import Final

from application.quotas.ports import Alert
from application.shared.mail import Mail

NEARLY: Final = "Seu plano da Secretaria chegou a {per_cent} % do uso deste ciclo"
USED_UP: Final = "Seu plano da Secretaria foi usado por completo neste ciclo"

LETTER: Final = """\
Olá!

{opening}

Uso desde {first}:
  - mensagens respondidas: {messages}
  - tokens do modelo: {tokens}

{advice}

Esta é uma mensagem automática da Secretaria, enviada uma única vez por ciclo e por limite.
"""

NEARLY_ADVICE: Final = (
    "Nada muda por enquanto: a assistente continua respondendo. Se o movimento seguir assim, "
    "considere um plano maior antes do fim do ciclo."
)
USED_UP_ADVICE: Final = (
    "Conforme o seu plano, ou a assistente segue respondendo com cobrança por mensagem excedente, "
    "ou novas conversas passam a esperar por uma pessoa da equipe. Nenhuma mensagem se perde. "
    "Um plano maior vale na mesma hora."
)


def letter(alert: Alert, address: str) -> Mail:
    used_up = alert.threshold >= 100
    subject = USED_UP if used_up else NEARLY.format(per_cent=alert.threshold)
    text = LETTER.format(
        opening=f"{subject}.",
        first=f"{alert.cycle:%d/%m/%Y}",
        messages=dotted(alert.use.messages),
        tokens=dotted(alert.use.tokens),
        advice=USED_UP_ADVICE if used_up else NEARLY_ADVICE,
    )
    return Mail(to=address, subject=subject, text=text)


def dotted(number: int) -> str:
    """1234567 as 1.234.567."""
    return f"{number:,}".replace(",", ".")
