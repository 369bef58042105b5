"""How a reply tells that somebody is on the waiting list, was taken off it, or will hear of a free time."""

from __future__ import annotations

import re
from typing import Final

from domain.agenda.assertions import LOOKED_BACK, MADE, PAST

WAITING_LIST: Final = re.compile(r"\blista de espera\b")
CALLED: Final = re.compile(
    r"\b(?:listas?|listinha|filas?|filinha) d[ea] (?:espera|desistencias?|encaixes?)\b"
    r"|(?<!fico )(?<!ficamos )(?<!estou )(?<!estamos )(?<!to )(?<!tamos )(?<=\bna )espera\b(?! (?:da sua|do seu|de que|por))"
)
"""Other names of the list; where we are "na espera" ourselves, an answer is awaited."""

PLACED: Final = re.compile(r"\b((?:primeir|segund|terceir|quart|quint|proxim)[oa] (?:\w+ )?[dn]a )fila\b(?! d)")
"""A place in a line that is told by its number."""

ON_IT: Final = (
    rf"(?:{LOOKED_BACK}|\w{{4,}}i|pus|coloco|boto|incluo|adiciono|deixo|colocando|incluindo|esta|ta|fica|continua|segue|nome"
    r"|voce|vc|te|tudo certo|pronto)"
)
"""Whoever is named before the list, or whatever was done, they are on it."""

PUT_ON: Final = re.compile(
    rf"\b(?!entrada){ON_IT}\b(?:(?!\bnao\b)[^,.?]){{0,60}}?\b(?:a|(?:n|pr)(?:a|essa|esta|ossa)) (?:\w+ )?lista de espera\b"
    rf"|\blista de espera\b[^,.?]{{0,15}}?\b{MADE}"
    r"|\blista de espera\b[^.?]{0,60}?\b(?:voce|vc) (?:ja )?(?:esta|ta|entrou|ficou) nela\b"
    r"|\b(?:primeir|segund|terceir|quart|quint|proxim)[oa] (?:\w+ )?[dn]a (?:\w+ )?lista de espera\b"
)
TAKEN_OFF: Final = re.compile(
    rf"\b(?:(?:tir|remov|retir|exclu){PAST}|sai(?:u|ram)|nao (?:esta|consta|ficou) mais)\b"
    r"[^,.?]{0,60}?\b(?:d|n)a (?:\w+ )?lista de espera\b"
)
OPENS: Final = (
    r"(?:abr(?:ir|e|iu|indo)|surg(?:ir|e|indo)|aparec(?:er|e|endo)|vag(?:ar|ue)|liber(?:ar|e|ad[oa]|ando)|desist\w+"
    r"|desmarc(?:ar|ue))"
)
TELLS: Final = (
    r"(?:avis(?:o|amos|arei|aremos)|(?:vou|vamos) (?:te |lhe )?avisar|(?:sera|vai ser) avisad[oa]"
    r"|entr(?:o|amos|arei) em contato)\b(?! (?:quem\b|tod[oa]s\b|[oa]s? (?:primeir|proxim|client|pesso|pacient)))"
)
ON_A_PLACE: Final = re.compile(
    rf"\b{TELLS}\b[^.?]{{0,60}}?\b(?:se|quando|caso|assim que|logo que)\b[^.?]{{0,30}}?\b{OPENS}\b"
    rf"|\b(?:se|quando|caso|assim que|logo que)\b[^.?]{{0,30}}?\b{OPENS}\b[^.?]{{0,60}}?\b{TELLS}\b"
)
"""A promise to tell of a free time is kept by the waiting list alone."""
WAITING_OFFERED: Final = re.compile(
    r"\b(?:posso|podemos|poderia|quer|queira|quiser|gostaria|deseja|desejar|prefere|preferir|que tal|caso queira|basta"
    r"|so me dizer"
    r"|se voce|nao consegui\w*|nao foi possivel|nao pude\w*)\b"
)
IF_LIKED: Final = re.compile(r",? se (?:voce )?(?:quiser|preferir|desejar)\b")
LIST_KEPT: Final = re.compile(rf"{WAITING_OFFERED.pattern}|\btemos (?:uma )?lista de espera\b")
FOR_SOMEBODY: Final = re.compile(
    r"\b(?:horarios?|vagas?|agenda|lugar(?:es)?|encaixes?|abr\w+|surg\w+|aparec\w+|desist\w+|desmarc\w+)\b"
)


def told_of_a_place(words: str) -> re.Match[str] | None:
    """The promise to tell of a free time: when an exam is "liberado" is another matter."""
    return ON_A_PLACE.search(words) if FOR_SOMEBODY.search(words) else None


def one_list(words: str) -> str:
    """The words with the waiting list under its one name."""
    if not any(part in words for part in ("espera", "desist", "encaix", "fila")):
        return words
    return PLACED.sub(r"\1lista de espera", CALLED.sub("lista de espera", words))
