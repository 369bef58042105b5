"""“Nova empresa” at the panel: one form that keeps what was typed, steps that are seen, secrets that are shown once."""

from __future__ import annotations

import re
import secrets

import httpx2
import pytest
from playwright.async_api import expect

from tests.journeys.house import House
from tests.panel.conftest import Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)
OPEN = {"name": "Abrir a empresa"}


@pytest.fixture
async def desk(newcomer: Seat, operator: str) -> Seat:
    newcomer.email = operator
    await newcomer.log_in()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Empresas")
    return newcomer


async def fill(desk: Seat, *, name: str | None = None, email: str | None = None) -> str:
    """The form as for a company nobody has heard of, without a Whaticket: its name."""
    name = name or f"Clínica {secrets.token_hex(4)}"
    await desk.go("/empresas/nova")
    await desk.page.get_by_label("Nome da empresa").fill(name)
    await desk.page.get_by_label("Nome da pessoa").fill("Célia Rocha")
    await desk.page.get_by_label("E-mail da pessoa").fill(email or f"{secrets.token_hex(4)}@rocha.example")
    await desk.page.get_by_label("Senha mostrada uma vez").check()
    return name


async def is_open(desk: Seat) -> None:
    await expect(desk.page.locator("#run")).to_contain_text("A empresa está aberta.", timeout=20_000)


@EVERY_LOOK
async def test_the_pages_are_accessible(desk: Seat, house: House, look: str):
    desk.expected = ("422",)
    await fill(desk)
    await desk.page.get_by_label("Endereço da API").fill(house.whaticket.url)
    await desk.looks_right(look, "empresa-nova")
    await desk.page.get_by_role("button", **OPEN).click()
    await desk.looks_right(look, "empresa-nova-recusada")
    await desk.page.get_by_label("Token da conexão").fill("um-token-longo")
    await desk.page.get_by_role("button", **OPEN).click()
    await is_open(desk)
    await desk.looks_right(look, "abertura-pronta")
    await desk.page.get_by_role("button", name="Mostrar agora").click()
    await expect(desk.page.get_by_label("Primeiro token da API", exact=True)).to_be_visible()
    await desk.looks_right(look, "abertura-dados")
    await desk.go("/empresas/aberturas")
    await desk.looks_right(look, "aberturas")


async def test_a_company_is_opened_and_its_secrets_are_shown_this_once(desk: Seat, house: House):
    name = await fill(desk)
    await desk.page.get_by_label("Endereço da API").fill("https://w.example.com")
    await desk.page.get_by_label("Token da conexão").fill("um-token-longo")
    await desk.page.get_by_role("button", **OPEN).click()
    await is_open(desk)
    await desk.page.get_by_role("button", name="Mostrar agora").click()
    token = await desk.page.get_by_label("Primeiro token da API", exact=True).input_value()
    webhook = await desk.page.get_by_label("Endereço do webhook", exact=True).input_value()
    password = await desk.page.get_by_label("Senha da dona ou do dono", exact=True).input_value()

    assert re.fullmatch(r".*/empresas/aberturas/\d+", desk.page.url)
    mine = httpx2.get(f"{house.url}/api/auth/me", headers={"x-api-key": token})
    assert (mine.status_code, mine.json()["name"]) == (200, "Primeiro token")
    assert webhook.startswith(f"{house.url}/webhook/whaticket/")

    await desk.page.reload()
    await is_open(desk)
    shown = await desk.page.content()
    assert not [secret for secret in (token, password, webhook.rpartition("/")[2]) if secret in shown]
    await expect(desk.page.get_by_role("button", name="Mostrar agora")).to_have_count(0)
    await desk.page.get_by_role("link", name="Ver a empresa").click()
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text(name)


