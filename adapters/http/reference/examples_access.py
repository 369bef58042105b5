"""Examples of logging in, of people, keys and providers. Nothing that looks like a secret has ever opened anything."""

from __future__ import annotations

from typing import Final

import msgspec

from adapters.http.account import (
    CodeOnlyIn,
    EmailIn,
    EnrolmentOut,
    PasswordIn,
    ProofIn,
    RecoveryOut,
    SessionOut,
    TicketIn,
)
from adapters.http.api_keys import KeyIn, KeyOut
from adapters.http.auth import CodeIn, CodeNeededOut, CompanyIn, LoginIn, MeOut, RefreshIn, TokensOut
from adapters.http.passwords import ForgottenIn, NewPasswordIn
from adapters.http.reference.moments import ANA, DAY_BEFORE, KEY, MONTH_AFTER, NOW
from adapters.http.sign_on import ProviderIn, ProviderOut
from adapters.http.users import InvitationIn, RoleIn, UserOut
from domain.access.role import Permission, Role

EMAIL: Final = "ana@clinica.example"
PASSWORD: Final = "uma frase tranquila e longa"  # noqa: S105 - an example
TICKET: Final = "uT3v…the t of the letter's link"
ACCESS: Final[tuple[msgspec.Struct, ...]] = (
    LoginIn(EMAIL, PASSWORD, company=7),
    CodeIn(challenge="eyJhbGciOiJFZERTQSJ9.challenge.signature", code="492039"),
    CompanyIn(12),
    RefreshIn("eyJhbGciOiJFZERTQSJ9.refresh.signature"),
    TokensOut("eyJhbGciOiJFZERTQSJ9.access.signature", "eyJhbGciOiJFZERTQSJ9.refresh.signature", 600),
    CodeNeededOut("eyJhbGciOiJFZERTQSJ9.challenge.signature"),
    MeOut(ANA, "Ana", 7, "s8f2c1", [str(Permission.HOME_READ), str(Permission.USERS_READ)]),
    ForgottenIn(EMAIL),
    NewPasswordIn(TICKET, PASSWORD, "Ana"),
    ProofIn(PASSWORD, "492039"),
    PasswordIn(PASSWORD, "outra frase tranquila e longa"),
    EmailIn("ana.souza@clinica.example"),
    TicketIn(TICKET),
    CodeOnlyIn("492039"),
    EnrolmentOut("JBSWY3DPEHPK3PXP", "otpauth://totp/Secretaria:ana?secret=JBSWY3DPEHPK3PXP", "<svg>…</svg>"),
    RecoveryOut(["x7kd-93hf-aq2m", "p0vz-51je-rt8c"]),
    SessionOut("s8f2c1", DAY_BEFORE, NOW, MONTH_AFTER, "Firefox", this_one=True),
    InvitationIn("bia@clinica.example", "Bia", Role.ATTENDANT),
    RoleIn(Role.MANAGER),
    UserOut(ANA, EMAIL, "Ana", Role.OWNER, "active", shut_out=False),
    KeyIn("n8n", [Permission.CONVERSATIONS_READ], days=90),
    KeyOut(KEY, "n8n", "sec_a7d0e3c2", [str(Permission.CONVERSATIONS_READ)], NOW, expires_at=MONTH_AFTER),
    ProviderIn("https://login.clinica.example", "secretaria", "the-providers-own-secret"),
    ProviderOut("https://login.clinica.example", "secretaria", has_secret=True),
)
