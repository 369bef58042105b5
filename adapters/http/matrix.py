"""Which route asks for what, all of them on one page: a test compares it with the routes there really are.

Whoever adds a route adds a line here, or the tests fail. `OPEN` are those that recognise nobody by themselves: each says what
it looks at instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.access.role import Permission

OPEN: Final[Mapping[str, str]] = {
    "POST /webhook/whaticket": "the line's signature or secret",
    "POST /webhook/whaticket/{connection:str}": "the line's signature or secret",
    "POST /webhook/whaticket/{connection:str}/{token:str}": "the line's secret in the path",
    "POST /webhook/billing": "the payment provider's signature",
    "GET /healthz": "nothing: it says how we are, to whoever keeps us alive",
    "GET /livez": "nothing: it says that we are",
    "GET /metrics": "the service token in production",
    "POST /api/auth/login": "the password",
    "POST /api/auth/second-factor": "the challenge and the code",
    "POST /api/auth/refresh": "the refresh token",
    "POST /api/auth/password": "the ticket of a letter",
    "POST /api/auth/password/forgotten": "nothing, and tells nothing",
    "POST /api/account/email/confirmation": "the ticket of a letter",
    "GET /painel/sso/{company:int}": "nothing: it sends the browser to the company's identity provider",
    "GET /painel/sso/retorno": "the provider's code and the state that this browser keeps",
    "GET /painel/entrar": "nothing: it is the form",
    "POST /painel/entrar": "the password, from a page of ours",
    "POST /painel/entrar/codigo": "the challenge and the code, from a page of ours",
    "GET /painel/senha": "nothing: it is the form",
    "POST /painel/senha": "nothing, and tells nothing",
    "GET /painel/senha/nova": "nothing: it is the form",
    "POST /painel/senha/nova": "the ticket of a letter",
    "GET /painel/convite": "nothing: it is the form",
    "POST /painel/convite": "the ticket of a letter",
    "GET /painel/static/{file:str}": "nothing: the same files for everybody",
    "GET /painel/estilo": "nothing: the design's parts, outside production",
}

ANYBODY: Final[frozenset[Permission]] = frozenset()
"""Whoever is logged in, whatever the role; what is reached is one's own."""

