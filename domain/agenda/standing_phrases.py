"""How a reply says that nothing is booked for somebody, and that they said they will come."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from domain.agenda.assertions import COMMA, GENERAL, MADE, SUPPOSED, YOUR
from domain.agenda.naming import as_appointments
from domain.agenda.sentences import Sentence, times_in
from domain.scheduling.wish import Grain, Reading, Window, Wish

HELD: Final = (
    r"(?:tem|temos|tenho|ha|existem?|constam?|aparecem?|possui|(?:estou|estamos) vendo"
    r"|(?:encontr|localiz|ach)(?:ei|amos|o)|vi|vimos|vejo|vemos)"
)
BOOKING: Final = r"(?:agendamento|marcacao|reserva|compromisso)s?"
SEEING: Final = r"(?:consulta|sessao|atendimento|retorno|horario)s?"
NEAR: Final = r"(?:(?!nao\b|nem\b)[\w-]+ ){0,4}?"
KEPT: Final = r"(?:marcad|agendad|reservad|programad)[oa]s?"
THEIRS: Final = (
    r"(?:(?:em|no) (?:seu|teu) (?:nome|cadastro)|(?:para|pra|com) (?:voce|vc)|seu|teu|su[ao]s?"
    r"|conosco|com a gente|no sistema)"
)
NOTHING: Final = re.compile(
    rf"\bnao (?:\w+ )?{HELD} {NEAR}{BOOKING}\b"
    rf"|\bnao (?:\w+ )?{HELD} {NEAR}(?:nada|{SEEING}) {NEAR}(?:{KEPT}|{THEIRS})\b"
    rf"|\b(?:voce|vc) (?:\w+ ){{0,3}}?nao (?:tem|possui) {NEAR}(?:consultas?|sessao|sessoes|retorno)\b"
    rf"|\bnenhum[oa]? (?:{BOOKING}|{SEEING}) (?:\w+ ){{0,2}}?(?:{KEPT}|(?:encontrad|localizad|registrad)[oa])\b"
    rf"|\bnada {KEPT}\b|\b(?:voce|vc|{YOUR} (?:ficha|cadastro|agenda)) {NEAR}(?:esta|ta|segue|continua) sem"
    rf" {NEAR}(?:{BOOKING}|consultas?|sessao|retorno"
    rf"|(?:nada|horarios?) {KEPT})\b"
    rf"|\b(?:voce|vc) (?:\w+ ){{0,2}}?nao (?:esta|ta) (?:{KEPT}|n[oa] (?:agenda|sistema))\b"
    rf"|\b(?:seu|sua|teu|tua) (?:{BOOKING}|{SEEING}|nome) nao (?:consta|aparece|existe"
    rf"|(?:esta|ta) (?:{KEPT}|registrad[oa]|n[oa] (?:agenda|sistema)))\b"
    r"|\b(?:voce|vc) (?:\w+ ){0,3}?nao (?:tem|possui|(?:esta|ta) com) (?:nenhum )?horario"
    r"(?= (?:com|conosco|aqui|na dra|no dr)\b|\W*$)"
    rf"|\b(?:sua|tua) agenda {NEAR}(?:esta|ta|segue|continua) (?:\w+ )?(?:(?:vaz|zerad|limp)(?:ia|a|inha)|em branco)\b"
)
"""None at all, and not only none that could be had."""
NOT_THEN: Final = re.compile(
    rf"\b(?:{BOOKING}|{SEEING}|\d{{1,2}}(?:h\d{{0,2}}|:\d\d)) (?:(?!nao\b|nunca\b)[\w:/-]+ ){{0,5}}?(?:nao|nunca)"
    rf" (?:(?:foi|foram|ficou|ficaram|esta|estao|ta)|cheg(?:ou|aram) a (?:ser|ficar)|sendo|ficando)"
    rf" (?:{KEPT}|(?!confirmad){MADE})\b"
)
"""Of a day or an hour that is told: it was never booked."""
IN_PART: Final = re.compile(
    r"\b(?:alem d\w+|fora|exceto|a nao ser|senao|outr[oa]s?|mais|ness[ea]s?|dess[ea]s?|nisso|antes|depois|apos|ate la"
    r"|nome d[aeo]s?|(?<!seu )(?<!teu )(?:cpf|codigo|telefone|numero)|filh\w+|marid\w+|espos\w+|dispon\w+|livres?|vag[oa]s?"
    r"|tinha|estava|havia)\b"
)
"""Of others, of some other day, or of what could still be had."""
SHORT_OF: Final = re.compile(r"\b(?:pendentes?|confirmad[oa]s?)\b")
"""Not there is only what was still to be done to it."""
NO: Final = re.compile(r"\b(?:nao|nunca|nada|nenhuma?|sem|(?:vaz|zerad|limp)(?:ia|a|inha)|em branco)\b")
BUT: Final = re.compile(r"\b(?:so|apenas|somente|sim|a nao ser|senao|alem|fora|exceto)\b")
"""What is told after the denial is there."""
BY_NOW: Final = re.compile(r"\b(?:ate )?(?:agora|o momento)\b|\bno momento\b|\bja\b|\bnao\b|\bnem\b")
"""What is no time here: nothing is denied of a day by "quinta não tem nada" but what is booked for it."""
A_YEAR: Final = timedelta(days=400)

SAID: Final = r"(?:confirmad|registrad|anotad|computad|lancad|validad)a"
PRESENCE: Final = re.compile(
    rf"\b(?:sua|tua) (?:presenca|vinda)\b[^,]{{0,40}}?\b{SAID}\b|^\W*presenca (?:\w+ )?{SAID}\b"
    rf"|\b(?:sua|tua) confirmacao\b[^,]{{0,40}}?\b{SAID}\b"
    r"|\b(?:confirm|registr|anot|lanc|valid|comput)(?:ei|amos) (?:\w+ )?(?:a )?(?:sua|tua) (?:presenca|confirmacao|vinda)\b"
    r"|\b(?:voce|vc) (?:ja )?confirmou (?:a |sua |a sua )?(?:presenca|vinda)\b"
    r"|\bd(?:ei|emos) baixa na (?:sua |tua )?(?:presenca|confirmacao)\b"
)


def denied_standing(said: Sentence) -> Wish | None:
    """When somebody is said to have nothing, in all the time to come where no day is told; None where nothing is denied."""
    if not NO.search(said.words):
        return None
    words = as_appointments(", ".join(said.stated), said.now)
    found = NOTHING.search(words) or NOT_THEN.search(words)
    if found is None:
        return None
    clause = COMMA.split(words[found.end() :])[0]
    before = words[: found.start()]
    denied = before + found[0] + clause
    if (
        IN_PART.search(denied)
        or SHORT_OF.search(COMMA.split(before)[-1] + found[0] + clause)
        or BUT.search(words[found.end() :])
        or SUPPOSED.search(before)
        or GENERAL.search(before + clause)
    ):
        return None
    told = times_in(BY_NOW.sub(" ", denied), said.now)
    if told.readings:
        return told
    return None if found.re is NOT_THEN else _from_now_on(said)


def _from_now_on(said: Sentence) -> Wish:
    starts = said.now.reference
    return Wish((Reading((Window(starts, starts + A_YEAR, Grain.DAY, open_end=True),)),))
