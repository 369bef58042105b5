"""The settings' form as text, as settings, and as what is wrong with it: nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Final, TypeVar

from litestar.datastructures import FormMultiDict

from domain.assistant.asked_often import LONGEST_ANSWER, LONGEST_QUESTION, MOST_ENTRIES, as_typed, read_entry
from domain.assistant.attendance import (
    MOST_A_DAY,
    Attendance,
    Audience,
    Hours,
    Shift,
    WhenClosed,
    read_day,
    read_numbers,
)
from domain.assistant.manner import LONGEST_REPLY, SHORTEST_REPLY, Formality, Manner, Measure
from domain.assistant.persona import Faq, Persona
from domain.assistant.week_words import DAYS
from domain.handoff.entry import Said
from domain.shared.errors import Invalid

T = TypeVar("T")

LONGEST: Final = {
    "nome": 60,
    "empresa": 120,
    "tom": 120,
    "saudacoes": 1_000,
    "fatos": 6_000,
    "numeros": 12_000,
    "fechado_texto": 600,
}
DAY_FIELDS: Final = tuple(f"dia{place}" for place in range(len(DAYS)))
FIELDS: Final = (
    *LONGEST,
    "formalidade",
    "empatia",
    "humor",
    "tamanho",
    "turno",
    "publico",
    "ligada",
    "fechado",
    "diario",
    *DAY_FIELDS,
)
HOURS_PROBLEM: Final = "Escreva como 8:00-12:00, 14:00-18:00. Deixe vazio quando não abre."
NUMBERS_PROBLEM: Final = "Há uma linha que não é um telefone com DDD, como (11) 98765-4321."
LENGTH_PROBLEM: Final = f"Escolha um número de {SHORTEST_REPLY} a {LONGEST_REPLY}."
NAME_PROBLEM: Final = "A secretária precisa de um nome."
CHOICE_PROBLEM: Final = "Escolha uma das opções."
DAILY_PROBLEM: Final = f"Escreva um número de 1 a {MOST_A_DAY}, ou deixe vazio para não ter limite."
NOTICE_PROBLEM: Final = "Para avisar que está fechado, escreva a mensagem e preencha os horários acima."
CLOSED_PROBLEM: Final = (
    "Com a secretária só fora do horário, é ela quem responde a quem escreve. Escolha “É respondido normalmente”."
)
ENTRY_PROBLEM: Final = (
    "Preencha a pergunta e a resposta, ou deixe as duas vazias."
    f" A pergunta tem até {LONGEST_QUESTION} caracteres, e a resposta até {LONGEST_ANSWER}."
)
ENTRIES_PROBLEM: Final = f"São no máximo {MOST_ENTRIES} perguntas."
NO_ENTRY: Final = ("", "")


@dataclass(slots=True)
class Typed:
    """`values`: each field as it was typed; `problems`: what to change, by field."""

    values: dict[str, str]
    asked: list[tuple[str, str]] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_form(cls, form: FormMultiDict) -> Typed:
        questions, answers = (form.getall(name, []) for name in ("faq_pergunta", "faq_resposta"))
        pairs = islice(zip_longest(questions, answers, fillvalue=""), 2 * MOST_ENTRIES)
        asked = [(_text_of(question), _text_of(answer)) for question, answer in pairs]
        return cls({name: _text_of(form.get(name)) for name in FIELDS}, [pair for pair in asked if pair != NO_ENTRY])

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
                "fechado": attendance.when_closed,
                "fechado_texto": attendance.closed_text,
                "diario": "" if attendance.daily is None else str(attendance.daily),
            }
            | days,
            [as_typed(entry) for entry in persona.faq],
        )

    def read(self) -> Persona | None:
        """The settings, or None with `problems` filled."""
        self.problems = {}
        texts = {name: self._text(name, most) for name, most in LONGEST.items()}
        if not texts["nome"]:
            self.problems["nome"] = NAME_PROBLEM
        manner, attendance, faq = self._manner(), self._attendance(texts["fechado_texto"]), self._faq()
        if self.problems or manner is None or attendance is None:
            return None
        return Persona(
            assistant_name=texts["nome"],
            tone=texts["tom"],
            business_name=texts["empresa"],
            business_facts=texts["fatos"],
            greeting=texts["saudacoes"],
            faq=faq,
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

    def _faq(self) -> tuple[Faq, ...]:
        if len(self.asked) > MOST_ENTRIES:
            self.problems["faq"] = ENTRIES_PROBLEM
        entries = [
            self._try(f"faq{place}", lambda pair=pair: read_entry(*pair, field="faq"), ENTRY_PROBLEM)  # type: ignore[misc]
            for place, pair in enumerate(self.asked)
        ]
        return tuple(entry for entry in entries if entry is not None)

    def _daily(self) -> int | None:
        typed = self.values["diario"].strip()
        if typed and not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= MOST_A_DAY):
            self.problems["diario"] = DAILY_PROBLEM
        return int(typed) if typed and "diario" not in self.problems else None

    def _attendance(self, closed_text: str) -> Attendance | None:
        days = tuple(
            self._try(name, lambda name=name: read_day(self.values[name], field=name), HOURS_PROBLEM) or ()  # type: ignore[misc]
            for name in DAY_FIELDS
        )
        shift = self._try("turno", lambda: Shift(self.values["turno"]), CHOICE_PROBLEM)
        audience = self._try("publico", lambda: Audience(self.values["publico"]), CHOICE_PROBLEM)
        closed = self._try("fechado", lambda: WhenClosed(self.values["fechado"]), CHOICE_PROBLEM)
        if shift is Shift.CLOSED and closed is WhenClosed.NOTICE:
            self.problems["fechado"] = CLOSED_PROBLEM
        numbers = self._try("numeros", lambda: read_numbers(self.values["numeros"], field="numeros"), NUMBERS_PROBLEM)
        daily = self._daily()
        if self.problems or shift is None or audience is None or closed is None:
            return None
        return self._try(
            "fechado_texto",
            lambda: Attendance(shift, Hours(days), audience, numbers or (), closed, closed_text, daily),
            NOTICE_PROBLEM,
        )

    def _try(self, name: str, read: Callable[[], T], problem: str) -> T | None:
        try:
            return read()
        except (Invalid, ValueError):
            self.problems[name] = problem
            return None


def _text_of(said: object) -> str:
    """What a form holds where a file was sent is no text of ours."""
    return said if isinstance(said, str) else ""
