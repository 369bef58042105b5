"""Who changes what a stolen session must not: the form asks for the password again, in the same place, and keeps the rest."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.http.auth import ip_of
from adapters.http.client_address import ClientAddress
from adapters.http.panel.entry import NOT_THIS_CODE, TOO_OFTEN, fields
from adapters.http.panel.frame import Asked
from application.access.caller import Caller
from application.access.check_password import WrongCredentials
from application.access.second_factor import WrongCode
from application.access.step_up import MustBeFresh, Proof, ProofNeeded, ProveAgain
from domain.shared.errors import Refused, TooOften
from domain.shared.ids import UserId

NEEDED = "Já faz alguns minutos que você entrou. Confirme sua senha para continuar."
NOT_THIS_PASSWORD = "A senha não confere."  # noqa: S105 - a sentence


class NotProven(Refused):
    """The message is for the person, in their language."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a form has to ask for beside its own fields."""

    code: bool


@dataclass(frozen=True, slots=True)
class ProofGate:
    prove: ProveAgain
    fresh: MustBeFresh
    address: ClientAddress

    async def doubt(self, caller: Caller) -> Doubt | None:
        """None where the person has just shown who they are. Raises NotPermitted for a machine."""
        try:
            await self.fresh(caller)
        except ProofNeeded:
            return Doubt(await self.prove.check_code.is_needed(UserId(caller.id)))
        return None

    async def pass_through(self, request: Asked, caller: Caller) -> None:
        """Takes the proof that came with the form, where one is needed. Raises NotProven."""
        if await self.doubt(caller) is None:
            return
        password, code = await fields(request, "confirmar-senha", "confirmar-codigo")
        if not password:
            raise NotProven(NEEDED)
        try:
            await self.prove(caller, Proof(password, code.strip(), ip_of(request, self.address)))
        except WrongCredentials:
            raise NotProven(NOT_THIS_PASSWORD) from None
        except WrongCode:
            raise NotProven(NOT_THIS_CODE) from None
        except TooOften:
            raise NotProven(TOO_OFTEN) from None
