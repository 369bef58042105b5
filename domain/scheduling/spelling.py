"""Text in the one spelling the grammar reads: words whole and without accents, numbers as digits, small talk taken out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from domain.assistant.plain import plain
from domain.scheduling.asides import GAP, SMALL_TALK, without_names
from domain.scheduling.typos import REMEMBERED, corrected, one_slip
from domain.scheduling.vocabulary import MONTHS, NUMBERS, ORDINALS, SHORT_MONTHS, SHORTENED, TENS, WEEKDAYS

LONGEST: Final = 2000
"""Characters: nobody tells a time in more, and reading must not take long."""

IS: Final = re.compile(r"(?i)\bé\b")
"""Without its accent it would be an "and"."""

TAG: Final = re.compile(r",? ?\b(?:nao|ne|n) ?\?")
"""An "isn't it?" that denies nothing."""

WEEKDAYS_APART: Final = re.compile(r"\b((?:seg|ter|qua|qui|sex|sab|dom)[a-z]*)-(?=(?:seg|ter|qua|qui|sex|sab|dom))")
ABBREVIATED: Final = re.compile(r"\b(seg|ter|qua|qui|sex|sab|dom|jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez)\. *")
FULL_STOP: Final = re.compile(r"(?<=[a-z]{4})\. +(?=[a-z\d])")
"""A shorter word may be a title: "Dra. Marina"."""
HALF_OF_THE_DAY: Final = re.compile(r"(?<=\d) ?([ap])\. ?m\b\.?")
HYPHEN: Final = re.compile(r"(?<=[a-z])-(?=[a-z])")
PIECE: Final = re.compile(r"[a-z]+|\d+|[^\sa-z\d]")
ORDINAL_MARKS: Final = str.maketrans({"ª": "a ", "º": "o ", "°": "o "})
DASHES: Final = str.maketrans(
    {"–": "-", "—": "-", "\n": ",", ";": ",", "!": ",", "?": ",", "_": " ", "*": " ", "~": " ", ">": " "}
)
ROUND: Final = {"decim": 10, "vigesim": 20, "trigesim": 30}


def _with_a_colon(found: re.Match[str]) -> str:
    """ "1430h", "as 1430", "340pm"."""
    return f"{found[1] or found[3]}:{found[2] or found[4]}"


def _past(minutes: str) -> str:
    return "30" if minutes in ("meia", "meio") else f"{minutes:0>2}"


def _weekday_meant(found: re.Match[str]) -> str:
    """ "Sesta feira", "qurata feira": beside "feira" even an ordinary word is a weekday mistyped."""
    near = [name for name in WEEKDAYS[:5] if one_slip(found[1], name)]
    return f"{near[0]} feira" if len(near) == 1 else found[0]


def unpaired(word: str) -> str:
    """After "entre" the "e" leads to the other end."""
    return "".join(rf"(?<!{before}{word})" for before in ("entre ", "entre o ", "entre a ", r"\w"))


BOTH_OF_THEM: Final = re.compile(
    r"( ou [^,#]{0,30}(?:manha|noite|cedo|\dh)[^,#]{0,20}), ?(?:as|os) 2 (?=(?:pode|podem|serve|servem|da|dao|ta|tao)\b)"
)
""" "Segunda ou quarta de manhã, as duas pode": both days, not two o'clock."""

NOT_THIS_BUT_THAT: Final = re.compile(
    rf"\bnao # ((?:n[ao] |[ao]s? )?(?:dia \d|\d|{'|'.join(WEEKDAYS)}|hoje|amanha)[^,#]{{0,25}}?)"
    r"(?: e sim|, ?(?:# |mas |e )+(?:sim )?) ?(?=[a-z\d])"
)
""" "Não é sexta, é sábado"."""

