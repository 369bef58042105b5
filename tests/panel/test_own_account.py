"""One's own account: name, password, address, second factor, sessions; what is refused stays on the screen."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.async_api import expect

from tests.panel.conftest import GREETING, PASSWORD, AddPerson, Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)
LATER = "outra tranquila e longa"


@pytest.fixture
async def person(newcomer: Seat, add_person: AddPerson) -> Seat:
    """Somebody whose account may be changed without the others of this file minding."""
    newcomer.email = add_person("viewer")
    await newcomer.log_in()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text(GREETING)
    return newcomer


async def grow_old(seat: Seat) -> None:
    """As if the password had been shown an hour ago."""
    await seat.age_sessions()
    await seat.go("/conta")


@EVERY_LOOK
async def test_every_page_of_the_account_is_accessible(person: Seat, look: str):
    person.expected = ("422",)
    await person.go("/conta")
    await person.looks_right(look, "conta")
    await person.page.get_by_role("button", name="Ligar").click()
    await person.looks_right(look, "conta-duas-etapas")
    secret = (await person.page.locator("#s-chave").input_value()).replace(" ", "")
    await person.page.get_by_label("Código de seis números").fill(pyotp.TOTP(secret).now())
    await person.page.get_by_role("button", name="Ligar").click()
    await person.looks_right(look, "conta-recuperacao")
    await person.go("/conta/email?t=velho")
    await person.looks_right(look, "conta-email")


async def test_a_new_name_is_kept_and_an_empty_one_says_so(person: Seat):
    person.expected = ("422",)
    await person.go("/conta")
    await person.page.get_by_label("Nome", exact=True).fill("Carla <b>Nova</b>")
    await person.page.get_by_role("button", name="Guardar o nome").click()
    await expect(person.page.get_by_role("status")).to_contain_text("Nome atualizado")
    await expect(person.page.get_by_label("Nome", exact=True)).to_have_value("Carla <b>Nova</b>")

    await person.page.get_by_label("Nome", exact=True).fill("   ")
    await person.page.get_by_role("button", name="Guardar o nome").click()
    await expect(person.page.get_by_label("Nome", exact=True)).to_have_attribute("aria-invalid", "true")


async def test_a_new_password_wants_the_old_one_and_lets_in_afterwards(person: Seat):
    person.expected = ("422",)
    await person.go("/conta")
    await person.page.get_by_label("Senha atual").fill("não é esta aqui")
    await person.page.get_by_label("Nova senha").fill(LATER)
    await person.page.get_by_role("button", name="Trocar a senha").click()
    await expect(person.page.get_by_text("A senha não confere.")).to_be_visible()

    await person.page.get_by_label("Senha atual").fill(PASSWORD)
    await person.page.get_by_label("Nova senha").fill("12345678")
    await person.page.get_by_role("button", name="Trocar a senha").click()
    await expect(person.page.get_by_text("entre as primeiras que alguém tentaria")).to_be_visible()

    await person.page.get_by_label("Senha atual").fill(PASSWORD)
    await person.page.get_by_label("Nova senha").fill(LATER)
    await person.page.get_by_role("button", name="Trocar a senha").click()
    await expect(person.page.get_by_role("status")).to_contain_text("Senha trocada")

    await person.page.get_by_role("button", name="Sair").first.click()
    await person.log_in(password=LATER)
    await expect(person.page.get_by_role("heading", level=1)).to_have_text(GREETING)


async def test_a_second_factor_is_set_up_used_and_switched_off_again(person: Seat):
    person.expected = ("422",)
    await person.go("/conta")
    await person.page.get_by_role("button", name="Ligar").click()
    await expect(person.page.get_by_role("img", name="Código QR")).to_be_visible()
    secret = (await person.page.locator("#s-chave").input_value()).replace(" ", "")
    await person.page.get_by_label("Código de seis números").fill("000000")
    await person.page.get_by_role("button", name="Ligar").click()
    await expect(person.page.get_by_text("O celular mostra outro código agora")).to_be_visible()
    assert (await person.page.locator("#s-chave").input_value()).replace(" ", "") == secret

    half_a_minute_ago = datetime.now(UTC) - timedelta(seconds=30)  # so that the next code is still good
    await person.page.get_by_label("Código de seis números").fill(pyotp.TOTP(secret).at(half_a_minute_ago))
    await person.page.get_by_role("button", name="Ligar").click()
    codes = (await person.page.get_by_label("Códigos de recuperação", exact=True).input_value()).split()
    assert len(codes) >= 8
    await person.page.get_by_role("link", name="Já guardei").click()
    await expect(person.page.get_by_text(f"Restam {len(codes)} códigos")).to_be_visible()

    for code in (pyotp.TOTP(secret).now(), codes[0]):
        await person.page.get_by_role("button", name="Sair").first.click()
        await person.log_in()
        await person.page.get_by_label("Código do aplicativo").fill(code)
        await person.page.get_by_role("button", name="Continuar").click()
        await expect(person.page.get_by_role("heading", level=1)).to_have_text(GREETING)

    await grow_old(person)
    form = person.page.locator("form[action$='desligar']")
    await form.get_by_label("Confirme sua senha").fill(PASSWORD)
    await form.get_by_label("Código do aplicativo").fill(codes[1])
    await form.get_by_role("button", name="Desligar").click()
    await expect(person.page.get_by_role("status")).to_contain_text("foi desligada")


async def test_who_lost_the_telephone_comes_in_by_a_recovery_code_and_sets_up_another(person: Seat):
    person.expected = ("422",)
    lost, codes = await set_up_factor(person)
    await person.page.get_by_role("button", name="Sair").first.click()
    await person.log_in()
    await person.page.get_by_label("Código do aplicativo").fill(codes[0])
    await person.page.get_by_role("button", name="Continuar").click()
    await expect(person.page.get_by_role("heading", level=1)).to_have_text(GREETING)

    await person.go("/conta")
    await expect(person.page.get_by_text(f"Restam {len(codes) - 1} códigos")).to_be_visible()
    await person.age_sessions()
    await person.go("/conta")
    form = person.page.locator("form[action$='desligar']")
    await form.get_by_label("Confirme sua senha").fill(PASSWORD)
    await form.get_by_label("Código do aplicativo").fill(codes[1])
    await form.get_by_role("button", name="Desligar").click()
    await expect(person.page.get_by_role("status")).to_contain_text("foi desligada")
    found, newer = await set_up_factor(person)
    assert found != lost
    assert not set(codes) & set(newer)

    await person.page.get_by_role("button", name="Sair").first.click()
    await person.log_in()
    for worthless in (pyotp.TOTP(lost).now(), codes[2]):
        await person.page.get_by_label("Código do aplicativo").fill(worthless)
        await person.page.get_by_role("button", name="Continuar").click()
        await expect(person.page.get_by_role("alert")).to_be_visible()
    await person.page.get_by_label("Código do aplicativo").fill(pyotp.TOTP(found).now())
    await person.page.get_by_role("button", name="Continuar").click()
    await expect(person.page.get_by_role("heading", level=1)).to_have_text(GREETING)


async def set_up_factor(person: Seat) -> tuple[str, list[str]]:
    """From a page of the account: the telephone's secret, and the recovery codes."""
    await person.go("/conta")
    await person.page.get_by_role("button", name="Ligar").click()
    secret = (await person.page.locator("#s-chave").input_value()).replace(" ", "")
    half_a_minute_ago = datetime.now(UTC) - timedelta(seconds=30)  # so that the next code is still good
    await person.page.get_by_label("Código de seis números").fill(pyotp.TOTP(secret).at(half_a_minute_ago))
    await person.page.get_by_role("button", name="Ligar").click()
    codes = (await person.page.get_by_label("Códigos de recuperação", exact=True).input_value()).split()
    await person.page.get_by_role("link", name="Já guardei").click()
    return secret, codes


