"""The second factor: set up with a first code, asked for at every login, replaced by a recovery code where the phone is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from application.access.ports import Users
from application.access.proofs import Attempts, Guessed, OneTimeCodes, SecondFactors
from application.shared.audit import AuditLog
from application.shared.ports import Clock
from domain.audit.entry import NOBODY, Deed, Outcome
from domain.shared.errors import Invalid, Unauthenticated
from domain.shared.ids import UserId


class WrongCode(Unauthenticated):
    """Wrong, too old, or used before."""


class NotThisCode(Invalid):
    """Setting up: the telephone shows something else."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the telephone has to learn; shown until the first code, and never again."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    picture: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckSecondFactor:
    """Raises WrongCode or TooOften. A code is good once, also in two requests at the same moment."""

    factors: SecondFactors
    codes: OneTimeCodes
    attempts: Attempts
    clock: Clock
    audit: AuditLog

    async def is_needed(self, user: UserId) -> bool:
        factor = await self.factors.get(user)
        return factor is not None and factor.confirmed

    async def __call__(self, user: UserId, code: str, ip: str) -> None:
        await self.attempts.take(Guessed.CODE, str(user), ip)
        if not await self._is_right(user, code):
            await self.audit.record(Deed(NOBODY, "access.code", f"user:{user}", outcome=Outcome.REFUSED))
            raise WrongCode("not this code")
        await self.attempts.give_back(Guessed.CODE, str(user), ip)

    async def _is_right(self, user: UserId, code: str) -> bool:
        factor = await self.factors.get(user)
        if factor is None or not factor.confirmed:
            return False
        step = self.codes.step_of(factor.secret, code, self.clock())
        if step is not None:
            return await self.factors.take_step(user, step)
        return await self.factors.take_recovery(user, digest_of(code))


@dataclass(frozen=True, slots=True)
class SetUpSecondFactor:
    users: Users
    factors: SecondFactors
    codes: OneTimeCodes
    clock: Clock

    async def propose(self, user: UserId) -> Enrolment:
        """Nothing is asked for before `confirm`. Raises Refused while another is in use."""
        secret = self.codes.new_secret()
        await self.factors.propose(user, secret)
        uri = self.codes.uri(secret, (await self.users.get(user)).email)
        return Enrolment(secret, uri, self.codes.picture(uri))

    async def waiting(self, user: UserId) -> Enrolment | None:
        """What was proposed and still waits for its first code."""
        factor = await self.factors.get(user)
        if factor is None or factor.confirmed:
            return None
        uri = self.codes.uri(factor.secret, (await self.users.get(user)).email)
        return Enrolment(factor.secret, uri, self.codes.picture(uri))

    async def confirm(self, user: UserId, code: str) -> Sequence[str]:
        """The recovery codes, this once. Raises NotThisCode."""
        factor = await self.factors.get(user)
        waiting = factor if factor is not None and not factor.confirmed else None
        step = self.codes.step_of(waiting.secret, code, self.clock()) if waiting else None
        if step is None:
            raise NotThisCode("the telephone should show another code now", field="code")
        recovery = self.codes.new_recovery_codes()
        if not await self.factors.confirm(user, step, [digest_of(each) for each in recovery]):
            raise NotThisCode("it is set up already", field="code")
        return recovery

    async def remove(self, user: UserId) -> None:
        await self.factors.remove(user)


def digest_of(code: str) -> bytes:
    """However it was typed: with or without hyphens, in capitals. A recovery code has 79 bits, so one round is enough."""
    plain = "".join(code.lower().split()).replace("-", "")
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest()
