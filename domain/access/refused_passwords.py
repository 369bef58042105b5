"""The words that most passwords are made of, here and abroad, without accents, digits or signs."""

from __future__ import annotations

from typing import Final

_ABROAD: Final = """
password passwd pass passw passwort word secret letmein welcome login admin administrator root superman batman
spiderman dragon monkey monkeys master shadow sunshine princess iloveyou ilovey love lovely lover babygirl football
baseball basketball soccer hockey michael michelle jessica jennifer ashley daniel jordan thomas robert charlie andrew
matthew joshua anthony nicole amanda taylor justin hunter killer trustno starwars pokemon computer internet
samsung google facebook instagram whatsapp youtube microsoft windows apple iphone android linkedin twitter gmail hotmail
yahoo freedom whatever mustang corvette ferrari mercedes porsche harley ginger pepper cookie cheese chocolate banana
orange purple yellow silver golden diamond butterfly flower summer winter spring autumn monday friday january
september october november december phoenix tigger buster maggie bailey soccer cowboys steelers yankees lakers eagles
liverpool chelsea arsenal barcelona realmadrid juventus changeme change default guest test testing tester temp temporary
user username demo sample example hello helloworld goodbye access access granted qwerty qwertyui qwertyuiop asdf asdfgh
asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc azerty abcabc abcd abcdef abcdefgh computer matrix ninja
hacker mynoob naruto sasuke pikachu minecraft fortnite roblox blink nirvana metallica slipknot eminem rockstar
"""

_AT_HOME: Final = """
senha senhas senhaforte senhasegura minhasenha novasenha suasenha senhasenha segredo secreta secreto mudar mudarsenha
trocar trocarsenha provisoria temporaria padrao acesso entrar entrada bemvindo bemvinda administrador usuario teste testes
testando brasil brazil brasileiro brasileira brasilia saopaulo riodejaneiro rio bahia salvador fortaleza recife curitiba
floripa florianopolis portoalegre goiania manaus belem natal vitoria minas minasgerais parana amazonas ceara pernambuco
flamengo mengao corinthians coringao timao palmeiras verdao saopaulofc tricolor vasco vascao santos santosfc gremio
internacional colorado cruzeiro atletico galo botafogo fogao fluminense bahiaec sport nautico athletico paysandu remo
deus deusefiel deuseamor deusefie jesus jesuscristo cristo jeova senhor jesuseamor jesusteama nossasenhora aparecida fe
felicidade amor amorzinho meuamor amoreterno teamo euteamo teamomuito familia minhafamilia mamae papai minhavida vida
princesa gatinha gatinho linda lindo gostosa gostoso docinho bebezinho bebe estrela estrelinha borboleta cachorro
cavalo coracao saudade carnaval futebol praia verao inverno primavera outono segunda sexta sabado domingo janeiro
fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro natal
maria mariana marianna joao joaovitor jose josecarlos antonio francisco carlos paulo pedro lucas luiz luis marcos gabriel
gabriela rafael rafaela daniela marcelo bruno bruna eduardo felipe fernanda fernando rodrigo amanda juliana julia larissa
leticia camila beatriz vanessa patricia aline ricardo roberto roberta gustavo guilherme henrique leonardo matheus mateus
vinicius thiago tiago diego leandro anderson alexandre adriana sandra ana anapaula anaclara anajulia claudia renata tatiane
empresa clinica consultorio salao secretaria atendente atendimento recepcao gerente gestor dono vendas loja escritorio
contabilidade dentista odonto estetica beleza barbearia medico doutor doutora cliente clientes whaticket zap zapzap
trabalho computador internet escola colegio professor professora celular telefone amigos amizade churrasco cerveja skol
"""

STEMS: Final = frozenset((_ABROAD + _AT_HOME).split())
