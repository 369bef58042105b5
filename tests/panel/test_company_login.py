"""The company's own identity provider at the team's page: set up, used by the team's link, taken away again."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from playwright.async_api import Page, expect

from ops.sandbox.handle import Running, launch
from ops.sandbox.oidc.provider import CLIENT_ID, CLIENT_SECRET
from tests.journeys.house import House, Line
from tests.panel.conftest import GREETING, PASSWORD, AddPerson, Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@pytest.fixture(scope="module")
def provider() -> Iterator[Running]:
    running = launch("oidc")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
async def none_before(house: House, line: Line) -> None:
    for table in ("foreign_identities", "sign_ons"):
        await house.rows(f"delete from public.{table} where tenant_id = $1", line.tenant)


async def set_up(page: Page, issuer: str, *, client: str = CLIENT_ID, secret: str = CLIENT_SECRET) -> None:
    await page.get_by_label("Endereço do provedor").fill(issuer)
    await page.get_by_label("Identificador").fill(client)
    await page.get_by_label("Segredo").fill(secret)
    await page.get_by_role("button", name="Guardar o login").click()


@EVERY_LOOK
async def test_the_card_is_accessible(seat: Seat, provider: Running, look: str):
    await seat.go("/usuarios")
    await set_up(seat.page, provider.url)
    await expect(seat.page.get_by_label("Link para a equipe entrar", exact=True)).to_be_visible()
    await seat.looks_right(look, "usuarios-login")
    await seat.page.get_by_role("button", name="Remover…").click()
    await seat.must_be_accessible(f"{look} usuarios, remover o login")
    await seat.picture(f"{look}-usuarios-login-remover")


async def test_the_team_comes_in_by_the_link_and_no_more_when_the_login_is_removed(
    seat: Seat, provider: Running, add_person: AddPerson, house: House
):
    person = {"sub": "carla", "email": add_person("attendant"), "email_verified": True}
    httpx2.put(f"{provider.url}/_sandbox/state", json={"person": person}, trust_env=False)
    await seat.go("/usuarios")
    await expect(seat.page.get_by_label("Endereço de retorno", exact=True)).to_have_value(
        f"{house.url}/painel/sso/retorno"
    )
    await set_up(seat.page, provider.url)
    await expect(seat.page.locator(".toast")).to_contain_text("Login da empresa guardado.")
    link = await seat.page.get_by_label("Link para a equipe entrar", exact=True).input_value()
    assert CLIENT_SECRET not in await seat.page.content()

    def team_comes_in() -> httpx2.Response:
        with httpx2.Client(trust_env=False, follow_redirects=True, headers={"accept": "text/html"}) as browser:
            return browser.get(link)

    assert GREETING.search(team_comes_in().text)

    await seat.page.get_by_role("button", name="Remover…").click()
    await seat.page.get_by_role("dialog").get_by_role("button", name="Remover").click()
    await expect(seat.page.locator(".toast")).to_contain_text("Login da empresa removido.")
    await expect(seat.page.get_by_label("Link para a equipe entrar", exact=True)).to_have_count(0)
    assert "O login da empresa não foi concluído" in team_comes_in().text


async def test_a_provider_that_does_not_answer_says_so_at_its_field_and_nothing_typed_is_lost_but_the_secret(
    seat: Seat, house: House
):
    seat.expected = ("422",)
    await seat.go("/usuarios")
    for issuer in (house.whaticket.url, "https://[", "http://127.0.0.1:9", "ninguem"):
        await set_up(seat.page, issuer, client="<b>nós</b>")
        await expect(seat.page.get_by_label("Endereço do provedor")).to_have_attribute("aria-invalid", "true")
        await expect(seat.page.get_by_label("Endereço do provedor")).to_have_value(issuer)
        await expect(seat.page.get_by_label("Identificador")).to_have_value("<b>nós</b>")
        await expect(seat.page.get_by_label("Segredo")).to_have_value("")

    await set_up(seat.page, house.whaticket.url, client=" ")
    await expect(seat.page.get_by_label("Identificador")).to_have_attribute("aria-invalid", "true")
    assert await house.rows("select 1 from public.sign_ons where tenant_id = $1", seat.line.tenant) == []


async def test_who_showed_no_password_lately_is_asked_for_it_before_the_login_changes(
    seat: Seat, provider: Running, house: House
):
    seat.expected = ("422",)
    await seat.go("/usuarios")
    await seat.age_sessions()
    await set_up(seat.page, provider.url)
    await expect(seat.page.get_by_role("alert")).to_contain_text("Confirme sua senha")
    assert await house.rows("select 1 from public.sign_ons where tenant_id = $1", seat.line.tenant) == []

    await seat.page.locator("#login").get_by_label("Confirme sua senha").fill(PASSWORD)
    await set_up(seat.page, provider.url)
    await expect(seat.page.get_by_label("Link para a equipe entrar", exact=True)).to_be_visible()
    await seat.age_sessions()
    await seat.page.get_by_role("button", name="Remover…").click()
    await seat.page.get_by_role("dialog").get_by_role("button", name="Remover").click()
    await expect(seat.page.get_by_role("alert")).to_contain_text("Confirme sua senha")
    assert await house.rows("select 1 from public.sign_ons where tenant_id = $1", seat.line.tenant) != []


async def test_a_manager_does_not_see_the_login(newcomer: Seat, add_person: AddPerson):
    newcomer.email = add_person("manager")
    await newcomer.log_in()
    await newcomer.go("/usuarios")
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Equipe")
    await expect(newcomer.page.get_by_text("login da empresa")).to_have_count(0)
