"""What a company is written about its bills; the only Portuguese in this folder."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from application.billing.ports import Charge, Invoice
from application.shared.mail import Mail
from domain.billing.bill import Kind
from domain.billing.plan import Plan

SUBJECT: Final = "Fatura da Secretaria: {amount}, pague com PIX"
KINDS: Final = {Kind.CYCLE: "mensalidade", Kind.CHANGE: "mudança de plano"}

LETTER: Final = """\
Olá!

Há uma fatura de {company} na Secretaria:
  - o quê: {kind}, plano {plan}
  - valor: {amount}
  - fatura nº {number}, emitida em {issued}{expires}

Para pagar, abra o aplicativo do seu banco, escolha PIX e depois "copia e cola", e cole o código abaixo inteiro:

{code}

O mesmo código está no painel, também como QR code: {page}

Confira no banco o nome de quem recebe antes de confirmar. Se já pagou, desconsidere esta mensagem.
"""


def letter(company: str, plan: Plan, invoice: Invoice, charge: Charge, *, zone: ZoneInfo, page: str, to: str) -> Mail:
    """To one person; the code stands alone on its line, so that it can be marked as a whole."""
    amount = in_reais(invoice.bill.due_cents)
    expires = (
        f"\n  - o código vale até {charge.expires_at.astimezone(zone):%d/%m/%Y às %H:%M}" if charge.expires_at else ""
    )
    text = LETTER.format(
        company=company,
        kind=KINDS[invoice.bill.kind],
        plan=plan.name,
        amount=amount,
        number=invoice.id,
        issued=f"{invoice.bill.at.astimezone(zone):%d/%m/%Y}",
        expires=expires,
        code=" ".join(charge.pix_copy_paste.split()),
        page=page,
    )
    return Mail(to=to, subject=SUBJECT.format(amount=amount), text=text)


def in_reais(cents: int) -> str:
    """R$ 1.234,05"""
    return f"R$ {cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"