async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(desk: Seat, house: House):
    desk.expected = ("422",)
    name = await fill(desk, email="isto não é um e-mail")
    await desk.page.get_by_label("Sobre o negócio").fill("Abre às 8h.\nFecha às 18h.")
    await desk.page.get_by_role("button", **OPEN).click()
    await expect(desk.page.get_by_label("E-mail da pessoa")).to_have_attribute("aria-invalid", "true")
    await expect(desk.page.get_by_label("Nome da empresa")).to_have_value(name)
    await expect(desk.page.get_by_label("Sobre o negócio")).to_have_value("Abre às 8h.\nFecha às 18h.")
    await desk.page.get_by_label("E-mail da pessoa").fill(desk.email)
    await desk.page.get_by_role("button", **OPEN).click()
    await expect(desk.page.locator("#p-dona-email")).to_have_text(
        "Este e-mail é de alguém da plataforma ou de uma conta desativada. Escolha outro."
    )
    await desk.page.get_by_label("Dias de teste").fill("muitos")
    await desk.page.get_by_role("button", **OPEN).click()
    await expect(desk.page.get_by_label("Dias de teste")).to_have_attribute("aria-invalid", "true")
    assert not await house.rows("select from public.tenants where name = $1", name)


async def test_the_same_form_sent_twice_is_one_company(desk: Seat, house: House):
    name = await fill(desk)
    await desk.page.get_by_role("button", **OPEN).dblclick()
    await is_open(desk)

    assert len(await house.rows("select from public.provisionings where name = $1", name)) == 1


async def test_a_step_that_fails_is_shown_tried_again_and_undone(desk: Seat, house: House):
    name = await fill(desk)
    # somebody takes the address between the look before and the step
    await house.rows(
        """
        create or replace function public.nobody_enters() returns trigger language plpgsql as
        $$ begin raise exception 'no room' using errcode = '53300'; end $$
        """
    )
    await house.rows(
        "create trigger nobody_enters before insert on public.memberships execute function public.nobody_enters()"
    )
    try:
        await desk.page.get_by_role("button", **OPEN).click()
        run = desk.page.locator("#run")
        await expect(run).to_contain_text("Um passo falhou", timeout=20_000)
        await expect(run.locator("[data-state=failed]")).to_contain_text("Acesso da dona ou do dono")
        await desk.looks_right("light", "abertura-parada")
    finally:
        await house.rows("drop trigger nobody_enters on public.memberships")
        await house.rows("drop function public.nobody_enters()")
    await desk.page.get_by_role("link", name="Desfazer…").click()
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text(f"Desfazer {name}?")
    await desk.page.get_by_role("link", name="Voltar", exact=True).click()

    await desk.page.get_by_role("button", name="Tentar de novo").click()
    await is_open(desk)
    [row] = await house.rows("select state from public.tenants where name = $1", name)
    assert row["state"] == "active"


async def test_an_opening_that_stopped_is_undone_and_its_name_is_free_again(desk: Seat, house: House):
    name = await fill(desk)
    await house.rows(
        """
        create or replace function public.no_keys() returns trigger language plpgsql as
        $$ begin raise exception 'no room' using errcode = '53300'; end $$
        """
    )
    await house.rows("create trigger no_keys before insert on public.api_keys execute function public.no_keys()")
    try:
        await desk.page.get_by_role("button", **OPEN).click()
        await expect(desk.page.locator("#run")).to_contain_text("Um passo falhou", timeout=20_000)
        await desk.page.get_by_role("link", name="Desfazer…").click()
        await desk.page.get_by_role("button", name="Desfazer").click()
        await expect(desk.page.locator("#run")).to_contain_text("Desfeita", timeout=20_000)
    finally:
        await house.rows("drop trigger no_keys on public.api_keys")
        await house.rows("drop function public.no_keys()")
    await fill(desk, name=name)
    await desk.page.get_by_role("button", **OPEN).click()
    await is_open(desk)


async def test_without_scripts_the_steps_are_read_by_reloading(desk: Seat, house: House):
    await desk.page.route("**/*.js*", lambda route: route.abort())
    desk.expected = ("ERR_FAILED",)
    await fill(desk)
    await desk.page.get_by_role("button", **OPEN).click()
    for _ in range(40):
        if await desk.page.get_by_text("A empresa está aberta.").count():
            break
        await desk.page.reload()
    await desk.page.get_by_role("button", name="Mostrar agora").click()
    await expect(desk.page.get_by_label("Primeiro token da API", exact=True)).to_be_visible()
