"""What a company is written about its bills; the only Portuguese in this folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from application.billing.ports import Charge, Invoice
from application.shared.mail import Mail
from domain.billing.bill import Kind
from domain.billing.plan import Plan

SUBJECT: Final = "Fatura da Secretaria: {amount}, pague com PIX"
KINDS: Final = {Kind.CYCLE: "mensalidade", Kind.CHANGE: "mudança de plano"}

EXPIRES: Final = "\n  - o código vale até {:%d/%m/%Y às %H:%M}"

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


@dataclass(frozen=True, slots=True)
class BillLetter:
    """`page` is where the bill can be seen; times are told in `zone`."""

    company: str
    plan: Plan
    invoice: Invoice
    charge: Charge
    zone: ZoneInfo
    page: str

    def to(self, address: str) -> Mail:
        """The code stands alone on its line, so that it can be marked as a whole."""
        bill, expires = self.invoice.bill, self.charge.expires_at
        amount = in_reais(bill.due_cents)
        text = LETTER.format(
            company=self.company,
            kind=KINDS[bill.kind],
            plan=self.plan.name,
            amount=amount,
            number=self.invoice.id,
            issued=f"{bill.at.astimezone(self.zone):%d/%m/%Y}",
            expires=EXPIRES.format(expires.astimezone(self.zone)) if expires else "",
            code=" ".join(self.charge.pix_copy_paste.split()),
            page=self.page,
        )
        return Mail(to=address, subject=SUBJECT.format(amount=amount), text=text)


def in_reais(cents: int) -> str:
    """R$ 1.234,05"""
    return f"R$ {cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"
