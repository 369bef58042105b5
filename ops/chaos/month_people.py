"""The month's customers: who they are was thrown by the seed, and what they say follows from what they read.

Each has a generator of their own, so that what one says does not change what another does.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

WISHES: Final = (
    "amanhã às 15h", "amanha de manhã", "quinta às 9h", "sexta de manhã", "terça às 14h30", "semana que vem de tarde",
    "depois de amanhã às 16h", "segunda as 10", "o quanto antes", "quarta 11h", "qui 15h", "semana q vem de manhã",
)  # fmt: skip
CONFIRMING: Final = ("sim", "Sim, confirmo", "👍", "confirmado", "ss", "ok")
CALLING_OFF: Final = ("cancelar", "pode cancelar por favor", "quero cancelar")
MOVING: Final = ("remarcar", "preciso remarcar", "pode remarcar?")
ODD: Final = ("hmm", "🙏", "quem é?", "talvez", "vou ver e te falo", "não sei ainda", "?", "nao", "blz", "12")
PRAISE: Final = ("foi ótimo!", "adorei, quero marcar de novo", "nota 10", "👍", "muito bom")
BLAME: Final = ("foi péssimo", "esperei uma hora", "nota 2", "não gostei")
REMARKS: Final = ("foi bom, mas demorou", "poderia ter estacionamento", "ok", "7", "depois eu falo")
LIE: Final = "marca logo pra mim"
"""The scripted model answers this with a booking that nobody made."""

EARLIER: Final = "se abrir um horário antes me avisa, por favor"
NUMBERS: Final = re.compile(r"^\*?(\d)\*?(?:\)| -|\.) ", re.MULTILINE)
MOST_EXCHANGES: Final = 9


@dataclass(frozen=True, slots=True)
class Temper:
    """Chances of each. `comes`: of being there when expected; `forgets`: of not answering what came unasked."""

    comes: float
    forgets: float
    odd: float
    calls_off: float
    moves: float
    slow: float

    @classmethod
    def thrown(cls, dice: random.Random) -> Temper:
        return cls(
            comes=dice.choice((0.98, 0.9, 0.6)),
            forgets=dice.choice((0.05, 0.2, 0.7)),
            odd=dice.choice((0.0, 0.1, 0.4)),
            calls_off=dice.choice((0.05, 0.1, 0.3)),
            moves=dice.choice((0.05, 0.1, 0.3)),
            slow=dice.choice((0.0, 0.3, 0.8)),
        )


@dataclass(frozen=True, slots=True)
class Say:
    """After how long, and what."""

    text: str
    after: timedelta = timedelta(0)


@dataclass(slots=True)
class Customer:
    line: str
    phone: str
    name: str
    dice: random.Random
    temper: Temper
    exchanges: int = 0
    said: list[str] = field(default_factory=list)

    @classmethod
    def thrown(cls, seed: str, line: str, phone: str) -> Customer:
        dice = random.Random(seed)
        name = dice.choice(("Ana", "Bruno", "Carla", "Davi", "Elisa", "Fábio", "Gabi", "Heitor")) + " Lima"
        return cls(line, phone, name, dice, Temper.thrown(dice))

    def begins(self, text: str) -> str:
        """A talk of their own making."""
        self.exchanges = 0
        self.said.append(text)
        return text

    def wish(self) -> str:
        service = self.dice.choice(("limpeza", "consulta"))
        when = self.dice.choice(WISHES)
        return self.dice.choice(
            (
                f"oi, quero marcar {service} {when}",
                f"quero agendar uma {service} {when}",
                "bom dia, quero marcar um horário",
            )
        )

    def hears(self, text: str) -> Say | None:
        """What they say to it, if anything."""
        if "Passando para lembrar" in text or "Abriu um horário" in text or "Como foi o seu" in text:
            self.exchanges = 0
            return self._unasked(text)
        if "Não registramos a sua presença" in text:
            return self._say(self.dice.choice(MOVING), self._later()) if self._chance(0.4) else None
        self.exchanges += 1
        if self.exchanges > MOST_EXCHANGES:
            return None
        return self._in_talk(text)

    def _unasked(self, text: str) -> Say | None:
        if self._chance(self.temper.forgets):
            return None
        if self._chance(self.temper.odd):
            return self._say(self.dice.choice(ODD), self._later())
        if "Como foi o seu" in text:
            return self._say(self.dice.choice(self.dice.choice((PRAISE, PRAISE, BLAME, REMARKS))), self._later())
        if "Abriu um horário" in text:
            return self._say(self.dice.choice(("sim", "quero!", "não", "sim")), self._later())
        if "já está confirmada" in text:
            return None
        return self._say(self.dice.choice(self._answers()), self._later())

    def _answers(self) -> tuple[str, ...]:
        """To a reminder."""
        if self._chance(self.temper.calls_off):
            return CALLING_OFF
        if self._chance(self.temper.moves):
            return MOVING
        return ("sair",) if self._chance(0.01) else CONFIRMING

    def _in_talk(self, text: str) -> Say | None:
        if self._chance(self.temper.odd / 3) and "?" in text:
            return self._say(self.dice.choice(ODD))
        for asked, answer in self._replies(text):
            if asked:
                return self._say(answer)
        return None

    def _replies(self, text: str) -> tuple[tuple[bool, str], ...]:
        """The first that fits is said."""
        numbers = NUMBERS.findall(text)
        when = self.dice.choice(WISHES)
        agreed = "sim" if self._chance(0.85) else "não, outro dia"
        return (
            ("Posso cancelar" in text or "posso confirmar a sua presença" in text, "sim"),
            ("Posso marcar" in text or "Posso mudar" in text, agreed),
            ("*remarcar* para outro dia" in text, self.dice.choice(("remarcar", "cancelar"))),
            ("Responda com o número" in text and "O que você precisa" in text, "1"),
            (bool(numbers), self.dice.choice(numbers) if numbers else ""),
            ("Qual serviço" in text, self.dice.choice(("limpeza", "Consulta"))),
            ("Para quando" in text or "qual dia" in text.lower() or "Qual outro dia" in text, when),
            ("me diga o serviço e o dia" in text, f"consulta {when}"),
            ("me diga o dia que prefere" in text, f"quero marcar limpeza {when}"),
        )

    def _say(self, text: str, after: timedelta = timedelta(0)) -> Say:
        self.said.append(text)
        return Say(text, after)

    def _later(self) -> timedelta:
        """Some answer hours later, or not before the next morning."""
        if not self._chance(self.temper.slow):
            return timedelta(0)
        return timedelta(minutes=self.dice.choice((10, 20, 45, 90, 300, 900)))

    def _chance(self, chance: float) -> bool:
        return self.dice.random() < chance