MATRIX: Final[Mapping[str, frozenset[Permission]]] = {
    "POST /api/auth/logout": ANYBODY,
    "GET /api/auth/me": ANYBODY,
    "POST /api/account/proof": ANYBODY,
    "POST /api/account/password": ANYBODY,
    "POST /api/account/email": ANYBODY,
    "POST /api/account/second-factor": ANYBODY,
    "POST /api/account/second-factor/confirmation": ANYBODY,
    "DELETE /api/account/second-factor": ANYBODY,
    "GET /api/account/sessions": ANYBODY,
    "DELETE /api/account/sessions": ANYBODY,
    "DELETE /api/account/sessions/{id:str}": ANYBODY,
    "GET /api/users": frozenset({Permission.USERS_READ}),
    "GET /api/users/{id:uuid}": frozenset({Permission.USERS_READ}),
    "POST /api/users": frozenset({Permission.USERS_WRITE}),
    "PATCH /api/users/{id:uuid}": frozenset({Permission.USERS_WRITE}),
    "DELETE /api/users/{id:uuid}": frozenset({Permission.USERS_WRITE}),
    "POST /api/users/{id:uuid}/invitation": frozenset({Permission.USERS_WRITE}),
    "POST /api/users/{id:uuid}/shut-out": frozenset({Permission.USERS_WRITE}),
    "POST /api/users/{id:uuid}/let-in": frozenset({Permission.USERS_WRITE}),
    "DELETE /api/users/{id:uuid}/sessions": frozenset({Permission.USERS_WRITE}),
    "GET /api/sign-on": frozenset({Permission.USERS_WRITE}),
    "PUT /api/sign-on": frozenset({Permission.USERS_WRITE}),
    "DELETE /api/sign-on": frozenset({Permission.USERS_WRITE}),
    "GET /api/keys": frozenset({Permission.API_KEYS_WRITE}),
    "POST /api/keys": frozenset({Permission.API_KEYS_WRITE}),
    "DELETE /api/keys/{id:uuid}": frozenset({Permission.API_KEYS_WRITE}),
    "GET /api/platform/keys": frozenset({Permission.PLATFORM_API_KEYS_WRITE}),
    "POST /api/platform/keys": frozenset({Permission.PLATFORM_API_KEYS_WRITE}),
    "DELETE /api/platform/keys/{id:uuid}": frozenset({Permission.PLATFORM_API_KEYS_WRITE}),
    "GET /api/billing/plans": frozenset({Permission.BILLING_READ}),
    "GET /api/billing/subscription": frozenset({Permission.BILLING_READ}),
    "GET /api/billing/usage": frozenset({Permission.BILLING_READ}),
    "POST /api/billing/plan": frozenset({Permission.BILLING_WRITE}),
    "GET /api/dead-letters": frozenset({Permission.PLATFORM_DEAD_LETTERS}),
    "GET /api/dead-letters/{id:int}": frozenset({Permission.PLATFORM_DEAD_LETTERS}),
    "POST /api/dead-letters/{id:int}/retry": frozenset({Permission.PLATFORM_DEAD_LETTERS}),
    "DELETE /api/dead-letters/{id:int}": frozenset({Permission.PLATFORM_DEAD_LETTERS}),
    "GET /api/audit": frozenset({Permission.AUDIT_READ}),
    "GET /api/audit/export": frozenset({Permission.AUDIT_READ}),
    "GET /api/platform/audit": frozenset({Permission.PLATFORM_AUDIT_READ}),
    "GET /api/platform/audit/export": frozenset({Permission.PLATFORM_AUDIT_READ}),
    "POST /painel/sair": ANYBODY,
    "GET /painel/{rest:path}": ANYBODY,
    "GET /painel": frozenset({Permission.HOME_READ}),
    "GET /painel/conversas": frozenset({Permission.CONVERSATIONS_READ}),
    "GET /painel/conversas/ao-vivo": frozenset({Permission.CONVERSATIONS_READ}),
    "GET /painel/conversas/{id:int}": frozenset({Permission.CONVERSATIONS_READ}),
    "GET /painel/conversas/{id:int}/anteriores": frozenset({Permission.CONVERSATIONS_READ}),
    "GET /painel/conversas/{id:int}/ao-vivo": frozenset({Permission.CONVERSATIONS_READ}),
    "POST /painel/conversas/{id:int}/assumir": frozenset({Permission.CONVERSATIONS_ATTEND}),
    "POST /painel/conversas/{id:int}/devolver": frozenset({Permission.CONVERSATIONS_ATTEND}),
    "POST /painel/conversas/{id:int}/responder": frozenset({Permission.CONVERSATIONS_ATTEND}),
    "POST /painel/conversas/{id:int}/notas": frozenset({Permission.CONVERSATIONS_ATTEND}),
    "POST /painel/conversas/{id:int}/resumo": frozenset({Permission.CONVERSATIONS_ATTEND}),
    "GET /painel/falhas": frozenset({Permission.DEAD_LETTERS_READ}),
    "POST /painel/falhas/repetir": frozenset({Permission.DEAD_LETTERS_WRITE}),
    "POST /painel/falhas/descartar": frozenset({Permission.DEAD_LETTERS_WRITE}),
    "GET /painel/config": frozenset({Permission.ASSISTANT_READ}),
    "POST /painel/config": frozenset({Permission.ASSISTANT_WRITE}),
    "POST /painel/config/previa": frozenset({Permission.ASSISTANT_WRITE}),
    "POST /painel/config/versoes/{id:int}/restaurar": frozenset({Permission.ASSISTANT_WRITE}),
}
