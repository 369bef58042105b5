"""The words of attacks in Portuguese and English, as data: read by `injection.suspect` from text made plain.

Each was added for an attempt in tests/payloads/injection/attacks.txt and kept only while the ordinary sentences beside
it stay clean: "esqueci as instruções do exame" is a patient, "esqueça as suas instruções" is not.
Expressions stand apart by two blanks or a line break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


def either(expressions: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.split(r"\s{2,}|\n", expressions.strip())) + r")\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """A command, and within so many characters of the same sentence what it is about."""

    reason: str
    command: re.Pattern[str]
    object: re.Pattern[str]
    within: int = 60


FORGET: Final = Pair(
    "override",
    either(r"""
        ignor[ae]  ignorem  ignorar  desconsider[ae]  desconsiderar  esqueca  esquece  desobedeca  descarte  anule
        sobrescreva  substitua  contorne  burle  desative  remova  deix[ae] de lado  pass[ae] por cima d[aeo]s?
        nao (?:siga|obedeca|respeite)(?: mais)?  (?:pare|deixe) de (?:seguir|obedecer)
        disregard  forget  override  bypass  do not follow  stop following  olvida
    """),
    either(r"""
        instruc(?:ao|oes)  instructions?  instrucci[o]n(?:es)?  diretri(?:z|zes)  guidelines  rules?  prompt
        programacao  programming  restric(?:ao|oes)  restrictions  limitac(?:ao|oes)  filtros?  filters
        configurac(?:ao|oes)  politicas? (?:de seguranca|internas?|do sistema)  treinamento  safety
        (?:as |suas |todas as |tuas )regras  qualquer regra  (?:suas|todas as|as) (?:ordens|orientacoes|limites)
        (?:o que|tudo que|tudo o que) (?:(?:voce )?(?:esta|veio|foi)|te|lhe) (?!falei|disse|mandei|passei)\w+
        everything (?:you|above)  the above  all (?:previous|prior|above)  o cliente  the (?:user|customer)
    """),
    within=45,
)

LEAK: Final = Pair(
    "prompt_leak",
    either(r"""
        mostr[ae]r?  revel[ae]r?  repit[ao]  repete  imprim[ae]  exib[ae]  copi[ae]  col[ae]  resum[ai]r?  list[ae]r?
        complet[ae]  transcrev[ae]  auditar  consegue(?: me)? mostrar  o que (?:esta|ha|tem|diz|dizem|dizia)
        me (?:diz|diga|fala|fale|conta|conte|mostra|mostre|manda|mande|passa|passe)
        qua(?:l|is)(?: (?:e|era|sao|foi|foram))?  print  show  reveal  repeat  output  display  tell me
        what (?:is|are|were|does)  give me  summari[sz]e  write  dump  leak  dime
    """),
    either(r"""
        (?:o |seu |teu |your |the |system |hidden |initial |tu )+prompt(?! socorro)  prompt (?:de|do) sistema
        system (?:prompt|message)  prompt (?:completo|inteiro|inicial|original)  mensagem do sistema  contexto inicial
        instruc(?:ao|oes) (?:internas?|iniciais|inicial|ocultas?|secretas?|originais|d[eo] sistema|que (?:voce|te|lhe))
        (?:suas|tuas) (?:instrucoes|diretrizes)(?! (?:d[aeo]s?|par?a|pro|sobre|quanto|em|n[ao]|antes|depois|que|m(?:inha|eu))\b)
        (?:suas|tuas) regras internas  variaveis (?:de ambiente|internas)  environment variables
        (?:texto|tudo|conteudo|palavras|conversa)(?: que)?(?: \w+){0,2} (?:acima|antes d[aeo] (?:minha|primeira))
        your (?:instructions|guidelines|rules|configuration)(?! (?:for|about|on|regarding|to))  comando que te
        (?:instructions|rules) you were  (?:text|everything|lines?|words) above  texto (?:\w+ )?(?:com )?que te
        context window  janela de contexto  configurac(?:ao|oes) d(?:o|este|esse) (?:bot|sistema|robo|assistente)
    """),
    within=70,
)
"""'Suas instruções de preparo' are the clinic's; 'suas instruções' alone are the assistant's."""

RETELL: Final = Pair(
    "prompt_leak",
    either("traduz[ai]?  (?:re)?escrev[ae]  codifi(?:que|ca)  convert[ae]  translate  rewrite  encode"),
    either(r"""
        (?:suas|tuas) (?:instrucoes|diretrizes|regras)(?! (?:d[aeo]s?|sobre)\b)  your (?:instructions|guidelines|rules)
        (?:o )?seu prompt  your prompt
    """),
    within=40,
)

BECOME: Final = Pair(
    "role",
    either(r"""
        (?:agora|a partir de agora|de agora em diante|a partir deste momento),? (?:voce|vc|tu) (?:e|eh|sera|vai ser)
        (?:voce|vc) (?:agora|a partir de agora) (?:e|eh|sera)  fin[gj]a (?:que|ser)  faca de conta que  aja como
        atue como  comporte-se como  simul[ae]  interpret[ae] (?:o|um|uma)? ?(?:papel|personagem)  assum[ae] o papel
        imagine que voce  roleplay  role-play  you are now  from now on you  pretend  (?:act|behave) (?:as|like)
        you will answer as
    """),
    either(r"""
        (?:uma?|o|a) (?:ia|inteligencia|robo|bot|chatbot|modelo|hacker|terminal|banco de dados|assistente)  dan
        (?:uma?|o|a) (?:administradora?|desenvolvedora?)  (?:meu|minha) (?:funcionario|escravo|servo|assistente|avo)
        sem (?:regras|restricoes|filtros?|censura|limites)  nao (?:ha|tem|existem|tenha) (?:regras|restricoes|limites)
        irrestrit[ao]  administrador  admin  (?:an?|the) \w+ ?(?:ai|bot|terminal|hacker|admin|owner|model)
        terminal  the clinic owner  unrestricted  evil\w*  obedece\w*  sempre diz sim  livre  shell  linux
        (?:no|without) (?:restrictions|limits|filters|rules)
    """),
)

OTHERS: Final = Pair(
    "others_data",
    either(r"""
        mand[ae]  list[ae]r?  mostr[ae]r?  export[ae]r?  envi[ae]r?  liber[ae]  fornec[ae]  revel[ae]  preciso  quero
        me (?:manda|mande|passa|passe|da|de|diz|diga|fala|fale|mostra|mostre|envia|envie)  quais  qual  quem  show
        give me  list  export  send me  acesso (?:a|ao|aos)
    """),
    either(r"""
        (?:lista|dados|telefones?|numeros?|cpfs?|contatos|enderecos?|nomes?|agendamentos)(?: \w+,?){0,7} (?:pacientes|clientes)
        (?:prontuarios?|conversas|mensagens|historicos?|fichas?)(?: \w+){0,5} (?:pacientes|clientes)
        lista (?:completa )?de (?:todos )?(?:os )?(?:clientes|pacientes|contatos)  tabela de (?:clientes|pacientes)
        all (?:the )?(?:customers?|clients?|patients?)  (?:customers?|clients?|patients?)'? (?:data|list|phones?|records)
        (?:dados|conversas|mensagens) d(?:os|as) outr[oa]s  nome e cpf  os pacientes$  mensagens deles
        (?:cpf|telefone|contato|whatsapp|endereco|conversas) d[aeo]s? (?:\w+ ){0,2}(?:pacientes?|clientes?)
    """),
    within=80,
)

SECRETS: Final = Pair(
    "secrets",
    either(r"""
        qual  quais  mostr[ae]  revel[ae]  le(?:ia|r)  preciso  quero  what  tell me  give me  show  envi[ae]
        me (?:passa|passe|diz|diga|fala|fale|da|de|manda|mande|mostra)
    """),
    either(r"""
        chaves? (?:de|da) api  api[ _-]?keys?  secret[ _-]?keys?  senha da base  senhas do sistema  connection string
        token (?:de acesso )?d[aeo] (?:api|bot|sistema|gemini|whaticket)  string de conexao  variaveis de ambiente
        senhas? d[oe] (?:banco(?: de dados)?|admin\w*|servidor|root)  access to the database  acesso ao banco de dados
        credenciais d[aeo] (?:sistema|banco|servidor|acesso|api)
    """),
)

AUTHORITY: Final = Pair(
    "false_authority",
    either(r"""
        (?:sou|aqui e|aqui quem fala e) (?:[oa] |seu |sua |d[oa] )?(?:donos?|dona|proprietari[oa]|gerente|suporte(?: tecnico)?)
        (?:sou|aqui e|aqui quem fala e) (?:[oa] |seu |sua )?(?:administradora?|admin|desenvolvedora?|programadora?|criadora?)
        sou da equipe d[oa] (?:google|suporte|plataforma|ti)  trabalho no suporte  sou (?:o )?tecnico d[eo] sistema
        i am (?:your|the) (?:developer|owner|admin\w*|creator)  modo (?:de )?(?:teste|manutencao) ativado
        teste de seguranca autorizado  codigo de (?:autorizacao|acesso|override) \w+
    """),
    either(r"""
        liber[ae]  desativ[ae]  todos os pacientes  lista de  configurac(?:ao|oes)  acesso total  auditar  prompt  logs?
        senha  mostre os dados  revel[ae]  access  d(?:este|esse) bot  variaveis  ignor[ae]  agenda completa
    """),
    within=110,
)

DICTATE: Final = Pair(
    "dictated_reply",
    either(r"""
        comec[ae] (?:a |sua |tua )?(?:proxima )?(?:resposta|mensagem)  respond[ae] (?:apenas|somente|so)(?: com)?
        repita  diga exatamente  start your (?:next )?(?:reply|answer|response)  (?:respond|reply|answer) only with
        say exactly
    """),
    either(r"""(?<=["'])\w+  a palavra  a frase  o texto  a tudo  depois de mim  the words?"""),
    within=30,
)

