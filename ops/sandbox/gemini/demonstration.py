"""A secretary by simple rules: good enough to show the product in Portuguese, too modest to promise anything.

It reads the business's facts out of the system text. Where it has no agenda it never says that something is booked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ops.sandbox.gemini import wire
from ops.sandbox.gemini.spoken import plain

FACTS: Final = re.compile(
    r"^#+ *(?:informa|dados|sobre|neg[oó]cio|perguntas)[^\n]*\n(.*?)(?=^#+ |\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
NAME: Final = re.compile(
    r"(?:nome no whatsapp|nome do contato|contato|cliente) *: *[\"“]?([^\"”\n.,(]{2,40})", re.IGNORECASE
)
WHO: Final = re.compile(r"[Vv]oc[eê] [eé] (?:a |o )?([A-ZÀ-Ý]\w+),? [^\n.]*?\bd[aeo] ([^\n.,]{2,60})")
KEYED: Final = re.compile(r"[A-ZÀ-Ý][\w ]{3,24}: ")
FENCE: Final = re.compile(r"</?mensagem>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules look at: the facts told, who speaks to whom, and whether they spoke before."""

    facts: tuple[str, ...]
    name: str
    assistant: str
    business: str
    heard: str
    begun: bool

    def fact(self, *words: str) -> str:
        """The lines of the facts that speak of any of these words, as they stand but without their list marks."""
        found = [line for line in self.facts if any(word in plain(line) for word in words)]
        return "\n".join(dict.fromkeys(_told(line) for line in found[:4]))


def _told(line: str) -> str:
    return re.sub(r"^[-*• ]+", "", line).strip()


def scene(body: wire.Json) -> Scene:
    system = wire.system_text(body)
    sections = "\n".join(FACTS.findall(system)) or system
    named, who = NAME.search(system), WHO.search(system)
    heard = FENCE.sub(" ", wire.text_of(wire.last_user(body)))
    return Scene(
        facts=tuple(line for line in sections.splitlines() if line.strip() and not line.startswith("#")),
        name=named.group(1).strip().split(" ")[0] if named else "",
        assistant=who.group(1) if who else "",
        business=who.group(2).strip() if who else "",
        heard=plain(heard),
        begun=any(one.get("role") == "model" for one in wire.contents(body)),
    )


def reply(body: wire.Json) -> str:
    """What the secretary says to this request."""
    kinds = set(wire.media_kinds(wire.last_user(body)))
    seen = scene(body)
    if "audio" in kinds:
        return f"Ouvi o seu áudio{_comma(seen)}! Vou passar o recado para a equipe. Quer acrescentar alguma coisa?"
    if "image" in kinds:
        return f"Recebi a imagem{_comma(seen)}. Vou mostrar para a equipe. O que você gostaria de saber sobre ela?"
    for pattern, say in RULES:
        if re.search(pattern, seen.heard):
            return say(seen)
    return _fallback(seen)


def _comma(seen: Scene) -> str:
    return f", {seen.name}" if seen.name else ""


def _greeting(seen: Scene) -> str:
    hello = next((word for key, word in HELLOS if key in seen.heard), "Olá")
    if seen.begun:
        return f"{hello}{_comma(seen)}! Em que mais posso ajudar?"
    me = f" Sou {seen.assistant}, assistente virtual" if seen.assistant else " Sou a assistente virtual"
    of = f" de {seen.business}" if seen.business else ""
    return f"{hello}{_comma(seen)}!{me}{of}. Como posso ajudar?"


HELLOS: Final = (("bom dia", "Bom dia"), ("boa tarde", "Boa tarde"), ("boa noite", "Boa noite"))


def _booking(seen: Scene) -> str:
    missing = [
        what
        for what, pattern in (
            ("o serviço", r"consulta|avalia|corte|limpeza|retorno|exame|sessao|manicure|massagem|procedimento"),
            ("o dia", r"hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|\bdia \d|\d/\d"),
            ("o período", r"manha|tarde|noite|\d ?h\b|\d:\d|almoco|as \d"),
        )
        if not re.search(pattern, seen.heard)
    ]
    start = f"Claro{_comma(seen)}! Anotei o seu pedido"
    if not missing:
        return f"{start}. A equipe vai conferir a agenda e confirmar com você por aqui."
    asked = " e ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
    return f"{start}, e a equipe confirma com você por aqui. Para adiantar: qual é {asked} de sua preferência?"


def _change(seen: Scene) -> str:
    start = f"Entendi{_comma(seen)}. Anotei o seu pedido, e a equipe confirma com você por aqui."
    return start if re.search("desmarc|cancel", seen.heard) else f"{start} Que dia e período ficam melhor?"


