"""How somebody answers "como foi?": gladly, badly, with a remark; or says something that is no answer to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from domain.agenda.choices import NUMBERS
from domain.assistant.clauses import corrected, settled
from domain.follow_ups.reply_words import (
    BAD,
    BUT,
    DENIED_BLAME,
    DENIED_EVENT,
    DREADED,
    FAITHFUL,
    GOOD,
    HARM,
    HEALED,
    HOPED,
    IRONY,
    NEITHER_NOR,
    NO_COMPLAINT,
    NO_PRAISE,
    NOT_AFTER_ALL,
    NOT_GOOD,
    NOT_WELL,
    NOTICED,
    REMARK,
    SORRY_IT_ENDED,
    SURPASSED,
    WRY,
)

LONGEST: Final = 1_000


class Intent(StrEnum):
    POSITIVE = "followup_positive"
    NEGATIVE = "followup_negative"
    FEEDBACK = "followup_feedback"
    """A remark that is neither: it is kept for the company to read."""


GLAD: Final = frozenset("👍😍❤👏⭐🥰😊🙌💕🤩😁😃💯")
SAD: Final = frozenset("👎😡😠😤🤬😞😢💔")

AGAIN: Final = re.compile(
    r"\b(?<!nao )(?:quero|vamos|pode|bora|posso|gostaria de|ja quero|vou querer)\b.{0,12}"
    r"\b(?:marcar|agendar|voltar|retornar|reservar)\b"
    r"|^(?:sim|quero|claro|com certeza|bora|vamos|pode)(?: (?:sim|quero|por favor|agendar|marcar|outra|outro|quero))*$"
)
CIVIL: Final = re.compile(
    r"(?:(?:sim|ok|ta|certo|bom|tudo|bem|claro|quero|pode|ser|beleza|isso|show|legal|top|otimo|perfeito|com|certeza)(?: |$))*"
)
"""What is said before a question to anything at all: the question is what they wrote for."""

LATER: Final = re.compile(
    r"^(?:nao|agora nao|hoje nao|nao (?:quero|precisa|no momento|por agora)|por enquanto nao|mais tarde|(?:talvez )?depois"
    r"|depois (?:eu )?(?:vejo|falo|marco)|deixa para? depois|no momento nao)$"
)
POINTS: Final[Mapping[str, int]] = {
    **{str(points): points for points in range(11)},
    **{word: points for points, word in enumerate(("zero", *NUMBERS))},
    "mil": 10,
}
GIVEN: Final = "|".join(POINTS)
MARK: Final = re.compile(
    rf"^(?P<alone>{GIVEN})(?:/10)?$|\b(?:nota|dou|dei|daria|merecem?)(?: (?:uma?|a|nota))?(?: eh?)? (?P<given>{GIVEN})"
    r"(?:/10| de 10)?\b(?! fiscal)"
)
STARS: Final = re.compile(rf"\b({GIVEN}) estrelas?\b")
MOST_STARS: Final = 5
BEST: Final = 9
FAIR: Final = 5
POLITE: Final = re.compile(
    r"\b(?:muito obrigad[oa]|obrigad[oa]|obg|vlw|(?<!nao )valeu(?! (?:a pena|cada|muito))|(?:por|pela) pergunt(?:ar|a)|oie?|ola"
    r"|bom dia|boa tarde|boa noite)\b"
)
ABSENT: Final = re.compile(r"\bnao (?:fui|consegui ir|compareci|pude ir)\b")


ASKED: Final = re.compile(r"[^,.!;\n?]*\?+")
STUTTER: Final = re.compile(r"\b([a-z]{3,})(?:\W+\1\b)+")
STRAIGHT: Final = (
    (NO_COMPLAINT, "perfeito"),
    (FAITHFUL, "perfeito"),
    (SORRY_IT_ENDED, "perfeito"),
    (SURPASSED, "otimo"),
    (DREADED, ""),
    (HEALED, "otimo"),
    (NEITHER_NOR, "razoavel"),
    (DENIED_EVENT, "tranquilo"),
    (DENIED_BLAME, "razoavel"),
    (NOT_AFTER_ALL, "pessimo"),
    (NOT_WELL, "pessimo"),
)


def read_reply(text: str) -> Intent | None:
    """None where it is no answer: a greeting, a question, a "depois". A mixed answer is a remark, for people to read."""
    stated = ASKED.sub(" ", text[:LONGEST])
    said = _told(stated)
    if not said:
        return _by_signs(stated)
    if LATER.fullmatch(said) or ABSENT.search(said) or (asks(text) and CIVIL.fullmatch(said)):
        return None
    return _by_words(STARS.sub(_star, MARK.sub(_mark, said)), wry=bool(WRY & set(text)))


def asks(text: str) -> bool:
    """Something stands in it that wants an answer of its own."""
    return "?" in text


def _by_words(said: str, *, wry: bool) -> Intent | None:
    negative = any(pattern.search(said) for pattern in (NOT_GOOD, BAD, HOPED))
    praised = NO_PRAISE.sub(" ", NOT_GOOD.sub(" ", HOPED.sub(" ", said)))
    positive = any(pattern.search(praised) for pattern in (GOOD, NOTICED, AGAIN))
    turned = BUT.search(said) is not None
    if (positive and (IRONY.search(said) or (wry and negative))) or (HARM.search(said) and not (positive and turned)):
        return Intent.NEGATIVE
    remark = REMARK.search(said.removeprefix("ok ")) is not None
    if positive and (negative or remark or turned or wry):
        return Intent.FEEDBACK
    if negative:
        return Intent.NEGATIVE
    if positive:
        return Intent.POSITIVE
    return Intent.FEEDBACK if remark else None


def _mark(found: re.Match[str]) -> str:
    """Told in a word: a mark is weighed with whatever else is said."""
    return _in_a_word(POINTS[found["alone"] or found["given"]])


def _star(found: re.Match[str]) -> str:
    return _in_a_word(POINTS[found[1]] * 10 // MOST_STARS)


def _in_a_word(points: int) -> str:
    if points >= BEST:
        return "otimo"
    return "razoavel" if points >= FAIR else "pessimo"


def _by_signs(text: str) -> Intent | None:
    glad, sad = GLAD & set(text), SAD & set(text)
    if glad and not sad:
        return Intent.POSITIVE
    if sad and not glad:
        return Intent.NEGATIVE
    return Intent.FEEDBACK if "😐" in text or (glad and sad) else None


def _told(text: str) -> str:
    """Without punctuation, once what is denied, feared, or outgrown within a clause says what it comes to."""
    words = STUTTER.sub(r"\1", settled(corrected(text)))
    for pattern, meant in STRAIGHT:
        words = pattern.sub(f" {meant} ", words)
    return " ".join(POLITE.sub(" ", re.sub(r"[^a-z0-9/ ]+", " ", words.replace("\n", " "))).split())
