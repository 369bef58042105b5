"""`secretaria user`: the first people come in by this command; no account and no password exists before."""

from __future__ import annotations

import json

import click

from adapters.postgres.plan_of import PostgresPlanOf
from adapters.postgres.users import PostgresUsers
from adapters.security.chance import new_password, new_user_id
from adapters.security.passwords import Argon2Passwords
from application.access.add_user import AddUser, UserOrder
from domain.access.email import checked_email
from domain.access.role import Role
from domain.access.user import Membership, User, UserNotFound
from domain.shared.ids import TenantId
from secretaria.commands.desk import at_the_desk, company_named, on_record, say, typed
from secretaria.office import Office

ONCE = "The password is shown this once: hand it over, and ask for it to be changed."
as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")


@click.group()
def user() -> None:
    """Let people in and out: operators of the platform, and the people of companies."""


@user.command()
@click.option("--email", required=True, help="What they log in with.")
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--company", help="Number or short name; every role but operator needs one.")
@click.option("--password", help="`-` asks for it. Without this option one is made up and shown once.")
@as_json_option
def add(email: str, name: str, role: str, as_json: bool, **given: str | None) -> None:
    """Give somebody an account, and a password at once."""
    chosen = typed(given["password"], "Password")
    password = chosen or new_password()

    async def work(office: Office) -> User:
        named = given["company"]
        company = None if named is None else (await company_named(office, named)).id
        passwords = Argon2Passwords()
        try:
            adding = AddUser(PostgresUsers(office.pool), passwords, new_user_id, PostgresPlanOf(office.pool))
            added = await adding(UserOrder(email, name, Membership(Role(role), company), password))
            await on_record(office, "user.add", f"user:{added.id}", company=company, role=role)
            return added
        finally:
            passwords.close()

    fields = _row(at_the_desk(work))
    say(fields if chosen else fields | {"password": password}, as_json=as_json)
    if not chosen and not as_json:
        click.echo(f"\n{ONCE}", err=True)


@user.command("list")
@click.option("--company", help="Number or short name; without it, everybody.")
@as_json_option
def list_(company: str | None, as_json: bool) -> None:
    """Who may come in, and as what."""

    async def work(office: Office) -> list[User]:
        users = PostgresUsers(office.pool)
        found = await users.all() if company is None else await users.of((await company_named(office, company)).id)
        return list(found)

    users = at_the_desk(work)
    if as_json:
        click.echo(json.dumps({"users": [_row(one) for one in users]}, ensure_ascii=False))
        return
    for one in users:
        click.echo(f"{one.state.value:<9} {_roles(one):<24} {one.email:<36} {one.name}")


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Shut EMAIL out at once, wherever they are logged in."""

    async def work(office: Office) -> None:
        users, one = await _found(office, email)
        await users.change(one, one.disabled())
        await on_record(office, "user.disable", f"user:{one.id}", company=_first_company(one))

    at_the_desk(work)
    click.echo("Disabled; every session of theirs is over.")


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let EMAIL in again, with the password they had."""

    async def work(office: Office) -> None:
        users, one = await _found(office, email)
        await users.change(one, one.enabled())
        await on_record(office, "user.enable", f"user:{one.id}", company=_first_company(one))

    at_the_desk(work)
    click.echo("Enabled.")


@user.command("reset-factor")
@click.argument("email")
def reset_factor(email: str) -> None:
    """Take EMAIL's second factor off: for who lost the telephone and the recovery codes. Make sure first that it is them."""

    async def work(office: Office) -> None:
        one = await office.reset_factor(email)
        await on_record(office, "user.reset_factor", f"user:{one.id}", company=_first_company(one), anyway=True)

    at_the_desk(work)
    click.echo("Removed; every session of theirs is over, and they log in with the password alone.")


async def _found(office: Office, email: str) -> tuple[PostgresUsers, User]:
    users = PostgresUsers(office.pool)
    one = await users.find(checked_email(email))
    if one is None:
        raise UserNotFound("nobody logs in with this address")
    return users, one


def _first_company(one: User) -> TenantId | None:
    return one.memberships[0].company if one.memberships else None


def _row(one: User) -> dict[str, object]:
    return {"user": str(one.id), "email": one.email, "name": one.name, "state": one.state.value, "roles": _roles(one)}


def _roles(one: User) -> str:
    return ", ".join(f"{each.role} of {each.company}" if each.company else str(each.role) for each in one.memberships)
