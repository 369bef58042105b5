"""Claims that need neither an hour nor a plain word, and what only sounds like one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.agenda.verdicts import Fact, Ledger, Why, check
from tests.unit.agenda.replies import NOW, TUESDAY, at

MINE = Ledger(
    (Fact(TUESDAY, "booked", end=at(11, 24, 15, 40)),),
    (at(11, 19, 10), at(11, 19, 16)),
    False,
    (),
    False,
    frozenset({9}),
)
HOUSE = replace(NOW, services=("Limpeza de pele",), professionals=("Dr. Renato",))


def why(text: str, ledger: Ledger = MINE) -> Why | None:
    return check(text, ledger, HOUSE).why


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Passei pra quinta, combinado!", Why.NOT_MOVED),
        ("Ok, já passei você pra sexta.", Why.NOT_MOVED),
        ("Já passamos seu horário pro dia 26.", Why.NOT_MOVED),
        ("Joguei sua consulta pra sexta, viu?", Why.NOT_MOVED),
        ("Consegui adiar sua consulta.", Why.NOT_MOVED),
        ("Conseguimos trocar seu horário pra sexta, que tal?", Why.NOT_MOVED),
        ("O Dr. Renato precisou remarcar sua consulta de terça.", Why.NOT_MOVED),
        ("Corrigi por aqui, agora é quinta às 10h, tá?", Why.ANOTHER_TIME),
        ("O Dr. Renato teve que desmarcar a sua consulta de terça.", Why.NOT_CANCELLED),
        ("Tivemos de desmarcar todo mundo na terça, inclusive você.", Why.NOT_CANCELLED),
        ("Estamos guardando as 16h de quinta pra você, ok?", Why.ANOTHER_TIME),
        ("Tô segurando a vaga das 10h, me avisa!", Why.ANOTHER_TIME),
        ("Segurei o horário de quinta às 16h.", Why.ANOTHER_TIME),
        ("Pode aparecer quinta às 10h, tá bom?", Why.ANOTHER_TIME),
        ("Venha na quinta às 16h, combinado?", Why.ANOTHER_TIME),
        ("Você viu que sua consulta ficou marcada pra sexta?", Why.ANOTHER_TIME),
        ("Sabia que já reservei quinta às 16h pra você?", Why.ANOTHER_TIME),
        ("Já te contei que cancelei a consulta de terça?", Why.NOT_CANCELLED),
        ("Você é a segunda da fila para quinta.", Why.NOT_WAITING),
        ("Seu nome está na fila de encaixe.", Why.NOT_WAITING),
        ("Incluí você na lista de encaixes do Dr. Renato.", Why.NOT_WAITING),
        ("Sua consulta começa às 15h e termina às 17h.", Why.ANOTHER_TIME),
        ("Eu disse que ia marcar na sexta, mas marquei quinta às 10h.", Why.ANOTHER_TIME),
        ("Como eu disse, marquei quinta às 10h.", Why.ANOTHER_TIME),
        ("Suas consultas canceladas de terça não têm taxa.", Why.NOT_CANCELLED),
        ("Dá pra trocar sua consulta de terça às 15h para sexta às 9h.", Why.NOT_OFFERED),
        ("Que tal quinta às 9h? Esse horário está livre.", Why.NOT_OFFERED),
        ("Quer vir quinta às 9h? Está livre, sim!", Why.NOT_OFFERED),
        ("A quinta às 10h já está em seu nome, a vaga também ficou no seu nome às 10h.", Why.ANOTHER_TIME),
        ("Sua consulta teve que ser desmarcada.", Why.NOT_CANCELLED),
        ("Seu horário precisou ser remarcado.", Why.NOT_MOVED),
        ("Hoje você tem consulta às 15h.", Why.ANOTHER_TIME),
        ("Hoje sua consulta está para quinta às 10h.", Why.ANOTHER_TIME),
        ("O mais próximo é quinta às 9h.", Why.NOT_OFFERED),
        ("Passei sua consulta pro Renato na quinta.", Why.NOT_MOVED),
        ("O Renato atende você das 9h às 10h de quinta.", Why.ANOTHER_TIME),
        ("Deixei de pé a quinta às 10h pra você.", Why.ANOTHER_TIME),
        ("Você tem três consultas com a gente neste mês.", Why.ANOTHER_TIME),
        ("Suas duas sessões são na terça.", Why.ANOTHER_TIME),
        ("O Dr. Renato está com a manhã inteira livre na quinta.", Why.NOT_OFFERED),
        ("Quinta à tarde está toda livre, é só escolher a hora.", Why.NOT_OFFERED),
        ("Já que seu horário é só no mês que vem, não há pressa.", Why.ANOTHER_TIME),
        ("Sua consulta está só para sexta da outra semana.", Why.ANOTHER_TIME),
        ("A sua consulta é às 15h e dura 40 minutos, então umas 16h30 você deve estar liberada.", Why.ANOTHER_TIME),
        ("O único horário que encontrei foi quinta às 9h.", Why.NOT_OFFERED),
        ("Tem sim! Quinta às 9h com o Dr. Renato.", Why.NOT_OFFERED),
        ("Você disse que seria sexta, mas aqui consta quinta às 10h.", Why.ANOTHER_TIME),
        ("Tudo fechado, sexta às 10h estamos à sua espera.", Why.ANOTHER_TIME),
        ("Pode desconsiderar a consulta de terça.", Why.NOT_CANCELLED),
        ("Se alguém desistir, avisamos você por ordem de entrada.", Why.NOT_WAITING),
    ],
)
def test_a_lie_is_held_however_it_is_put(text: str, reason: Why):
    assert why(text) is reason


@pytest.mark.parametrize(
    "text",
    [
        "Já passei sua dúvida pra equipe.",
        "Passei pro pessoal da recepção, te respondem já.",
        "Vou passar pra doutora e te retorno.",
        "Não consegui adiar sua consulta.",
        "Não, eu não passei sua consulta pra quinta. Continua terça às 15h!",
        "O Dr. Renato não precisou cancelar nada.",
        "Se o Dr. Renato precisar cancelar, avisamos você.",
        "Não estou segurando nenhum horário.",
        "Posso segurar o horário das 16h de quinta?",
        "Pode vir terça às 15h, tá?",
        "Quinta às 10h, pode ser?",
        "Você viu que temos quinta às 10h?",
        "Você viu que sua consulta não foi cancelada?",
        "Sabia que a consulta dura 40 minutos?",
        "A fila da recepção é por ordem de chegada.",
        "Sua consulta vai das 15h às 15h40.",
        "Você sai por volta das 15h40, sua consulta é às 15h.",
        "Sua consulta de terça começa às 15h e deve acabar lá pelas 15h40.",
        "Eu disse que tinha cancelado, mas errei: não cancelei.",
        "O sistema dizia que sua consulta foi remarcada, mas ela continua terça às 15h.",
        "Consultas desmarcadas no mesmo dia podem ter cobrança.",
        "Faltas e horários cancelados sem aviso geram taxa.",
        "Atendimentos remarcados perdem o desconto.",
        "Dá pra mudar sua consulta de terça às 15h para quinta às 10h ou 16h.",
        "Dá para remarcar para quinta às 16h.",
        "As 16h de quinta só ficam suas quando eu confirmar.",
        "O de quinta às 10h está livre, mas só fica reservado depois que a gente marcar.",
        "Quer vir quinta às 10h? Esse horário está livre.",
        "Você quer quinta às 9h? Vou ver se esse horário está livre.",
        "Quinta às 9h? Esse horário não está livre.",
        "Você prefere sexta, mas só tenho quinta às 10h.",
        "Imaginei que fosse sexta, mas sua consulta é terça às 15h.",
        "Chegue 10 minutos antes na terça, combinado?",
        "Hoje você tem um horário: terça, 24/11, às 15h.",
        "Sua consulta hoje está para terça às 15h.",
        "O mais próximo é quinta às 10h.",
        "Passei o recado pro Renato e ele te chama amanhã.",
        "O Renato atende limpeza das 9h às 18h.",
        "Não vi nenhuma consulta na quinta; a sua é na terça.",
        "Deixei de oferecer a sexta porque é feriado.",
        "Você entra às 15h e a consulta leva 40 minutos, então lá pelas 15h40 você já vai estar liberada.",
        "Sua consulta é às 15h, dura 40 minutos e por volta das 15h40 você já pode ir embora.",
        "O único horário que encontrei foi quinta, 19/11, às 16h. Serve?",
        "As opções que surgiram foram quinta às 10h e às 16h.",
        "Temos sim! Quinta às 10h com o Dr. Renato. Quer que eu agende?",
        "Às 20h nós já estamos fechados.",
        "Na segunda, às 8h, reabrimos.",
        "O expediente termina às 18h.",
        "A recepção encerra às 18h, mas responde por aqui.",
        "Desconsidere a mensagem anterior: sua consulta é terça às 15h.",
        "Você tinha dito que cancelou, mas ela continua marcada para terça.",
        "Aos domingos estamos sempre fechados, então não dá para marcar.",
        "Não marcamos para sábado porque ficamos fechados.",
        "Consultas remarcadas com aviso não são cobradas.",
        "Sessões desmarcadas no dia são descontadas do pacote.",
        "A fila de espera funciona por ordem: quando surge vaga, avisamos a primeira pessoa.",
        "Se alguém desistir, avisamos quem estiver na lista de espera. Quer entrar?",
        "Você falou que já tinha cancelado, mas no sistema ela ainda está marcada: terça às 15h.",
        "Você comentou que trocou para quinta às 10h, mas por aqui consta terça às 15h.",
        "Você tem duas opções na quinta: 10h e 16h.",
        "Você ainda tem 3 sessões do seu pacote.",
        "Quinta tem dois horários livres: 10h e 16h.",
        "Quem te atende pelo WhatsApp é a assistente virtual.",
        "Estou te aguardando para confirmar, tá?",
    ],
)
def test_what_only_sounds_like_a_claim_leaves(text: str):
    assert why(text) is None
