"""Templates and the answers made of them, with the headers that keep a page to itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response

from adapters.http.panel import (
    access_words,
    aftercare_words,
    agenda_words,
    audit_words,
    company_words,
    follow_up_words,
    texts,
    words,
)
from adapters.http.panel.assets import Assets
from adapters.http.panel.markup import whatsapp
from domain.agenda import reasons
from domain.assistant.week_words import week_in_words

HERE: Final = Path(__file__).parent / "templates"
CAREFUL: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
        " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
    "Vary": "HX-Request, Cookie",
}
THEMES: Final = frozenset({"light", "dark"})


def by_htmx(request: Request[Any, Any, Any]) -> bool:
    """A part of a page is wanted, not a page; going back through the browser's history wants the page."""
    headers = request.headers
    return headers.get("hx-request") == "true" and headers.get("hx-history-restore-request") != "true"


def theme_of(request: Request[Any, Any, Any]) -> str | None:
    chosen = request.cookies.get("tema")
    return chosen if chosen in THEMES else None


@dataclass(frozen=True, slots=True)
class Pages:
    assets: Assets = field(default_factory=Assets.read)
    jinja: Environment = field(init=False)

    def __post_init__(self) -> None:
        jinja = Environment(
            loader=FileSystemLoader(HERE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        jinja.globals["asset"] = self.assets.url
        jinja.filters |= FILTERS
        object.__setattr__(self, "jinja", jinja)

    def render(self, template: str, context: Mapping[str, object]) -> str:
        return self.jinja.get_template(template).render(context)

    def answer(
        self,
        template: str,
        context: Mapping[str, object],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response[str]:
        return Response(
            self.render(template, context),
            status_code=status,
            media_type=MediaType.HTML,
            headers=CAREFUL | dict(headers or {}),
        )


FILTERS: Final[dict[str, Any]] = {
    "appointment_kind": agenda_words.kind,
    "appointment_state": agenda_words.state,
    "audit_action": audit_words.action,
    "audit_outcome": audit_words.outcome,
    "audit_who": audit_words.who,
    "author": texts.AUTHOR.get,
    "browser": words.browser,
    "called": texts.called,
    "client": agenda_words.client,
    "clock": words.clock,
    "date": words.short_date,
    "day": words.day,
    "deed": texts.DEED.get,
    "delivery": texts.delivery,
    "follow_up_dropped": follow_up_words.DROPPED.get,
    "follow_up_open": follow_up_words.may_be_asked,
    "follow_up_state": follow_up_words.follow_up_state,
    "finely": words.finely,
    "full": words.full,
    "greeting": words.greeting,
    "holder_kind": texts.HOLDER_KIND.get,
    "holder_label": texts.holder_label,
    "holder_who": texts.HOLDER_WHO.get,
    "holder_word": texts.HOLDER_WORD.get,
    "hue": words.hue,
    "initials": words.initials,
    "kind_icon": texts.kind_icon,
    "kind_word": texts.kind_word,
    "lasting": words.lasting,
    "length_of": agenda_words.minutes,
    "long_date": agenda_words.long_date,
    "long_day": words.long_day,
    "moment": words.moment,
    "number": words.number,
    "oneline": words.oneline,
    "percent": words.percent,
    "phone": words.phone,
    "reais": words.reais,
    "reminder_delivery": aftercare_words.reminder_state,
    "reminder_kind": aftercare_words.reminder_kind,
    "reminder_left_out": aftercare_words.LEFT_OUT.get,
    "reminder_name": aftercare_words.REMINDERS.get,
    "role_name": access_words.role_name,
    "pool_name": company_words.pool,
    "slug": words.slug,
    "spark": words.spark,
    "speaker": texts.SPEAKER.get,
    "trouble": texts.trouble,
    "whatsapp": whatsapp,
    "work": texts.work,
    "why_person": texts.WHY_PERSON.get,
    "why_called_off": reasons.in_words,
    "week": week_in_words,
    "why_silent": texts.WHY_SILENT.get,
}
