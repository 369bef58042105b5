"""How somebody answers "como foi?": gladly, badly, with a remark; or says something that is no answer to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from domain.agenda.choices import NUMBERS
from domain.assistant.plain import plain

LONGEST: Final = 1_000


class Intent(StrEnum):
    POSITIVE = "followup_positive"
    NEGATIVE = "followup_negative"
    FEEDBACK = "followup_feedback"
    """A remark that is neither: it is kept for the company to read."""


GLAD: Final = frozenset("👍😍❤👏⭐🥰😊🙌💕🤩😁😃💯")
SAD: Final = frozenset("👎😡😠😤🤬😞😢💔")

SPELT: Final = ((re.compile(r"\bm(?:ui)?to?\b"), "muito"), (re.compile(r"\b(?:n|nn|naum)\b"), "nao"))
NO_COMPLAINT: Final = re.compile(
    r"\b(?:nao (?:tenho|ha|tem) (?:nada|do que|o que|de que)|nada|sem|nenhuma?) (?:a |para |que )?(?:me )?reclam\w+\b"
)
PRAISE: Final = (
    r"(?:otim[oa]s?|bom|boa|bem|excelentes?|perfeit[oa]s?|maravilh\w+|adorei|amei|gostei|satisfeit[oa]s?|show|top|nota mil"
    r"|lind[oa]s?|legal|recomendo|parabens|[oa] melhor"
    r"|melhor (?:dentista|clinica|salao|lugar|profissional|doutora?|medic[oa]|atendimento)"
    r"|amor|simpatic[oa]s?|atencios[oa]s?|curti|feliz|impecavel|tranquil[oa]s?|sensaciona(?:l|is)|fantastic[oa]s?"
    r"|incrive(?:l|is)|arras(?:ou|aram)|resolv(?:eu|eram)|acolhid[oa]s?|carinhos[oa]s?|cuidados[oa]s?|caprichad[oa]"
    r"|(?:muito|super|bem) profissiona(?:l|is)|(?:tudo|deu) certo(?! (?:para|pra|com)\b)|recomend(?:aria|arei|ei|amos)"
    r"|indi(?:co|caria|carei|camos|quei)|(?:vou|irei|quero|pretendo) (?:indicar|recomendar))"
)
GOOD: Final = re.compile(rf"\b{PRAISE}\b")
NOT_GOOD: Final = re.compile(
    rf"\b(?:nao|nada|nem|nunca|jamais)(?: (?:foi|fui|fiquei|estava|achei|muito|tao|me|mais|super|do|la|deu|tudo|eu|senti))*"
    rf" {PRAISE}\b"
)
BAD: Final = re.compile(
    r"\b(?:pessim[oa]|horri\w+|ruim|ruins|mal (?:atendid[oa]|tratad[oa])|trataram mal|detestei|odiei|decepcion\w+|insatisfeit[oa]"
    r"|atras(?:ou|aram|o)|demor(?:ou|aram|a)|esperei|falta de (?:respeito|educacao)|absurdo|caro demais|reclam(?:ar|acao)"
    r"|terrive(?:l|is)|lamentave(?:l|is)|(?:deu|saiu)(?: tudo)? errado"
    r"|gross\w+|deix(?:ou|aram) a desejar|poderia (?:ter sido|ser) melhor"
    r"|nao volto|nao quero voltar|nunca mais|tort[oa]|estrag(?:ou|aram)|perdi (?:meu )?tempo"
    r"|jogado fora|nao resolve\w*|com dor|pior(?:ou|a)?|doeu)\b"
)
REMARK: Final = re.compile(
    r"\b(?:pod(?:ia|eria)|deveria|sugiro|sugestao|seria (?:bom|legal|melhor)|falta(?:va)?|razoavel|mais ou menos|regular"
    r"|(?:foi )?ok|normal|diferente|achei|estava|esperava|ainda (?:nao|e cedo)|apertad[oa]|pequen[oa]|alto|quebrad[oa]|suj[oa]"
    r"|cedo para)\b"
)
AGAIN: Final = re.compile(
    r"\b(?<!nao )(?:quero|vamos|pode|bora|posso|gostaria de|ja quero|vou querer)\b.{0,12}"
    r"\b(?:marcar|agendar|voltar|retornar|reservar)\b"
    r"|^(?:sim|quero|claro|com certeza|bora|vamos|pode)(?: (?:sim|quero|por favor|agendar|marcar|outra|outro|quero))*$"
)
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
BUT: Final = re.compile(r"\b(?:mas|porem|so que|so nao|so o|so a|apesar|entretanto)\b")
POLITE: Final = re.compile(r"\b(?:muito obrigad[oa]|obrigad[oa]|obg|vlw|valeu|oie?|ola|bom dia|boa tarde|boa noite)\b")
ABSENT: Final = re.compile(r"\bnao (?:fui|consegui ir|compareci|pude ir)\b")


def read_reply(text: str) -> Intent | None:
    """None where it is no answer: a greeting, a question, a "depois". A mixed answer is a remark, for people to read."""
    said = _told(text)
    if not said:
        return _by_signs(text)
    if LATER.fullmatch(said) or ABSENT.search(said) or "?" in text:
        return None
    return _by_words(STARS.sub(_star, MARK.sub(_mark, said)))


def _by_words(said: str) -> Intent | None:
    bare = NO_COMPLAINT.sub("perfeito", said)
    negative = NOT_GOOD.search(bare) is not None or BAD.search(bare) is not None
    positive = GOOD.search(NOT_GOOD.sub(" ", bare)) is not None or AGAIN.search(bare) is not None
    remark = REMARK.search(bare.removeprefix("ok ")) is not None
    if positive and (negative or remark or BUT.search(bare)):
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
    words = re.sub(r"[^a-z0-9/ ]+", " ", plain(text[:LONGEST]).replace("\n", " "))
    for spelling, meant in SPELT:
        words = spelling.sub(meant, words)
    return " ".join(POLITE.sub(" ", words).split())