NOT_THEN_BUT: Final = re.compile(
    rf"(?:(?<=^)|(?<=[,#] ))nao ((?:n?[ao] )?(?:dia \d{{1,2}}|hoje|amanha|(?:{'|'.join(WEEKDAYS)})(?: feira)?)), "
    rf"(?=(?:n?[ao] )?(?:dia \d|hoje|amanha|{'|'.join(WEEKDAYS)})[^,]*$)"
)
""" "Não amanhã, quinta"."""

BACK_FROM_AWAY: Final = re.compile(
    r"\b((?:volto|chego|retorno)(?: [a-z]+){0,3}? dia (\d{1,2}(?: ?/ ?\d{1,2})?)\b[^#]{0,40}?) n?ess[ae] (?:mesma )?semana\b"
)
""" "Volto de viagem dia 2/12, pode ser nessa semana?": that day's, for they are away until then."""

WEEKDAY_BY_COUNT: Final[dict[str, str]] = {"2": "segunda", "3": "terca", "4": "quarta", "5": "quinta", "6": "sexta"}
JOINED: Final = (
    (re.compile(r"\b([a-z]{4,})(?<!segunda)(?<!terca)(?<!quarta)(?<!quinta)(?<!sexta) fei?ra\b"), _weekday_meant),
    (re.compile(r"[sc]esta(?<!\w[sc]esta)(?<!\ba [sc]esta)(?<!\bda [sc]esta)"
                r"(?= (?:as \d|dia \d|\d{1,2} ?[h:]|que vem|agora|ou \w+ feira))"), "sexta"),
    (re.compile(r"a parti(?<!\wa parti)(?= d[aeo])"), "a partir"),
    (BOTH_OF_THEM, r"\1, # "),
    (NOT_THIS_BUT_THAT, r"\1 nao, "),
    (NOT_THEN_BUT, r"\1 nao, "),
    (BACK_FROM_AWAY, r"\1 na semana do dia \2"),
    (re.compile(r"\b(segunda|terca|quarta|quinta|sexta) (?:fera|fira|fiera|ferira)\b"), r"\1 feira"),
    (re.compile(r"\b(\d{1,2})\.(\d{1,2})(?= (?:as? )?\d{1,2} ?(?:h|:))"), r"\1/\2"),
    (re.compile(r"(?<=\d) ?([ap]m) e (meia|\d\d)\b"), r" e \2 \1"),
    (re.compile(r"\b(\d{1,2})([0-5]\d)(?= ?(?:[ap]m|h)\b)|(?<=\bas )(\d{1,2})([0-5]\d)\b"), _with_a_colon),
    (re.compile(r"\b(\d{1,2})(?: min)? para (?:o )?meio ?-? ?dia\b"), r"\1 para as 12h"),
    (re.compile(r"\b(\d{1,2})(?: min)? para (?:a )?meia ?-? ?noite\b"), r"\1 para as 24h"),
    (re.compile(rf"meio{unpaired('meio')} ?-? ?dia e (meia|meio|\d\d?)\b(?! ?(?:h|:|/)| e )"),
     lambda found: f"12h{_past(found[1])}"),
    (re.compile(r"\bmeio ?-? ?dia\b"), "12h"),
    (re.compile(rf"meia{unpaired('meia')} ?-? ?noite e (meia|\d\d?)\b(?! ?(?:h|:|/)| e )"),
     lambda found: f"00h{_past(found[1])}"),
    (re.compile(r"\bmeia ?-? ?noite\b"), "24h"),
    (re.compile(r"(?<=\d-\d\d)t(?=\d)"), " "),
    (re.compile(r"(?<=:\d\d)(?::\d\d)?z\b"), ""),
    (re.compile(r"1 quarto(?:(?<!\w1 quarto)(?= para as? )|(?:(?<= e 1 quarto)|(?<=menos 1 quarto))\b)"), "15"),
    (re.compile(r"\b(decim|vigesim|trigesim)[oa] (primeir|segund|terceir|quart|quint|sext|setim|oitav|non)[oa]\b"),
     lambda found: f"{ROUND[found[1]] + ORDINALS[found[2] + 'o']}o"),
    (re.compile(r"\b(vigesim|trigesim)[oa]\b"), lambda found: f"{ROUND[found[1]]}o"),
    (re.compile(r"\b([2-6])as\b(?! \d)"), lambda found: f"{WEEKDAY_BY_COUNT[found[1]]}s"),
    (re.compile(r"\bsem (?=que vem\b)"), "semana "),
    (re.compile(r"\b2 mil e (\d{2})\b"), r"20\1"),
    (re.compile(r"\b(?:fia|sia|dja|diia|diaa|doa) (?=\d{1,2}\b)"), "dia "),
    (re.compile(r"\b([2-6])a ?f\b\.?"), lambda found: f"{WEEKDAY_BY_COUNT[found[1]]} feira"),
    (re.compile(r"\b([2-6])(?:a|da|ta|ca|nda)?[ -]*feira\b"), lambda found: f"{WEEKDAY_BY_COUNT[found[1]]} feira"),
    (re.compile(r"\b([2-6])a(?= *(?:$|,|as |\d|de manha|de tarde|a tarde|a noite|e |ou |que vem))"),
     lambda found: WEEKDAY_BY_COUNT[found[1]]),
)  # fmt: skip
GLUED_MONTH: Final = re.compile(rf"(?<=\d)(?=(?:{'|'.join((*SHORT_MONTHS, *MONTHS))})\b)")
""" "15set"."""

