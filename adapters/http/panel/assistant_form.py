"""The settings' form as text, as settings, and as what is wrong with it: nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from application.assistant.manners import DAYS
from domain.assistant.attendance import Attendance, Audience, Hours, Shift, read_day, read_numbers
from domain.assistant.manner import LONGEST_REPLY, SHORTEST_REPLY, Formality, Manner, Measure
from domain.assistant.persona import Persona
from domain.handoff.entry import Said
from domain.shared.errors import Invalid

T = TypeVar("T")

LONGEST: Final = {"nome": 60, "empresa": 120, "tom": 120, "saudacoes": 1_000, "fatos": 6_000, "numeros": 12_000}
DAY_FIELDS: Final = tuple(f"dia{place}" for place in range(len(DAYS)))
FIELDS: Final = (*LONGEST, "formalidade", "empatia", "humor", "tamanho", "turno", "publico", "ligada", *DAY_FIELDS)
HOURS_PROBLEM: Final = "Escreva como 8:00-12:00, 14:00-18:00. Deixe vazio quando não abre."
NUMBERS_PROBLEM: Final = "Há uma linha que não é um telefone com DDD, como (11) 98765-4321."
LENGTH_PROBLEM: Final = f"Escolha um número de {SHORTEST_REPLY} a {LONGEST_REPLY}."
NAME_PROBLEM: Final = "A secretária precisa de um nome."
CHOICE_PROBLEM: Final = "Escolha uma das opções."


@dataclass(slots=True)
class Typed:
    """`values`: each field as it was typed; `problems`: what to change, by field."""

    values: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_form(cls, form: Mapping[str, Any]) -> Typed:
        return cls({name: said if isinstance(said := form.get(name), str) else "" for name in FIELDS})

    @classmethod
    def of_persona(cls, persona: Persona) -> Typed:
        manner, attendance = persona.manner, persona.attendance
        days = {name: ", ".join(map(str, spans)) for name, spans in zip(DAY_FIELDS, attendance.hours.days, strict=True)}
        return cls(
            {
                "nome": persona.assistant_name,
                "empresa": persona.business_name,
                "tom": persona.tone,
                "saudacoes": persona.greeting,
                "fatos": persona.business_facts,
                "numeros": "\n".join(attendance.numbers),
                "formalidade": manner.formality,
                "empatia": manner.empathy,
                "humor": manner.humour,
                "tamanho": str(manner.longest),
                "turno": attendance.shift,
                "publico": attendance.audience,
                "ligada": "sim" if persona.enabled else "",
            }
            | days
        )

    def read(self, before: Persona) -> Persona | None:
        """The settings, or None with `problems` filled. What the form does not hold stays as it is."""
        self.problems = {}
        texts = {name: self._text(name, most) for name, most in LONGEST.items()}
        if not texts["nome"]:
            self.problems["nome"] = NAME_PROBLEM
        manner, attendance = self._manner(), self._attendance()
        if self.problems or manner is None:
            return None
        return Persona(
            assistant_name=texts["nome"],
            tone=texts["tom"],
            business_name=texts["empresa"],
            business_facts=texts["fatos"],
            greeting=texts["saudacoes"],
            faq=before.faq,
            enabled=self.values["ligada"] == "sim",
            manner=manner,
            attendance=attendance,
        )

    def _text(self, name: str, most: int) -> str:
        if not self.values[name].strip():
            return ""
        if len(self.values[name]) > most:
            self.problems[name] = f"O texto passou de {most} caracteres."
            return ""
        read = self._try(
            name, lambda: Said.typed(self.values[name], field=name, most=most), "Não deu para ler o texto."
        )
        return read.text if read else ""

    def _manner(self) -> Manner | None:
        formality = self._try("formalidade", lambda: Formality(self.values["formalidade"]), CHOICE_PROBLEM)
        empathy = self._try("empatia", lambda: Measure(self.values["empatia"]), CHOICE_PROBLEM)
        humour = self._try("humor", lambda: Measure(self.values["humor"]), CHOICE_PROBLEM)
        if formality is None or empathy is None or humour is None:
            return None
        length = self.values["tamanho"]
        number = int(length) if length.isascii() and length.isdigit() and len(length) < 6 else 0
        return self._try("tamanho", lambda: Manner(formality, empathy, humour, number), LENGTH_PROBLEM)

    def _attendance(self) -> Attendance:
        days = tuple(
            self._try(name, lambda name=name: read_day(self.values[name], field=name), HOURS_PROBLEM) or ()  # type: ignore[misc]
            for name in DAY_FIELDS
        )
        return Attendance(
            shift=self._try("turno", lambda: Shift(self.values["turno"]), CHOICE_PROBLEM) or Shift.ALWAYS,
            hours=Hours(days),
            audience=self._try("publico", lambda: Audience(self.values["publico"]), CHOICE_PROBLEM)
            or Audience.EVERYONE,
            numbers=self._try("numeros", lambda: read_numbers(self.values["numeros"], field="numeros"), NUMBERS_PROBLEM)
            or (),
        )

    def _try(self, name: str, read: Callable[[], T], problem: str) -> T | None:
        try:
            return read()
        except (Invalid, ValueError):
            self.problems[name] = problem
            return None
