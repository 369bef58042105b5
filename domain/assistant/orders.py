"""The words of attacks in Portuguese and English, as data: read by `injection.suspect` from text made plain.

Each line was added for an attempt in tests/payloads/injection/attacks.txt and kept only while the ordinary sentences
beside it stay clean: "esqueci as instruções do exame" is a patient, "esqueça as suas instruções" is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Pair:
    """A command, and within so many characters of the same sentence what it is about."""

    reason: str
    command: re.Pattern[str]
    object: re.Pattern[str]
    within: int = 60


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b")


RULES: Final = (
    "instruc(?:ao|oes)", "instructions?", "instrucci[o]n(?:es)?", "diretri(?:z|zes)", "guidelines", "rules?", "prompt",
    "programacao", "programming", "restric(?:ao|oes)", "restrictions", "limitac(?:ao|oes)", "filtros?", "filters",
    "configurac(?:ao|oes)", "politicas? (?:de seguranca|internas?|do sistema)", "treinamento", "safety",
    "(?:as |suas |todas as |tuas )regras", "qualquer regra", "(?:suas|todas as|as) (?:ordens|orientacoes|limites)",
)  # fmt: skip

FORGET: Final = Pair(
    "override",
    _any(
        "ignor[ae]", "ignorem", "ignorar", "desconsider[ae]", "desconsiderar", "esqueca", "esquece", "desobedeca",
        "descarte", "anule", "sobrescreva", "substitua", "contorne", "burle", "desative", "remova",
        "deix[ae] de lado", "pass[ae] por cima d[aeo]s?", "nao (?:siga|obedeca|respeite)(?: mais)?",
        "(?:pare|deixe) de (?:seguir|obedecer)", "ignora", "ignore", "disregard", "forget", "override", "bypass",
        "do not follow", "stop following", "olvida",
    ),
    _any(
        *RULES, "(?:o que|tudo que|tudo o que) (?:(?:voce )?(?:esta|veio|foi)|te|lhe) (?!falei|disse|mandei|passei)\\w+",
        "everything (?:you|above)", "the above", "all (?:previous|prior|above)", "o cliente", "the (?:user|customer)",
    ),
    within=45,
)  # fmt: skip

HONEST_INSTRUCTIONS: Final = (
    r"(?! (?:de|do|da|dos|das|para|pra|pro|sobre|quanto|em|no|na|antes|depois|pos|pre|que a|que o|minha|meu)\b)"
)
"""'Suas instruções de preparo' are the clinic's; 'suas instruções' alone are the assistant's."""

LEAK: Final = Pair(
    "prompt_leak",
    _any(
        "mostr[ae]r?", "revel[ae]r?", "repit[ao]", "repete", "imprim[ae]", "exib[ae]", "copi[ae]", "col[ae]",
        "traduz[ai]?", "resum[ai]r?", "list[ae]r?", "escrev[ae]", "codifi(?:que|ca)", "complet[ae]", "transcrev[ae]",
        "me (?:diz|diga|fala|fale|conta|conte|mostra|mostre|manda|mande|passa|passe)", "qua(?:l|is)(?: (?:e|era|sao|foi|foram))?",
        "o que (?:esta|ha|tem|diz|dizem|dizia)", "auditar", "print", "show", "reveal", "repeat", "output", "display",
        "tell me", "what (?:is|are|were)", "give me", "summari[sz]e", "translate", "write", "dump", "leak", "dime",
    ),
    _any(
        r"(?:o |seu |teu |your |the |system |hidden |initial |tu )+prompt(?! socorro)", "prompt (?:de|do) sistema", "system (?:prompt|message)",
        "prompt (?:completo|inteiro|inicial|original)", "mensagem do sistema", "contexto inicial",
        "instruc(?:ao|oes) (?:internas?|iniciais|inicial|ocultas?|secretas?|originais|de sistema|do sistema|que (?:voce|te|lhe))",
        f"(?:suas|tuas) (?:instrucoes|diretrizes){HONEST_INSTRUCTIONS}", "(?:suas|tuas) regras internas",
        "(?:texto|tudo|conteudo|palavras|conversa)(?: que)?(?: \\w+){0,2} (?:acima|antes d[aeo] (?:minha|primeira))",
        "your (?:instructions|guidelines|rules|configuration)(?! (?:for|about|on|regarding|to))", "(?:instructions|rules) you were", "(?:text|everything|lines?|words) above",
        "comando que te", "configurac(?:ao|oes) d(?:o|este|esse) (?:bot|sistema|robo|assistente)",
        "variaveis (?:de ambiente|internas)", "environment variables",
    ),
    within=70,
)  # fmt: skip

RETELL: Final = Pair(
    "prompt_leak",
    _any("traduz[ai]?", "(?:re)?escrev[ae]", "codifi(?:que|ca)", "convert[ae]", "translate", "rewrite", "encode"),
    _any("(?:suas|tuas) (?:instrucoes|diretrizes|regras)(?! (?:de|da|do|das|dos|sobre)\\b)", "your (?:instructions|guidelines|rules)"),
    within=40,
)  # fmt: skip

BECOME: Final = Pair(
    "role",
    _any(
        "(?:agora|a partir de agora|de agora em diante|a partir deste momento|daqui em diante),? (?:voce|vc|tu) (?:e|eh|sera|vai ser|passa a ser)",
        "(?:voce|vc) (?:agora|a partir de agora) (?:e|eh|sera)", "fin[gj]a (?:que|ser|que (?:e|voce))", "faca de conta que",
        "aja como", "atue como", "comporte-se como", "simul[ae]", "interpret[ae] (?:o|um|uma)? ?(?:papel|personagem)",
        "assum[ae] o papel", "imagine que voce", "roleplay", "role-play", "you are now", "from now on you", "pretend",
        "act (?:as|like)", "behave (?:as|like)", "you will answer as",
    ),
    _any(
        "(?:uma?|o|a) (?:ia|i a|inteligencia|robo|bot|chatbot|modelo|hacker|terminal|administradora?|desenvolvedora?|banco de dados|assistente)",
        "dan", "(?:meu|minha) (?:funcionario|escravo|servo|assistente|avo)", "sem (?:regras|restricoes|filtros?|censura|limites)",
        "nao (?:ha|tem|existem|tenha) (?:regras|restricoes|filtros|limites)", "nao tem regras", "irrestrit[ao]", "sem censura",
        "terminal", "administrador", "admin", "(?:an?|the) \\w+ ?(?:ai|bot|terminal|hacker|admin|owner|model)", "the clinic owner",
        "unrestricted", "evil\\w*", "obedece\\w*", "sempre diz sim", "livre", "shell", "linux",
    ),
    within=60,
)  # fmt: skip

OTHERS: Final = Pair(
    "others_data",
    _any(
        "list[ae]r?", "mostr[ae]r?", "export[ae]r?", "envi[ae]r?", "liber[ae]", "fornec[ae]", "revel[ae]", "preciso", "quero",
        "me (?:manda|mande|passa|passe|da|de|diz|diga|fala|fale|mostra|mostre|envia|envie)", "quais", "qual", "quem", "show",
        "give me", "list", "export", "send me", "acesso (?:a|ao|aos)",
    ),
    _any(
        r"(?:lista|dados|telefones?|numeros?(?: de telefone)?|cpfs?|contatos|enderecos?|nomes?|prontuarios?|conversas|mensagens|historicos?|fichas?|agendamentos)"
        r"(?: (?:e|com|de|nome|nomes|telefones?|enderecos?|cpf|semana|da|todos|todas|os|as|o|,)){0,6} d(?:e|os|as|eles) (?:todos os |todas as |outros |outras )?(?:pacientes|clientes)",
        "lista (?:completa )?de (?:todos )?(?:os )?(?:clientes|pacientes|contatos)", "all (?:the )?(?:customers?|clients?|patients?)",
        "(?:customers?|clients?|patients?)'? (?:data|list|phones?|records)", "(?:dados|conversas|mensagens) d(?:os|as) outr[oa]s",
        "nome e cpf", "os pacientes$", "tabela de (?:clientes|pacientes)", "mensagens deles",
    ),
    within=80,
)  # fmt: skip

SECRETS: Final = Pair(
    "secrets",
    _any(
        "qual", "quais", "mostr[ae]", "revel[ae]", "le(?:ia|r)", "me (?:passa|passe|diz|diga|fala|fale|da|de|manda|mande|mostra)",
        "preciso", "quero", "what", "tell me", "give me", "show", "envi[ae]",
    ),
    _any(
        "chaves? (?:de|da) api", "api[ _-]?keys?", "secret[ _-]?keys?", "token (?:de acesso )?(?:de|da|do) (?:api|bot|sistema|gemini|whaticket)",
        "senhas? d[oe] (?:banco(?: de dados)?|admin\\w*|servidor|root)", "senha da base", "senhas do sistema", "connection string",
        "string de conexao", "credenciais (?:do|de|da) (?:sistema|banco|servidor|acesso|api)", "access to the database",
        "acesso ao banco de dados", "variaveis de ambiente",
    ),
    within=60,
)  # fmt: skip

AUTHORITY: Final = Pair(
    "false_authority",
    _any(
        "(?:sou|aqui e|aqui quem fala e) (?:o |a |seu |sua |do |da )?(?:donos?|dona|proprietari[oa]|gerente|administradora?|admin|desenvolvedora?|programadora?|criadora?|"
        "suporte(?: tecnico)?|time de ti|equipe (?:do|da) (?:google|suporte|plataforma|ti))",
        "trabalho no suporte", "i am (?:your|the) (?:developer|owner|admin\\w*|creator)", "modo (?:de )?(?:teste|manutencao) ativado",
        "teste de seguranca autorizado", "codigo de (?:autorizacao|acesso|override) \\w+",
    ),
    _any(
        "liber[ae]", "desativ[ae]", "todos os pacientes", "lista de", "configurac(?:ao|oes)", "acesso total", "auditar", "prompt",
        "senha", "mostre os dados", "revel[ae]", "access", "d(?:este|esse) bot", "variaveis", "ignor[ae]", "agenda completa",
    ),
    within=110,
)  # fmt: skip

DICTATE: Final = Pair(
    "dictated_reply",
    _any(
        "comec[ae] (?:a |sua |tua )?(?:proxima )?(?:resposta|mensagem)", "respond[ae] (?:apenas|somente|so)(?: com)?", "repita",
        "diga exatamente", "start your (?:next )?(?:reply|answer|response)", "(?:respond|reply|answer) only with", "say exactly",
    ),
    _any(r"com \"", r"\"\w+", "a palavra", "a frase", "o texto", "a tudo", "depois de mim", "the words?", "with \""),
    within=30,
)  # fmt: skip

PAIRS: Final = (FORGET, LEAK, RETELL, BECOME, OTHERS, SECRETS, AUTHORITY, DICTATE)

ALONE: Final = (
    ("role", _any(
        "(?:modo|mode) (?:desenvolvedor|deus|debug|dev|god|dan|irrestrito|sem (?:filtros?|restricoes)|jailbreak)",
        "(?:developer|god|debug|dan|admin|jailbreak) mode", "jailbreak(?:ed|ing)?", "do anything now", "sem (?:nenhuma )?censura",
        "answer without (?:limits|restrictions|filters)", "sem filtros nem regras", "como (?:uma ia|um assistente|um robo) sem (?:regras|restricoes|filtros)",
    )),
    ("override", _any(
        "(?:instrucoes|regras|diretrizes|ordens) (?:anteriores|acima|antigas|previas)(?: \\w+){0,3} (?:revogadas|valem mais|canceladas|anuladas|invalidas|valem|sem efeito)",
        "(?:use|siga|obedeca|execute|cumpra)(?: \\w+){0,2} novas (?:instrucoes|regras|ordens)", "novas instrucoes: ?(?:envi|mostr|list|revel|ignor|diga)\\w*",
        "new instructions", "as (?:suas )?instrucoes (?:acima|anteriores) (?:foram|estao|nao)", "(?:obedece|obedeca|responde) (?:so |somente |apenas )?a mim",
        "siga as minhas", "agora (?:o preco|tudo) (?:de tudo )?(?:e|custa) (?:r\\$ ?)?0", "grant all", "obey the user", "admin override",
        "fale o que quiser", "desative a verificacao",
    )),
    ("encoded", _any("(?:decodifique|decifre|decode|decripte)(?: \\w+){0,4} (?:e|and) (?:siga|execute|obedeca|responda|faca|follow|run|obey|do)")),
    ("prompt_leak", _any("suas instrucoes (?:de sistema )?dizem", "as instrucoes que voce recebeu", "instrucoes? que (?:te|lhe) deram")),
    ("code", _any(
        "(?:execute|rode|run|executa|roda)(?: \\w+){0,3} (?:comando|codigo|script|sql|command|code)", "sudo \\w+", "rm -rf",
        "import os", "os\\.system",
    )),
)  # fmt: skip

FORGED: Final = (
    ("forged_voice", re.compile(r"<\|?/?(?:im_start|im_end|system|sys|inst|mensagem|instruc|prompt|user|usuario|assistant)|<<sys>>")),
    ("forged_voice", re.compile(r"\[/?(?:inst|system|sistema|admin(?: override)?|developer|desenvolvedor)\]|\"role\" ?: ?\"")),
    ("forged_voice", re.compile(r"^\W{0,6}(?:system|sistema|developer|desenvolvedor|assistant|admin|root) ?: ?(?=\w)", re.MULTILINE)),
    ("forged_voice", re.compile(r"^ ?#{2,} ?(?:instruc|instrucao|instruction|system|sistema|new|nova)", re.MULTILINE)),
    ("forged_voice", re.compile(r"\b(?:fim|inicio|end|begin)(?: of| das?| dos?)? (?:new |novas )?(?:instruc\w+|system|prompt|regras do sistema)")),
    ("forged_voice", re.compile(r"\b(?:mensagem d[oe] (?:desenvolvedor|administrador)|atualizacao d[oe] sistema) ?:")),
    ("forged_voice", re.compile(r"\bprezad[oa] (?:sistema|assistente|ia)\b")),
    ("code", re.compile(r"\b(?:drop|truncate|alter) table\b|\bselect .{1,40} from \w|\bdelete from \w|\bunion (?:all )?select\b")),
    ("code", re.compile(r"\{\{.{1,80}\}\}|\$\{.{1,80}\}|<script\b|javascript:")),
)  # fmt: skip

COMPACT: Final = (
    ("override", re.compile(r"\b(?:ignore|esqueca|desconsidere|disregard|forget)\w{0,20}(?:instruc|instruct|regras|rules|prompt|previous|anteriores)")),
)  # fmt: skip