SPELLED_DAY: Final = "|".join(word for word, number in NUMBERS.items() if 0 < number <= 30)
DECEMBER: Final = re.compile(
    rf"(\b\d{{1,2}} ?(?:de|/|-|) ?|\b(?:{SPELLED_DAY}) de )dez\b|\bdez(?= ?(?:/|de) ?\d{{2,4}}\b)"
)
MONTH_AFTER_A_NUMBER: Final = re.compile(
    r"(?:(?<=\d)|(?<=\do))( de | ?/ ?| ?- ?| )(mar|set|out|dez)\b|\b((?:de|em|do mes de|no mes de) )(set|out)\b"
)
TUESDAY: Final = re.compile(r"^ter$|\bter(?= *(?:,|/|e (?:qu|sex|sab|seg)|ou (?:qu|sex|sab|seg)|as? \d|\d|de (?:manha|tarde)"
                            r"|a tarde|que vem))|(?<=seg )ter\b|(?<=seg, )ter\b|(?<=seg/)ter\b|(?<=seg e )ter\b"
                            r"|(?<=seg ou )ter\b|(?<=segunda ou )ter\b|(?<=segunda e )ter\b")  # fmt: skip
SUNDAY: Final = re.compile(r"^dom$|\bdom(?= *(?:,|$|as? \d|\d|de |a ))|(?<=sab e )dom\b|(?<=sab ou )dom\b")
FULL: Final = {"mar": "marco", "set": "setembro", "out": "outubro", "dez": "dezembro"}


def spelled(text: str) -> str:
    """Words, digits and the signs that matter, one blank between words."""
    line = TAG.sub(",", plain(IS.sub(GAP, without_names(text[:LONGEST])).translate(ORDINAL_MARKS))).translate(DASHES)
    line = WEEKDAYS_APART.sub(r"\1 a ", line)
    line = HYPHEN.sub(" ", " ".join(line.split()))
    line = FULL_STOP.sub(", ", HALF_OF_THE_DAY.sub(r" \1m", ABBREVIATED.sub(r"\1 ", line))).strip()
    line = DECEMBER.sub(lambda found: f"{found[1] or ''}dezembro", GLUED_MONTH.sub(" ", line))
    line = MONTH_AFTER_A_NUMBER.sub(lambda found: (found[1] or found[3]) + FULL[found[2] or found[4]], line)
    if "ter" in line or "dom" in line:
        line = SUNDAY.sub("domingo", TUESDAY.sub("terca", line))
    line = _whole_words(line)
    for pattern in SMALL_TALK:
        line = pattern.sub(GAP, line)
    for pattern, instead in JOINED:
        line = pattern.sub(instead, line)
    return DAILY_LIFE.sub(GAP, INSTEAD.sub(r"\1 > ", WHENCE.sub(r"\1 > ", line)))


