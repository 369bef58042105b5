"""One person, two companies: invited by the second, and going over from the menu."""

from __future__ import annotations

import json
import secrets

import pytest
from playwright.async_api import expect

from tests.journeys.house import House, Line
from tests.panel.conftest import GREETING, PASSWORD, Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


def a_person(house: House, line: Line) -> str:
    email = f"duas.{secrets.token_hex(4)}@clinica.com.br"
    words = ["--email", email, "--name", "Duda Reis", "--role", "viewer", "--password", PASSWORD]
    house.command("user", "add", *words, "--company", str(line.tenant))
    return email


async def ticket_of(house: House, email: str) -> str:
    """As if the letter had arrived: only a digest of what stands in it is kept."""
    ticket = secrets.token_urlsafe(12)
    changed = await house.rows(
        "update public.letter_tickets set digest = sha256($2::bytea) where email = $1 and purpose = 'joining' returning 1",
        email,
        ticket.encode(),
    )
    assert len(changed) == 1
    return ticket


@EVERY_LOOK
async def test_somebody_of_another_company_is_invited_agrees_and_goes_over_from_the_menu(
    newcomer: Seat, house: House, line: Line, look: str
):
    newcomer.expected = ("422",)  # this house sends no letters
    other = house.open_company(f"Ótica Vila {secrets.token_hex(3)}")
    guest = a_person(house, other)
    await newcomer.log_in()
    await newcomer.go("/usuarios")
    await newcomer.page.get_by_label("E-mail").fill(guest)
    await newcomer.page.get_by_label("Nome").fill("Tanto faz")
    await newcomer.page.get_by_role("button", name="Enviar convite").click()
    row = newcomer.page.locator(".rows li", has_text=guest)
    await expect(row).to_contain_text("convite em aberto")
    await expect(row).not_to_contain_text("Duda Reis")
    await newcomer.page.context.clear_cookies()

    newcomer.email = guest
    await newcomer.log_in()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text(GREETING)
    assert await newcomer.page.get_by_role("button", name="Ir para a empresa escolhida").count() == 0
    await newcomer.go(f"/convite/aceitar?t={await ticket_of(house, guest)}")
    await newcomer.looks_right(look, "convite-aceitar")
    await newcomer.page.get_by_role("button", name="Aceitar o convite").click()
    await newcomer.looks_right(look, "convite-aceito")
    await newcomer.page.get_by_role("link", name="Entrar").click()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text(GREETING)
    shell = newcomer.page.locator(".side")
    if look == "phone":
        await newcomer.page.get_by_role("button", name="Mais").click()
        shell = newcomer.page.locator("#gaveta")
    await newcomer.looks_right(look, "trocar-de-empresa")
    here = await newcomer.page.locator(".brand small").inner_text() if look != "phone" else ""
    await shell.get_by_role("button", name="Ir para a empresa escolhida").click()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text(GREETING)
    if look != "phone":
        await expect(newcomer.page.locator(".brand small")).not_to_have_text(here)
    kept = await house.rows(
        "select count(*) from public.memberships m join public.users u on u.id = m.user_id where u.email = $1", guest
    )
    assert json.dumps(kept) == '[{"count": 2}]'


async def test_a_link_that_was_used_or_never_was_says_who_can_send_another(newcomer: Seat):
    newcomer.expected = ("422",)
    await newcomer.go("/convite/aceitar?t=nada")
    await expect(newcomer.page.get_by_role("alert")).to_contain_text("já foi usado")
    await newcomer.must_be_accessible("convite usado")