def _about(opening: str, *words: str) -> Callable[[Scene], str]:
    def say(seen: Scene) -> str:
        fact = seen.fact(*words)
        if not fact:
            return f"Essa informação eu prefiro confirmar com a equipe{_comma(seen)}. Posso anotar a sua pergunta?"
        keyed = "\n" not in fact and KEYED.match(fact)
        told = f" {fact[keyed.end() :]}" if keyed else f"\n{fact}"
        return f"{opening}{told}\n\nPosso ajudar em mais alguma coisa{_comma(seen)}?"

    return say


def _person(seen: Scene) -> str:
    return f"Claro{_comma(seen)}! Vou avisar a equipe, e uma pessoa continua com você por aqui."


def _thanks(seen: Scene) -> str:
    return f"Por nada{_comma(seen)}! Qualquer coisa, é só chamar. 🙂"


def _goodbye(seen: Scene) -> str:
    return f"Até logo{_comma(seen)}! Quando precisar, é só mandar mensagem."


def _machine(_: Scene) -> str:
    return "Sou uma assistente virtual. Se preferir uma pessoa, é só escrever “falar com atendente”."


def _urgent(_: Scene) -> str:
    return "Sinto muito que esteja passando por isso. Se for urgente, procure um pronto-socorro ou ligue para o SAMU (192)."


def _fallback(seen: Scene) -> str:
    words = [word for word in re.findall(r"[a-z]{5,}", seen.heard) if word not in {"quero", "gostaria", "voces"}]
    fact = seen.fact(*words) if words else ""
    if fact:
        return f"Sobre isso, o que eu sei é:\n{fact}\n\nPosso ajudar em mais alguma coisa?"
    return f"Entendi{_comma(seen)}. Vou confirmar com a equipe e já retorno. Quer que eu anote mais algum detalhe?"


RULES: Final[tuple[tuple[str, Callable[[Scene], str]], ...]] = (
    (r"falar com (?:um |uma )?(?:atendente|pessoa|alguem|humano)|atendimento humano", _person),
    (r"\b(?:robo|bot|ia|humano|maquina|inteligencia artificial)\b.*\?|voce e (?:um|uma) ", _machine),
    (r"falta de ar|dor no peito|desmai|sangrando|socorro|emergencia", _urgent),
    (r"remarc|reagend|desmarc|cancel|mudar (?:o|meu) horario", _change),
    (
        r"\b(?:marcar|agendar|agendamento|reservar|encaixe)\b|horario (?:livre|vago|disponivel)|tem (?:vaga|horario)",
        _booking,
    ),
    (
        r"quanto (?:custa|e|fica|sai)|preco|valor|\bcusta\b|tabela|orcamento",
        _about("Os valores são:", "r$", "valor", "preco", "custa"),
    ),
    (
        r"convenio|plano de saude|unimed|amil|bradesco",
        _about("Sobre convênios:", "convenio", "plano", "unimed", "amil", "bradesco"),
    ),
    (
        r"horario|\bhoras?\b|abre|fecha|funciona|atendem (?:ate|aos?|no|de|que)|aberto",
        _about("Nosso horário:", "horario", "funcionamento", "segunda", "aberto", "atendemos"),
    ),
    (
        r"endereco|onde (?:fica|e|voces)|localiza|como chego|estaciona",
        _about("Estamos aqui:", "endereco", "rua ", "avenida", "av.", "praca", "estaciona", "localiza"),
    ),
    (
        r"telefone|\bligar\b|e-?mail|\bsite\b|instagram",
        _about("Nossos contatos:", "telefone", "e-mail", "email", "site", "instagram", "whatsapp"),
    ),
    (
        r"pagamento|pix|cartao|parcel|dinheiro",
        _about("Formas de pagamento:", "pagamento", "pix", "cartao", "parcel"),
    ),
    (
        r"servicos?|fazem|oferecem|procedimentos?|tratamentos?",
        _about("O que oferecemos:", "servico", "oferec", "tratamento", "procedimento", "especialidade"),
    ),
    (r"obrigad|\bvaleu\b|agradec|\bbrigad", _thanks),
    (r"\b(?:tchau|ate (?:logo|mais|amanha)|adeus)\b", _goodbye),
    (r"^\W*(?:oi+|ola|opa|e ai|bom dia|boa tarde|boa noite|tudo bem)\b", _greeting),
)
"""First match wins: what matters most stands first, a greeting last, since people greet before they ask."""
