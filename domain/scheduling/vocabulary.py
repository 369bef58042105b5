"""The words of when, how people shorten them, and the ordinary words that only look like them."""

from __future__ import annotations

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
TENS: Final = {"vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "noventa": 90}
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
    "prox": "proxima", "px": "proxima", "td": "todo", "tds": "todos", "qq": "qualquer", "qlqr": "qualquer",
    "qqr": "qualquer", "qlq": "qualquer", "daki": "daqui", "aki": "aqui", "agr": "agora", "msm": "mesmo",
    "tardezinha": "tardinha", "manhazinha": "manha cedo", "cedinho": "cedo", "antonte": "anteontem",
    "antontem": "anteontem", "reveillon": "reveillon", "xmas": "natal", "pascoa": "pascoa",
}  # fmt: skip

MISTYPED: Final = (
    *(word for word in WEEKDAYS), *(month for month in MONTHS if month not in ("maio", "marco")), "amanha", "ontem",
    "anteontem", "semana", "proxima", "proximo", "depois", "antes", "feriado", "manha", "tarde", "noite", "natal",
    "carnaval", "madrugada", "vespera", "quinzena", "almoco", "marco", "passada", "passado", "horas", "partir",
    "domingo", "quatorze", "dezesseis", "dezessete", "dezoito", "dezenove", "dezembro", "primeira", "ultima", "feira",
)  # fmt: skip
"""What is recognised with one letter wrong, missing, doubled or swapped."""

ORDINARY: Final = frozenset(
    """
    minha minhas mana manga manta mansa mancha manhas maria manchas manda mando banha ganha lenha sanha
    quanta quanto quantas quantos quando quarto quartos quartos quinto quintos quintal quita quinta quintas
    terco tercos terra terna teca segundo segundos segue seguida segura seguindo
    sexto sesta cesta certa sextas sextos seta testa texto sextou sabida sabados sabedo sabao domingos dominga dominado domine
    tarda tardes tardar tardei parte partes carde torde tardou tarte arde noites noiva noivo noive oite foite noivas note
    antas ante anta entes antena antes onde ontens conte ponte monte fonte
    marca marcar marcas marcos marcou marcia marcio marcado marque março barco maria
    julio julia juliana juliano junior juninho junto juntos junho julho junta juntas julgo julga
    abriu abri abrir abrira abre abrem abrisse agosto gosto agostinho
    natalia natais natural nadal fatal nata horta hortas hora honras hosana foras obras horta tarot
    feria ferias feriados feriada feridas ferido ferida feito feira feiras feria fera ferra freira feita feitas
    depor deposito deposite deporis repois semanal semanas semanais semente semear senna
    partes partiu parti parto parar partida partido parti parir partis participar
    passado passada passados passadas passando passear pesada pesado passador passada pagada passa passo
    proximos proximas proximidade ultimas ultimo ultimos ultimamente primeiro primeiras primeiros primeiramente
    almocar almoca almocos almocei almofada almoce carnavais carnal nova novo quinzenal
    norte teria tera dominio artes mario passava amanda aranha senta aposto feia passaro passara naval quieta turca safado
    mania malha apanha sabido obtem anoes andes seita macro nasal abria ferindo noise domino maco domingao trees ferrado
    partia marko saab juno quina marcao feriadao natas margo manco marcy noventa janela janeira fevereiro outro outra outros outras outorga setembro
    segundas tercas quartas amanhas manhas tardes noites ontem anteontem vesperas horario horarios
    """.split()
)
"""Real words that lie one letter away from those: nobody who writes them mistyped anything."""