async def test_a_wrong_confirmation_changes_nothing_and_keeps_what_was_typed(person: Seat):
    person.expected = ("422",)
    await grow_old(person)
    form = person.page.locator("#endereco")
    await form.get_by_label("Novo e-mail").fill("carla.nova@clinica.com.br")
    await form.get_by_label("Confirme sua senha").fill("não é esta aqui")
    await form.get_by_role("button", name="Trocar o e-mail").click()

    await expect(person.page.get_by_role("alert")).to_contain_text("A senha não confere")
    await expect(person.page.get_by_label("Novo e-mail")).to_have_value("carla.nova@clinica.com.br")
    assert await person.house.rows("select 1 from public.letter_tickets where email like 'carla.nova%'") == []


async def test_an_address_to_which_no_letter_can_be_sent_stays_in_the_form(person: Seat):
    person.expected = ("422",)
    await person.go("/conta")
    await person.page.get_by_label("Novo e-mail").fill("carla.longe@clinica.com.br")
    await person.page.get_by_role("button", name="Trocar o e-mail").click()

    await expect(person.page.get_by_role("alert")).to_contain_text("Não conseguimos concluir agora")
    await expect(person.page.get_by_label("Novo e-mail")).to_have_value("carla.longe@clinica.com.br")


async def test_a_letters_link_changes_the_address_once(person: Seat):
    person.expected = ("422",)
    ticket, email = "t" * 40, f"nova.{person.email}"
    await person.house.rows(
        "insert into public.letter_tickets (digest, user_id, purpose, email, expires_at)"
        " select $1, id, 'email', $2, $3 from public.users where email = $4",
        hashlib.sha256(ticket.encode()).digest(), email, datetime.now(UTC) + timedelta(hours=1), person.email,
    )  # fmt: skip
    for words in ("E-mail confirmado", "Este link já foi usado"):
        await person.go(f"/conta/email?t={ticket}")
        await person.page.get_by_role("button", name="Confirmar o novo e-mail").click()
        await expect(person.page.get_by_text(words)).to_be_visible()

    person.email = email
    await person.log_in()
    await expect(person.page.get_by_role("heading", level=1)).to_have_text(GREETING)


async def test_a_session_elsewhere_is_seen_and_ended(person: Seat):
    assert person.page.context.browser is not None
    elsewhere = await person.page.context.browser.new_context(user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    there = Seat(await elsewhere.new_page(), person.house, person.line, person.email)
    await there.log_in()
    await expect(there.page.get_by_role("heading", level=1)).to_have_text(GREETING)

    await person.go("/conta")
    await person.page.get_by_role("button", name="Encerrar a sessão em Firefox no Windows").click()
    await expect(person.page.get_by_role("status")).to_contain_text("Sessão encerrada")

    await there.go("/conta")
    await expect(there.page).to_have_url(re.compile("/painel/entrar"))
    await elsewhere.close()
