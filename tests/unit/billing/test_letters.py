"""The letter about a bill: the amount as Brazilians write it, and the PIX code alone on its line, whatever it holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from application.billing.ports import Charge, Invoice
from application.billing.texts import BillLetter, in_reais
from domain.billing.bill import Bill, Kind
from domain.billing.plan import Plan, PlanCode
from domain.quotas.allowance import Allowance
from domain.shared.ids import InvoiceId

NOON = datetime(2026, 11, 21, 15, tzinfo=UTC)
PLAN = Plan(PlanCode("essencial"), "Essencial", 9_700, Allowance())
ZONE = ZoneInfo("America/Sao_Paulo")


def written(code: str, *, expires: datetime | None = NOON) -> str:
    bill = Bill(Kind.CYCLE, PLAN.code, date(2026, 11, 1), 10_000, 300, NOON)
    invoice, charge = Invoice(InvoiceId(7), bill, "open"), Charge("ch_1", code, code, expires)
    page = "https://painel.example/painel/plano"
    return BillLetter("Clínica Sol", PLAN, invoice, charge, ZONE, page).to("dona@clinica.com.br").text


def test_it_says_what_is_owed_until_when_and_where_the_picture_is():
    text = written("000201ABC")

    for said in ("Clínica Sol", "R$ 97,00", "mensalidade", "Essencial", "nº 7", "até 21/11/2026 às 12:00"):
        assert said in text
    assert "https://painel.example/painel/plano" in text
    assert "o código vale" not in written("000201ABC", expires=None)


@given(st.text(st.characters(codec="ascii", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e"), min_size=1, max_size=300))
def test_the_code_stands_alone_on_its_line(code: str):
    assert " ".join(code.split()) in written(code).split("\n")


@given(st.integers(0, 10**11))
def test_amounts_are_read_back_to_the_cent(cents: int):
    said = in_reais(cents).removeprefix("R$ ").replace(".", "").replace(",", ".")

    assert Decimal(said) * 100 == cents
