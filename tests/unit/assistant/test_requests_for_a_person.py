"""Who asks for a person, who declines one, and who only talks about people."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from domain.assistant.requests import wants_a_person

ASKING = """
falar com atendente
Falar com um atendente
quero falar com um humano
Quero falar com uma pessoa
Atendente
ATENDENTE!!!
humano por favor
atendimento humano
recepção
me passa pra uma pessoa
me transfere para um atendente
Pode me transferir pra recepção?
chama a recepcionista por favor
chama alguém aí
posso falar com alguém?
Gostaria de falar com alguém da equipe
preciso falar com a recepção
preciso de atendimento humano
prefiro falar com uma pessoa real
Não quero falar com robô
não quero robô, quero atendente
não, quero falar com atendente
Não entendi nada, quero falar com gente de verdade
Não consigo falar com ninguém, só robô
não consigo falar com um atendente
não tem como falar com uma pessoa?
Não dá pra falar com um humano?
tem alguém aí pra me atender?
tem algum atendente disponível?
alguém pode me ajudar?
Alguém pode me atender por favor
quero ser atendida por uma pessoa
quero ser atendido por um humano
Como faço pra falar com atendente?
quero falar com o gerente
quero falar com a secretária
quero falar com o responsável
queria conversar com uma pessoa de verdade
fala com atendente
falar c/ atendente
falar com atendnte humano por favor, humano
odeio robô, me passa pra alguém
chega de robô
já pedi pra falar com um atendente
Já tentei 3 vezes, quero falar com uma pessoa!
vou querer falar com um atendente
Oi, quero falar com atendente
Quero falar com alguém do financeiro
pode chamar um atendente?
encaminha para o setor responsável
Me coloca em contato com a recepção
me liga com um atendente
quero um atendente
cadê o atendente?
quero outro atendente
posso falar com atendente ou não?
não quero mais falar com máquina
não gosto de falar com robô
I want to talk to a human
can I speak with someone?
quiero hablar con una persona
Por favor me passe para um humano
não é possível falar com um atendente?
Não quero agendar, quero falar com a recepção
mas eu quero falar com uma pessoa
solicito atendimento humano
me encaminhe para um atendente humano
quero falar direto com a gerência
Falar com a dona da clínica
falar com vcs por telefone, chama uma atendente
não me entendo com robô
quero alguém de carne e osso
por favor alguém da equipe pode me responder?
desisto desse robô, quero uma pessoa
tem como me passar pra um atendente?
pode chamar alguém da recepção pra mim?
queria falar com a moça da recepção
me liga com um humano
0 - falar com atendente
vcs não têm atendente não?
Vocês não têm atendente?
não tem atendente humano aí?
não tem um atendente nesse número?
esse zap não tem atendente não
vcs n tem ninguém pra atender?
tem atendente não?
tem ninguém aí não?
tem alguém aí não
não tem ninguém aí?
não existe um ser humano aí?
vcs nao trabalham com atendimento humano?
aqui não tem gente de verdade não?
não tem recepcionista hoje?
ninguém me responde aí?
ninguém vai me atender?
"""

NOT_ASKING = """
não quero falar com atendente
Não preciso falar com atendente
não precisa chamar atendente
nao quero falar com humano, pode ser com você mesmo
Não quero falar com ninguém
não precisa me transferir pra atendente
não me passa pra atendente por favor
quero falar com atendente não, só saber o preço
sem falar com atendente dá pra marcar?
dá pra marcar sem precisar falar com a recepção?
prefiro marcar aqui em vez de falar com atendente
Falei com a recepção ontem
já falei com a atendente
A recepcionista me disse que abre às 8h
a atendente foi ótima
o atendente que me atendeu foi grosso
fui atendida por uma pessoa muito boa
Foi muito bom falar com a atendente
consegui falar com a recepção, obrigada
a recepção fica em que andar?
a recepção abre que horas?
recepção fecha às 18h?
cheguei, estou na recepção
é para duas pessoas
quantas pessoas atendem aí?
posso levar outra pessoa?
posso passar meu horário para outra pessoa?
pode passar para outra pessoa o horário?
posso transferir minha consulta para outra pessoa?
vou falar com meu marido e volto
preciso falar com minha mãe antes
vou falar com a recepção do prédio
você é uma pessoa ou um robô?
você é humano?
quero falar com você
vc é robô?
Gostei de falar com você
se eu precisar falar com atendente eu aviso
quando eu quiser falar com um atendente te chamo
Quero marcar um horário
quero uma pessoa pra cortar meu cabelo
quero marcar para outra pessoa
uma pessoa me indicou vocês
Uma pessoa da família vai me levar
sou secretária do Dr. Paulo
trabalho na recepção do hotel
sou atendente de farmácia
tem alguém com vaga amanhã?
alguém mais vai comigo
tenho vergonha de falar com as pessoas
minha secretária vai ligar
vou pedir pra minha secretária falar com vocês
o gerente já aprovou meu reembolso
o atendimento foi maravilhoso
obrigada pelo atendimento
atendimento é por ordem de chegada?
Qual o horário de atendimento?
vocês têm atendimento aos sábados?
o suporte do aparelho quebrou
preciso de um suporte para o joelho
a equipe é ótima
quero o mesmo profissional da última vez
humanos e animais podem fazer acupuntura aí?
gente, que lugar lindo
Oi gente, tudo bem?
a pessoa que corta é a mesma?
não consigo ir amanhã
nunca precisei falar com atendente aqui
não vou falar com atendente nenhum
nem quero falar com atendente
pode falar
fala o preço por favor
preciso que alguém me leve até a sala, tem cadeira de rodas?
ninguém vai comigo
não é urgente, não precisa passar pra ninguém
Me passa o telefone da recepção
qual o telefone da recepção?
a moça da recepção foi simpática
não é preciso chamar ninguém
avisa a recepção que estou chegando
qual atendente vai me receber?
tem alguma pessoa na minha frente na fila?
vou ligar pra recepção amanhã
preciso de uma pessoa que faça trança
não tem atendente aos domingos?
vocês têm atendente de libras?
tem atendente no sábado?
não tem ninguém com horário às 15h?
não tem ninguém na minha frente na fila?
não tem mais ninguém comigo
não tem ninguém em casa de manhã
não tem outra pessoa que faça esse corte?
não tem pessoa mais indicada?
tem alguém na recepção às 7h?
não tem gente demais no sábado?
não tem secretaria de saúde aqui perto?
não tem vaga não?
tem horário hoje não?
tem estacionamento não?
não tem atendimento no feriado?
vocês não têm atendimento por convênio?
não tem ninguém que faça progressiva?
minha mãe não tem ninguém para levá-la
ninguém me avisou do preparo
"""


@pytest.mark.parametrize("sentence", ASKING.strip().splitlines())
def test_these_ask_for_a_person(sentence: str):
    assert wants_a_person(sentence)


@pytest.mark.parametrize("sentence", NOT_ASKING.strip().splitlines())
def test_these_do_not(sentence: str):
    assert not wants_a_person(sentence)


def test_one_message_of_a_burst_is_enough():
    assert wants_a_person("oi\nnão entendi o preço\nquero falar com um atendente")


def test_ordinary_customers_are_not_handed_over():
    ordinary = (Path(__file__).parents[2] / "payloads" / "injection" / "ordinary.txt").read_text(encoding="utf-8")
    asked = [line for line in ordinary.splitlines() if wants_a_person(line.replace("\\n", "\n"))]

    assert asked == ["Quero falar com um atendente", "posso falar com uma pessoa?", "quero falar com o gerente"]


@pytest.mark.parametrize(
    "hostile", ["falar com " * 10_000, "não quero falar " * 7_000, "o " * 50_000, "vou falar " * 10_000]
)
def test_hostile_text_takes_linear_time(hostile: str):
    started = time.process_time()

    wants_a_person(hostile)

    assert time.process_time() - started < 1.0
