"""The team and the machines' keys: invited, changed, shut out, shown once; the last owner stays."""

from __future__ import annotations

import httpx2
import pytest
from playwright.async_api import expect

from tests.journeys.house import House
from tests.panel.conftest import PASSWORD, AddPerson, Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@EVERY_LOOK
async def test_the_pages_are_accessible(seat: Seat, add_person: AddPerson, look: str):
    add_person("attendant")
    await seat.go("/usuarios")
    await seat.looks_right(look, "usuarios")
    await seat.page.get_by_role("button", name="Alterar Carla Menezes").first.click()
    await seat.must_be_accessible(f"{look} usuarios, alterar")
    await seat.go("/chaves")
    await seat.looks_right(look, "chaves")
    await seat.page.get_by_label("Nome").fill(f"agenda {look}")
    await seat.page.get_by_label("Ler conversas").check()
    await seat.page.get_by_role("button", name="Criar a chave").click()
    await seat.looks_right(look, "chaves-criada")


async def test_an_invitation_that_cannot_be_sent_says_what_to_change_and_keeps_what_was_typed(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/usuarios")
    await seat.page.get_by_label("Nome").fill("<img src=x onerror=alert(1)>")
    await seat.page.get_by_label("E-mail").fill("bruno@")
    await seat.page.get_by_role("button", name="Enviar convite").click()

    await expect(seat.page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    await expect(seat.page.get_by_label("Nome")).to_have_value("<img src=x onerror=alert(1)>")

    await seat.page.get_by_label("E-mail").fill(seat.email)
    await seat.page.get_by_role("button", name="Enviar convite").click()
    await expect(seat.page.get_by_text("Esta pessoa já está na equipe, ou não pode ser convidada.")).to_be_visible()


async def test_an_invitation_whose_letter_cannot_leave_is_kept_to_be_sent_again(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/usuarios")
    await seat.page.get_by_label("Nome").fill("Dora Lima")
    await seat.page.get_by_label("E-mail").fill("dora@clinica.com.br")
    await seat.page.get_by_role("button", name="Enviar convite").click()

    await expect(seat.page.get_by_role("alert")).to_contain_text("o e-mail não saiu")
    row = seat.page.locator(".rows li", has_text="dora@clinica.com.br")
    await expect(row).to_contain_text("convite em aberto")
    await row.get_by_role("button", name="Alterar").click()
    await seat.page.get_by_role("dialog").get_by_role("button", name="Enviar o convite de novo").click()
    await expect(seat.page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Não conseguimos concluir agora")


async def test_somebody_gets_another_role_is_shut_out_and_let_in(seat: Seat, add_person: AddPerson, house: House):
    email = add_person("viewer")
    await seat.go("/usuarios")
    row = seat.page.locator(".rows li", has_text=email)
    await row.get_by_role("button", name="Alterar").click()
    await seat.page.get_by_role("dialog").get_by_label("Gerência").check()
    await seat.page.get_by_role("dialog").get_by_role("button", name="Guardar o papel").click()
    await expect(row).to_contain_text("Gerência")

    await row.get_by_role("button", name="Alterar").click()
    await seat.page.get_by_role("dialog").get_by_role("button", name="Bloquear o acesso").click()
    await expect(row).to_contain_text("sem acesso")
    login = {"email": email, "password": PASSWORD}
    assert httpx2.post(f"{house.url}/api/auth/login", json=login, trust_env=False).status_code == 401

    await row.get_by_role("button", name="Alterar").click()
    await seat.page.get_by_role("dialog").get_by_role("button", name="Liberar o acesso").click()
    await expect(row).not_to_contain_text("sem acesso")
    done = await house.rows("select action from public.audit_log where action like 'users.%'")
    assert {row["action"] for row in done} >= {"users.role", "users.shut_out", "users.let_in"}


async def test_nobody_is_shut_out_or_taken_off_by_who_showed_no_password_lately(
    seat: Seat, add_person: AddPerson, house: House
):
    seat.expected = ("422",)
    email = add_person("viewer")
    await seat.age_sessions()
    await seat.go("/usuarios")
    row = seat.page.locator(".rows li", has_text=email)
    await row.get_by_role("button", name="Alterar").click()
    dialog = seat.page.get_by_role("dialog")
    await seat.must_be_accessible("usuarios, alterar com senha")
    await seat.picture("light-usuarios-alterar-com-senha")
    await dialog.get_by_label("Gerência").check()
    await dialog.get_by_label("Confirme sua senha").fill("outra senha qualquer")
    await dialog.get_by_role("button", name="Bloquear o acesso").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("A senha não confere.")
    await expect(dialog.get_by_label("Gerência")).to_be_checked()
    await expect(row).not_to_contain_text("sem acesso")
    await seat.must_be_accessible("usuarios, senha recusada")
    await seat.picture("light-usuarios-senha-recusada")

    await dialog.get_by_label("Confirme sua senha").fill(PASSWORD)
    await dialog.get_by_role("button", name="Remover da empresa").click()
    await expect(row).to_have_count(0)


async def test_the_last_owner_stays_one(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/usuarios")
    await seat.page.locator(".rows li", has_text=seat.email).get_by_role("button", name="Alterar").click()
    await seat.page.get_by_role("dialog").get_by_label("Consulta").check()
    await seat.page.get_by_role("dialog").get_by_role("button", name="Guardar o papel").click()

    dialog = seat.page.get_by_role("dialog")
    await expect(dialog.get_by_role("alert")).to_contain_text("pelo menos uma pessoa no papel de dona")
    await expect(dialog.get_by_label("Consulta")).to_be_checked()
    await expect(seat.page.locator(".rows li", has_text=seat.email)).to_contain_text("Dona ou dono")


async def test_a_manager_sees_the_team_and_changes_nothing(newcomer: Seat, add_person: AddPerson):
    newcomer.expected = ("403",)
    newcomer.email = add_person("manager")
    await newcomer.log_in()
    await newcomer.go("/usuarios")
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Equipe")
    await expect(newcomer.page.get_by_role("button", name="Enviar convite")).to_have_count(0)
    await newcomer.go("/chaves")
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Sem permissão")


async def test_a_key_wants_a_scope_and_a_fresh_password_opens_only_its_scope_and_is_revoked(seat: Seat, house: House):
    seat.expected = ("422",)
    await seat.age_sessions()
    await seat.go("/chaves")
    await seat.page.get_by_label("Nome").fill("n8n <b>")
    await seat.page.get_by_label("Confirme sua senha").fill(PASSWORD)
    await seat.page.get_by_role("button", name="Criar a chave").click()
    await expect(seat.page.get_by_text("Marque ao menos uma permissão.")).to_be_visible()
    await expect(seat.page.get_by_label("Nome")).to_have_value("n8n <b>")

    await seat.page.get_by_label("Ver a equipe").check()
    if await seat.page.get_by_label("Confirme sua senha").count():
        await seat.page.get_by_label("Confirme sua senha").fill(PASSWORD)
    await seat.page.get_by_role("button", name="Criar a chave").click()
    key = await seat.page.get_by_label("Chave", exact=True).input_value()
    async with httpx2.AsyncClient(base_url=house.url, headers={"x-api-key": key}, trust_env=False) as machine:
        assert (await machine.get("/api/users")).status_code == 200
        assert (await machine.get("/api/audit")).status_code == 403

        await seat.page.get_by_role("link", name="Já guardei").click()
        assert key not in await seat.page.content()
        await seat.page.get_by_role("button", name="Revogar n8n <b>").click()
        await seat.page.get_by_role("dialog").get_by_role("button", name="Revogar").click()
        await expect(seat.page.locator(".rows li", has_text="n8n <b>")).to_contain_text("revogada")
        assert (await machine.get("/api/users")).status_code == 401


async def test_loading_the_page_of_a_new_key_again_makes_no_second_one_and_shows_the_first_no_more(
    seat: Seat, house: House
):
    await seat.go("/chaves")
    await seat.page.get_by_label("Nome").fill("só uma vez")
    await seat.page.get_by_label("Ver a equipe").check()
    if await seat.page.get_by_label("Confirme sua senha").count():
        await seat.page.get_by_label("Confirme sua senha").fill(PASSWORD)
    await seat.page.get_by_role("button", name="Criar a chave").click()
    key = await seat.page.get_by_label("Chave", exact=True).input_value()

    await seat.page.reload()

    await expect(seat.page.get_by_role("heading", level=1)).to_have_text("Chaves de API")
    assert key not in await seat.page.content()
    made = await house.rows("select 1 from public.api_keys where name = 'só uma vez'")
    assert len(made) == 1


async def test_whom_the_plan_has_no_place_for_is_not_invited_and_what_was_typed_is_kept(
    seat: Seat, add_person: AddPerson, put_on_small_plan
):
    for _ in range(2):
        add_person("attendant")
    await put_on_small_plan()
    seat.expected = ("422",)
    await seat.go("/usuarios")
    await seat.page.get_by_label("Nome").fill("Quarta Pessoa")
    await seat.page.get_by_label("E-mail").fill("quarta@clinica.com.br")
    await seat.page.get_by_role("button", name="Enviar convite").click()

    await expect(seat.page.get_by_role("alert")).to_contain_text("Seu plano não inclui mais um.")
    await expect(seat.page.get_by_label("E-mail")).to_have_value("quarta@clinica.com.br")