def _whole_words(line: str) -> str:
    """Every word in full and every number in digits; what stood together keeps standing together."""
    out: list[str] = []
    end = 0
    for found in PIECE.finditer(line):
        out.append(line[end : found.start()])
        end = found.end()
        out.append(_whole(found[0]))
    return _added("".join(out))


@lru_cache(REMEMBERED)
def _whole(piece: str) -> str:
    if not piece.isalpha() or piece == "a":
        return piece
    word = corrected(SHORTENED.get(piece, _plainly(piece)))
    word = SHORTENED.get(word, word)
    return str(NUMBERS[word]) if word in NUMBERS else word


TOLD_OF: Final = (
    rf"(?:[ao]s? |depois |antes )?(?:\d|hoje|amanha|dia |semana |mes |proxim[ao] |outr[ao] |{'|'.join(WEEKDAYS)})"
)
WHENCE: Final = re.compile(
    r"\b((?:remarc|reagend|mud|troc|pass|transfer|adi|adiant|antecip|alter|mov|jog|empurr|desloc)(?:a|ar|er|ir|e|em|asse)\b"
    rf"(?:(?! (?:para|por|pel[ao]) (?!(?:mim|eu|nos|favor|gentileza)\b)).)*) (?:para|pel[ao]|por(?! \d(?!\d? ?h))) (?={TOLD_OF})"
)
""" "Mudar a consulta de amanhã para sexta": what stands before the arrow is given up (`told.py`)."""

INSTEAD: Final = re.compile(r"(\b(?:cancel|desmarc)(?:a|ar|e|em|o)\b[^>]*?) (?=(?:re)?(?:marc|agend)(?:a|ar|e)\b)")
""" "Cancela a de sexta e marca segunda"."""

DAILY_LIFE: Final = re.compile(
    r"(?<!do )(?<!no )\b(?:trabalh(?:o|a|ando)|saio|sai|larg[oa]|entr[oa]|estud[oa]|tenho aula)"
    r"(?: (?!depois|antes|so\b|para\b)[a-z]+){0,3}?"
    r" (?:(?:ate|das?|de) )?(?:as? |ao )?\d{1,2}(?:h\d\d|:\d\d| ?h)?(?: (?:as?|ate as?) \d{1,2}(?:h\d\d|:\d\d| ?h)?)?"
    r"(?: da (?:tarde|noite|manha))?(?=\W.*(?:\d|manha\b|tarde|noite))"
)
""" "Saio do trabalho às 18, então depois das 18:30": why somebody cannot earlier, not when they come."""

WEEKDAY_BY_ROOT: Final = {"segund": "segunda", "terc": "terca", "quint": "quinta", "sext": "sexta"}
FOND: Final = re.compile(r"(segund|terc|quint|sext)(?:inha|ona)|(final|tarde|manha|noite)zinh[ao]")


TENS_AND: Final = re.compile(rf"\b({'|'.join(map(str, TENS.values()))}) e ([1-9])\b(?!\d|:|h| ?/)")


def _plainly(word: str) -> str:
    """ "Segundona", "sextinha", "finalzinho": the word that somebody is fond of."""
    found = FOND.fullmatch(word)
    return word if found is None else WEEKDAY_BY_ROOT.get(found[1]) or found[2] or word


def _added(line: str) -> str:
    """ "20 e 1" was "vinte e um"."""
    return TENS_AND.sub(lambda found: str(int(found[1]) + int(found[2])), line)
