"""What the model sees, inside a token budget: the business's own words, the date, and this contact's conversation only.

Leaking all of it must be harmless: no secret, no other contact, no CPF or card number ever goes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from string import Template
from typing import Final

from application.assistant.manners import in_hours, in_manner
from application.assistant.ports import Prompt, Speaker, Utterance
from domain.assistant.injection import suspect
from domain.assistant.limits import Limits, estimated_tokens
from domain.assistant.persona import Persona
from domain.assistant.personal_data import masked
from domain.delivery.formatting import visible
from domain.shared.ids import TenantId

PROMPTS: Final = resources.files("application.assistant").joinpath("prompts")
SECRETARY: Final = PROMPTS.joinpath("secretary.md").read_text(encoding="utf-8")
WITH_AGENDA: Final = PROMPTS.joinpath("agenda.md").read_text(encoding="utf-8").strip()
WITHOUT_AGENDA: Final = PROMPTS.joinpath("no_agenda.md").read_text(encoding="utf-8").strip()
HIDDEN: Final = tuple(
    line.lstrip("#- ")
    for line in f"{SECRETARY}\n{WITH_AGENDA}\n{WITHOUT_AGENDA}".splitlines()
    if line.startswith("- ") and "$" not in line
)
"""The prompt's own lines: none of them is for a contact's eyes."""

WEEKDAYS: Final = (
    "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo",
)  # fmt: skip
MONTHS: Final = (
    "janeiro", "fevereiro", "março", "abril", "maio", "junho",
    "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip

LONGEST_NAME: Final = 40
FENCES: Final = re.compile(r"</?\s*mensagem\s*/?>", re.IGNORECASE)
NOTHING_KNOWN: Final = "(nada cadastrado ainda: confirme tudo com a equipe)"
WITHHELD: Final = "[mensagem omitida]"
CUT: Final = " […] "


@dataclass(frozen=True, slots=True)
class Question:
    """All that the model may know; this contact's data only. `now` is aware, in the tenant's zone.

    `message` is the burst told as one, `history` what was said before it, oldest first. `agenda` is what this contact has
    and was offered there, None where the company books nothing by chat.
    """

    tenant: TenantId
    persona: Persona
    contact_name: str | None
    history: Sequence[Utterance]
    message: str
    now: datetime
    agenda: str | None = None


def prompt_for(question: Question, limits: Limits) -> Prompt:
    return Prompt(
        system=_system(question),
        history=_remembered(question.history, limits),
        message=f"<mensagem>\n{_data(question.message, limits.message_characters)}\n</mensagem>",
        max_output_tokens=limits.output_tokens,
    )


def in_words(now: datetime) -> str:
    """sábado, 21 de novembro de 2026, 11h05"""
    return f"{WEEKDAYS[now.weekday()]}, {now.day} de {MONTHS[now.month - 1]} de {now.year}, {now:%H}h{now:%M}"


def _system(question: Question) -> str:
    persona = question.persona
    return Template(SECRETARY).substitute(
        assistant_name=persona.assistant_name or "a assistente",
        business_name=persona.business_name or "nossa empresa",
        tone=persona.tone or "acolhedor e profissional",
        manner="\n".join(f"- {each}" for each in in_manner(persona.manner)),
        now=in_words(question.now),
        zone=question.now.tzname() or "horário local",
        business_facts=persona.business_facts.strip() or NOTHING_KNOWN,
        hours=in_hours(persona.attendance.hours),
        faq="\n".join(f"- {', '.join(one.keywords)}: {one.answer}" for one in persona.faq) or "(nenhuma)",
        agenda_rules=WITHOUT_AGENDA if question.agenda is None else WITH_AGENDA,
        agenda="" if question.agenda is None else f"# Agenda desta pessoa\n{question.agenda}\n\n",
        contact="\n".join(_about_the_contact(question)),
    )


def _about_the_contact(question: Question) -> Iterator[str]:
    name = known_name(question.contact_name)
    yield f'Nome no WhatsApp: "{name}"' if name else "O nome da pessoa não é conhecido."
    if question.persona.greeting and not question.history:
        openings = [line.strip() for line in question.persona.greeting.splitlines() if line.strip()]
        one = "a saudação da casa" if len(openings) == 1 else "uma destas saudações da casa, a que couber melhor"
        yield f"É a primeira mensagem dela: comece com {one}: {' | '.join(openings)}"


def known_name(name: str | None) -> str | None:
    """The contact chose it, so it may hold anything: letters only, short, and none at all if it gives orders."""
    if not name or suspect(name):
        return None
    letters = "".join(mark for mark in visible(name) if mark.isalpha() or mark in " '-")
    return " ".join(letters.split())[:LONGEST_NAME].strip() or None


def _remembered(history: Sequence[Utterance], limits: Limits) -> tuple[Utterance, ...]:
    """The latest things said that fit. What the filter stopped then does not come in by the back door now."""
    kept: list[Utterance] = []
    left = limits.history_tokens
    for said in reversed(history):
        told = Utterance(said.speaker, _told(said, limits.message_characters))
        left -= estimated_tokens(told.text)
        if left < 0:
            break
        kept.append(told)
    return tuple(reversed(kept))


def _told(said: Utterance, longest: int) -> str:
    if said.speaker is Speaker.CONTACT and suspect(said.text):
        return WITHHELD
    return _data(said.text, longest)


def _data(text: str, longest: int) -> str:
    """Somebody's words as data: nothing invisible, no fence of ours, no documents' numbers, beginning and end if long."""
    text = FENCES.sub(" ", masked(visible(text)))
    if len(text) <= longest:
        return text
    half = (longest - len(CUT)) // 2
    return f"{text[:half]}{CUT}{text[-half:]}"
