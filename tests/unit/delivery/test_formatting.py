"""Markdown as models write it, against what WhatsApp shows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.delivery.formatting import to_whatsapp, visible

PIECES = (
    *"*_~`#->|[](){}!\\+.:=&<", "\n", "\n\n", " ", "  ", "**", "__", "~~", "```", "a", "b c", "1. ", "- ", "* ", "# ", "---",
    "[t](u)", "![a](b)", "| a | b |", "|---|---|", "\u200b", "\u200d", "\u200e", "👩", "<br>", "</b>", "{{name}}", "é",
)  # fmt: skip
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Temos **corte** e ***escova***.", "Temos *corte* e *escova*."),
        ("__Atenção__: traga o documento", "*Atenção*: traga o documento"),
        ("um ~~antigo~~ preço", "um ~antigo~ preço"),
        ("já em *negrito* e _itálico_", "já em *negrito* e _itálico_"),
        ("# Horários\nde 8h às 18h", "*Horários*\nde 8h às 18h"),
        ("### **Preços** ###", "*Preços*"),
        ("- corte\n* escova\n+ barba", "• corte\n• escova\n• barba"),
        ("- [ ] RG\n- [x] CPF", "• RG\n• CPF"),
        ("1. primeiro\n2. segundo", "1. primeiro\n2. segundo"),
        ("veja [o site](https://clinica.com.br)", "veja o site (https://clinica.com.br)"),
        ("[https://clinica.com.br](https://clinica.com.br)", "https://clinica.com.br"),
        ("[ligue](tel:+553133334444)", "ligue (+553133334444)"),
        ("<https://clinica.com.br>", "https://clinica.com.br"),
        ("![foto da sala](https://x/y.png)Bem-vinda", "Bem-vinda"),
        ("use `9h` ou ``10h``", "use 9h ou 10h"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("antes\n\n---\n\ndepois", "antes\n\ndepois"),
        ("linha<br>outra<br/>fim", "linha\noutra\nfim"),
        ("<b>oi</b>", "oi"),
        ("\\*sem negrito\\* a\\_b", "*sem negrito* a_b"),
        ("R$ 1.234,56 - à vista", "R$ 1.234,56 - à vista"),
        ("> citado", "> citado"),
        ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
        ("#1 em atendimento", "#1 em atendimento"),
        ("arquivo_de_teste_final", "arquivo_de_teste_final"),
    ],
)
def test_markdown_becomes_what_whatsapp_shows(markdown: str, shown: str):
    assert to_whatsapp(markdown) == shown


def test_a_table_becomes_lines():
    table = "Nossos preços:\n\n| Serviço | Preço |\n|:--|--:|\n| Corte | R$ 50 |\n| **Escova** | R$ 40 |"

    assert to_whatsapp(table) == "Nossos preços:\n\n*Serviço – Preço*\nCorte – R$ 50\n*Escova* – R$ 40"


def test_what_whaticket_would_take_for_a_template_is_neutralised():
    assert to_whatsapp("Olá {{name}}, {{{hora}}} e {{ solto") == "Olá {name}, {hora} e { solto"


def test_marks_hidden_between_marks_are_found_after_all():
    assert to_whatsapp("*\u200b*corte*\u200b*") == "*corte*"
    assert to_whatsapp("{\u200c{name}\u200e}") == "{name}"


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200c", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad", "\x00", "\x1b", "\u2800"]
)
def test_invisible_characters_never_leave(hidden: str):
    assert visible(f"a{hidden}b") == "ab"


def test_a_family_of_emoji_stays_together_but_letters_are_not_joined():
    assert visible("👩‍⚕️ bom dia 👨‍👩‍👧") == "👩‍⚕️ bom dia 👨‍👩‍👧"
    assert visible("a\u200db") == "ab"


@given(MARKDOWN)
@settings(max_examples=400, deadline=None)
def test_doing_it_twice_changes_nothing(text: str):
    once = to_whatsapp(text)

    assert to_whatsapp(once) == once


@given(MARKDOWN)
@settings(deadline=None)
def test_no_markup_that_whatsapp_does_not_know_is_left(text: str):
    shown = to_whatsapp(text)

    assert not any(mark in shown for mark in ("**", "~~", "`", "{{", "}}", "\u200e", "\u200c"))
    assert not any(line.startswith(("# ", "- ", "* ", "+ ")) for line in shown.splitlines())


@given(st.text(st.characters(categories=["L", "N"]), max_size=60))
def test_plain_words_pass_untouched(text: str):
    assert to_whatsapp(text) == visible(text).strip()


@pytest.mark.parametrize("hostile", ["*" * 50_000, "**a" * 20_000, "[" * 50_000, "[a](" * 20_000, "`" * 50_000, "_" * 50_000,
                                     "| " * 40_000, "{" * 50_000, "\\" * 50_000, "** " + " " * 80_000, "# " * 40_000,
                                     "<" * 50_000, "-" * 50_000 + "a", "__a " * 20_000, "|-" * 40_000])  # fmt: skip
def test_hostile_text_takes_linear_time(hostile: str):
    started = time.process_time()

    to_whatsapp(hostile)

    assert time.process_time() - started < 1.0