PAIRS: Final = (FORGET, LEAK, RETELL, BECOME, OTHERS, SECRETS, AUTHORITY, DICTATE)

ALONE: Final = (
    ("role", either(r"""
        (?:modo|mode) (?:administrador|desenvolvedor|deus|debug|dev|god|dan|irrestrito|sem (?:filtros?|restricoes))
        (?:developer|god|debug|dan|admin|jailbreak) mode  jailbreak(?:ed|ing)?  do anything now  sem (?:nenhuma )?censura
        answer without (?:limits|restrictions|filters)  uma ia (?:que nao tem|sem) \w+
        como (?:uma ia|um assistente|um robo) sem (?:regras|restricoes|filtros)  transfira o controle
        como se nao (?:existissem|houvesse|tivesse)(?: \w+)? (?:regras|restricoes|limites|filtros)
        (?:troque|mude) (?:a )?sua personalidade  (?:voce|vc) foi hackead[ao]
    """)),
    ("override", either(r"""
        (?:instrucoes|regras|diretrizes|ordens) (?:anteriores|acima|antigas)(?: \w+){0,3} (?:revogadas|anuladas|valem)
        (?:use|siga|obedeca|execute|cumpra)(?: \w+){0,2} novas (?:instrucoes|regras|ordens)  new instructions
        novas? instruc(?:ao|oes): ?(?:envi|mostr|list|revel|ignor|diga|d[ae] )\w*  siga as minhas  grant all
        (?:obedece|obedeca|responde) (?:so |somente |apenas )?a mim  agora (?:o preco|tudo) (?:de tudo )?e (?:r\$ ?)?0
        obey the user  admin override  fale o que quiser  desative a verificacao
    """)),
    ("encoded", either(r"""
        (?:decodifique|decifre|decode)(?: \w+){0,4} (?:e|and) (?:siga|execute|obedeca|responda|faca|follow|run|obey|do)
    """)),
    ("prompt_leak", either(r"""
        suas instrucoes (?:de sistema )?dizem  instrucoes (?:secretas|ocultas)  instrucoes que voce recebeu
        instrucoes? que (?:te|lhe) deram
    """)),
    ("code", either(r"""
        (?:execut[ae]|rod[ae]|run)(?: \w+){0,3} (?:comando|codigo|script|sql|command|code)  sudo \w+  rm -rf
        import os  os\.(?:system|environ)  process\.env  arquivo \.env
    """)),
    ("false_authority", either("(?:cliente|usuario|contato|numero) (?:tem|com|possui|recebeu) acesso total")),
)  # fmt: skip

