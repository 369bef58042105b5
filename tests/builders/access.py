"""An application behind the guard, over fakes: who may come in is up to the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from litestar import Litestar
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler

from adapters.http.access import DEPENDENCIES, Access
from adapters.http.bodies import WrittenRequest
from adapters.http.cookies import SessionCookies, set_awaited_cookies
from adapters.http.csrf import Csrf
from adapters.http.errors import HANDLERS
from adapters.security.tokens import SignedTokens, TokenKeys
from adapters.security.totp import TimeCodes
from application.access.api_keys import RecogniseKey
from application.access.begin_session import BeginSession, Tickets
from application.access.check_password import CheckPassword
from application.access.recognise import Recognise
from application.access.renew_session import RenewSession
from application.access.second_factor import CheckSecondFactor
from application.access.sign_in import FinishSignIn, SignIn
from domain.access.role import Role
from domain.access.session import Lifetime
from domain.access.user import Membership, User
from domain.shared.ids import SessionId, TenantId, UserId
from tests.fakes.access import FakePasswords, FakeSessions, FakeUsers
from tests.fakes.audit import FakeAuditLog
from tests.fakes.proofs import FakeApiKeys, FakeAttempts, FakeSecondFactors

ORIGIN = "https://secretaria.example"
KEY = bytes(range(32))


@dataclass
class TestClock:
    """The present moment, until somebody moves it: JWT libraries look at the real clock, so it starts there."""

    __test__ = False
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Gate:
    """The use cases of access over fakes, and the people in them."""

    service_token: str | None = None
    secure: bool = True
    clock: TestClock = field(default_factory=TestClock)
    users: FakeUsers = field(default_factory=FakeUsers)
    passwords: FakePasswords = field(default_factory=FakePasswords)
    tokens: SignedTokens = field(default_factory=lambda: SignedTokens(TokenKeys.of([KEY]), ORIGIN))
    lifetime: Lifetime = field(default_factory=Lifetime)
    audit: FakeAuditLog = field(default_factory=FakeAuditLog)

    def __post_init__(self) -> None:
        self.sessions = FakeSessions(self.clock)
        numbers = count(1)
        self.attempts = FakeAttempts()
        self.factors = FakeSecondFactors()
        self.keys = FakeApiKeys()
        self.begin = BeginSession(
            self.sessions,
            self.tokens,
            self.clock,
            lambda: SessionId(f"session-{next(numbers)}"),
            self.lifetime,
            self.audit,
        )
        self.check_password = CheckPassword(self.users, self.passwords, self.attempts, self.audit)
        self.check_code = CheckSecondFactor(self.factors, TimeCodes(), self.attempts, self.clock, self.audit)
        self.sign_in = SignIn(self.check_password, self.check_code, self.tokens, self.begin, self.clock)
        self.finish = FinishSignIn(self.users, self.check_code, self.tokens, self.begin)
        self.renew = RenewSession(self.users, self.sessions, self.tokens, self.clock, self.lifetime)
        self.recognise = Recognise(self.users, self.sessions, self.tokens, self.clock)

    async def person(self, role: Role = Role.OWNER, company: int | None = 1, email: str = "ana@clinica.com.br") -> User:
        at = None if role is Role.OPERATOR or company is None else TenantId(company)
        id = UserId(UUID(int=len(self.users.kept) + 1))
        user = User(id, email, "Ana", (Membership(role, at),), password_hash="hash of tranquila e longa")
        await self.users.add(user)
        return user

    async def logged_in(self, user: User) -> Tickets:
        return await self.begin(user, user.memberships[0].company)

    async def bearer(self, role: Role = Role.OWNER, company: int | None = 1) -> dict[str, str]:
        """The header of somebody of this role."""
        user = await self.person(role, company, f"{role}{company}@clinica.com.br")
        return {"authorization": f"Bearer {(await self.logged_in(user)).access}"}

    @property
    def access(self) -> Access:
        return Access(
            self.recognise,
            self.renew,
            SessionCookies(self.secure),
            Csrf.of(KEY, ORIGIN),
            RecogniseKey(self.keys, self.clock),
            self.service_token,
        )

    def app(self, handlers: Sequence[ControllerRouterHandler]) -> Litestar:
        return Litestar(
            handlers,
            dependencies=DEPENDENCIES,
            state=State({"access": self.access}),
            before_send=[set_awaited_cookies],
            exception_handlers=HANDLERS,
            request_class=WrittenRequest,
            logging_config=None,
        )
