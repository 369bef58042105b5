"""The words of when, how people shorten them, and the ordinary words that only look like them."""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
    "dezembro",
)  # fmt: skip
SHORT_MONTHS: Final = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")
WEEKDAYS: Final = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
ORDINALS: Final = {
    word: count
    for count, stem in enumerate(
        ("primeir", "segund", "terceir", "quart", "quint", "sext", "setim", "oitav", "non", "decim"), 1
    )
    for word in (stem + "o", stem + "a")
}

UNITS: Final = {"zero": 0, "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6,
    "sete": 7, "oito": 8, "nove": 9}  # fmt: skip
TEENS: Final = {"dez": 10, "onze": 11, "doze": 12, "treze": 13, "quatorze": 14, "catorze": 14, "quinze": 15,
    "dezesseis": 16, "dezessete": 17, "dezoito": 18, "dezenove": 19}  # fmt: skip
TENS: Final = {"vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70,
    "oitenta": 80, "noventa": 90}  # fmt: skip
NUMBERS: Final = UNITS | TEENS | TENS

SHORTENED: Final = {
    "hj": "hoje", "hje": "hoje", "oje": "hoje", "hoej": "hoje", "hoj": "hoje",
    "amn": "amanha", "amnh": "amanha", "amh": "amanha", "amanh": "amanha", "amnha": "amanha", "manhana": "amanha",
    "dps": "depois", "dpos": "depois", "dpis": "depois", "dp": "depois", "apos": "depois de",
    "q": "que", "d": "de", "p": "para", "pra": "para", "pro": "para o", "pras": "para as", "pros": "para os",
    "n": "nao", "naum": "nao", "ñ": "nao", "nn": "nao",
    "hs": "h", "hr": "h", "hrs": "h", "hras": "h", "hra": "h", "horas": "h", "hora": "h", "mins": "min",
    "minuto": "min", "minutos": "min", "minutinhos": "min",
    "fds": "fim de semana", "findi": "fim de semana", "finde": "fim de semana", "finais": "final",
    "qua": "quarta", "qui": "quinta", "sex": "sexta", "sab": "sabado", "seg": "segunda",
    "segs": "segundas", "quas": "quartas", "quis": "quintas",
    "jan": "janeiro", "fev": "fevereiro", "abr": "abril", "jun": "junho", "jul": "julho", "ago": "agosto",
    "nov": "novembro", "mai": "maio",
    "mei": "meio", "meidia": "meio dia", "qnta": "quinta", "sept": "setembro", "ateh": "ate",
    "apartir": "a partir", "aparti": "a partir", "actual": "atual",
    "presente": "atual", "prox": "proxima", "px": "proxima", "td": "todo", "tds": "todos", "qq": "qualquer", "qlqr": "qualquer",
    "qqr": "qualquer", "qlq": "qualquer", "daki": "daqui", "aki": "aqui", "agr": "agora", "msm": "mesmo",
    "tardezinha": "tardinha", "manhazinha": "manha cedo", "cedinho": "cedo", "antonte": "anteontem",
    "antontem": "anteontem", "atraz": "atras", "reveillon": "reveillon", "xmas": "natal", "pascoa": "pascoa",
}  # fmt: skip

MISTYPED: Final = (
    *(word for word in WEEKDAYS), *(month for month in MONTHS if month not in ("maio", "marco")), "amanha", "ontem",
    "anteontem", "semana", "proxima", "proximo", "depois", "antes", "feriado", "manha", "tarde", "noite", "natal",
    "carnaval", "madrugada", "vespera", "quinzena", "almoco", "marco", "passada", "passado", "horas", "partir",
    "domingo", "quatorze", "dezesseis", "dezessete", "dezoito", "dezenove", "dezembro", "primeira", "ultima", "feira",
)  # fmt: skip
"""What is recognised with one letter wrong, missing, doubled or swapped."""

DISEMVOWELED: Final = {
    re.sub("[aeiou]", "", word): word
    for word in ("segunda", "terca", "quarta", "sexta", "sabado", "domingo", "semana", "proxima", "tarde",
        "feriado", "janeiro", "fevereiro", "setembro", "outubro", "novembro", "dezembro", "madrugada")
}  # fmt: skip
"""By their consonants: "smn", "qrta", "dmng"."""

LOOKALIKES: Final = """
abre abrem abri abria abrir abrira abrisse abriu agostinho almoca almocar almoce almocei almocos almofada amanda
amanhas andes anoes anta antas ante antena apanha aposto aranha arde artes banha barco carde carnal carnavais certa
cesta conte depor deporis deposite deposito dominado domine dominga domingao domingos dominio domino entes fatal
feia feira feiras feita feitas feito fera feria feriada feriadao feriados ferias ferida feridas ferido ferindo ferra
ferrado foite fonte foras freira ganha gosto honras hora horario horarios hortas hosana janeira janela julga julgo
julia juliana juliano julio juninho junior juno junta juntas junto juntos lenha maco macro malha mana mancha manchas
manco manda mando manga manhas mania mansa manta marca marcado marcao marcar marcas marcia marcio marcos marcou
marcy margo maria mario marko marque minha minhas monte nadal nasal nata natais natalia natas natural naval noise
noites noiva noivas noive noivo norte note nova novo obras obtem oite onde ontens outorga outra outras outro outros
pagada parar parir parte partes parti partia participar partida partido partis partiu parto passa passada passadas
passado passador passados passando passara passaro passava passear passo pesada pesado ponte primeiramente primeiras
primeiro primeiros proximas proximidade proximos quando quanta quantas quanto quantos quartas quarto quartos quieta
quina quinta quintal quintas quinto quintos quinzenal quita repois saab sabados sabao sabedo sabida sabido safado
sanha segue seguida seguindo segundas segundo segundos segura seita semanais semanal semanas semear semente senna
senta sesta seta sextas sexto sextos sextou tarda tardar tardei tardes tardou tarot tarte teca tera tercas terco
tercos teria terna terra testa texto torde trees turca ultimamente ultimas ultimo ultimos vesperas
"""
ORDINARY: Final = frozenset(LOOKALIKES.split())
"""Real words that lie one letter away from those: nobody who writes them mistyped anything."""