FORGED: Final = (
    ("forged_voice", re.compile(r"<\|?/?(?:im_start|im_end|sys|inst|mensagem|prompt|user|usuario|assistant)|<<sys>>")),
    ("forged_voice", re.compile(r"\[/?(?:inst|system|sistema|admin|admin override|developer|desenvolvedor)\]")),
    ("forged_voice", re.compile(r"\"role\" ?: ?\"|\bprezad[oa] (?:sistema|assistente|ia)\b")),
    (
        "forged_voice",
        re.compile(r"^\W{0,6}(?:system|sistema|developer|desenvolvedor|assistant|admin|root) ?: ?\w", re.MULTILINE),
    ),
    ("forged_voice", re.compile(r"^ ?#{2,} ?(?:instruc|instruction|system|sistema|new|nova)", re.MULTILINE)),
    (
        "forged_voice",
        re.compile(r"\b(?:fim|end|begin)(?: of| das?| dos?)? (?:new |novas )?(?:instruc\w+|system|prompt)"),
    ),
    (
        "forged_voice",
        re.compile(r"\b(?:mensagem d[oe] (?:desenvolvedor|administrador)|(?:nota|atualizacao) d[oe] sistema) ?:"),
    ),
    (
        "code",
        re.compile(r"\b(?:drop|truncate|alter) table\b|\bselect .{1,40} from \w|\bdelete from \w|\bunion select\b"),
    ),
    ("code", re.compile(r"\{\{.{1,80}\}\}|\$\{.{1,80}\}|<script\b|javascript:")),
)

COMPACT: Final = (
    (
        "override",
        re.compile(
            r"\b(?:ignore|esqueca|desconsidere|disregard|forget)\w{0,20}(?:instruc|regras|rules|prompt|previous)"
        ),
    ),
)
"""Words run together, by underscores or by letters spelt one by one."""
