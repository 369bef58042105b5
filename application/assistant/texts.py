"""Every fixed sentence a contact may read from the assistant; the only Portuguese in this folder besides the prompts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.conversations.inbound import Kind

MODEL_AWAY: Final = (
    "Recebi sua mensagem, mas estou com uma dificuldade técnica para responder agora. "
    "Já avisei a equipe, e alguém fala com você por aqui assim que possível. 🙏"
)

BLOCKED: Final = (
    "Não consigo ajudar com esse pedido. Se quiser saber sobre serviços, horários ou valores, é só me perguntar. "
    "E, se preferir uma pessoa, escreva *falar com atendente*."
)

HELD_BACK: Final = (
    "Prefiro confirmar essa informação com a equipe antes de responder. "
    "Se quiser falar direto com uma pessoa, escreva *falar com atendente*."
)

HANDED_TO_PERSON: Final = (
    "Certo! Vou chamar uma pessoa da equipe para continuar com você por aqui. Só um momento, por favor. 🙂"
)

LOOP_STOPPED: Final = (
    "Parece que estou conversando com outro atendimento automático, então vou parar por aqui. "
    "Uma pessoa da equipe continua em seguida."
)

TOO_MANY_MESSAGES: Final = (
    "Recebi muitas mensagens seguidas e vou precisar de uns minutos. "
    "Todas ficaram guardadas; já já continuamos por aqui."
)

ASSISTANT_RESTS: Final = (
    "Recebi sua mensagem, e ela ficou guardada! 🙂 O atendimento automático está em pausa no momento; "
    "uma pessoa da equipe responde por aqui assim que puder."
)

ENOUGH_FOR_TODAY: Final = (
    "Já conversamos bastante por aqui hoje! 🙂 Para seguir com cuidado, vou passar você para uma pessoa da equipe, "
    "que responde por aqui assim que puder."
)

MEDIA: Final[Mapping[Kind, str]] = {
    Kind.AUDIO: "Recebi seu áudio, mas ainda não consigo ouvir por aqui. Pode me escrever em texto, por favor?",
    Kind.IMAGE: "Recebi sua imagem, mas ainda não consigo ver fotos por aqui. Pode me contar em texto do que se trata?",
    Kind.VIDEO: "Recebi seu vídeo, mas ainda não consigo assistir por aqui. Pode me contar em texto do que se trata?",
    Kind.DOCUMENT: "Recebi seu documento, mas ainda não abro arquivos por aqui. Pode me dizer em texto do que precisa?",
    Kind.STICKER: "Adorei a figurinha! 😄 Como posso ajudar?",
    Kind.LOCATION: "Recebi sua localização! Como posso ajudar?",
    Kind.CONTACT: "Recebi o contato. Pode me dizer em texto como posso ajudar?",
    Kind.UNSUPPORTED: "Sua mensagem veio em um formato que não consigo abrir. Pode me escrever em texto, por favor?",
}


def media_text(kind: Kind) -> str:
    """What to say to something without words; a kind nobody foresaw is told like any other we cannot open."""
    return MEDIA.get(kind, MEDIA[Kind.UNSUPPORTED])
