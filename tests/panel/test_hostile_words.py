"""What contacts write and how they call themselves is text, whatever it looks like: nothing runs, nothing is fetched."""

from __future__ import annotations

import html

import pytest
from playwright.async_api import expect

from adapters.http.panel.markup import whatsapp
from tests.journeys.customer import Customer, new_phone
from tests.panel.conftest import Seat

NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "'-alert(1)-'",
    "javascript:alert(1)",
    "jav\tascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://example.com/\"onmouseover=\"alert(1)",
    "https://example.com/'><script>alert(1)</script>",
    "*<b onclick=alert(1)>x</b>*",
    "_\"><iframe src=javascript:alert(1)>_",
    "~</s><script>alert(1)</script>~",
    "{{7*7}} {% raw %} ${alert(1)} #{7*7}",
    "<a href=\"javascript:alert(1)\">clique</a>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<style>body{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<div hx-get=/painel/sair hx-trigger=load></div>",
    "<div sse-connect=/x sse-swap=conversa></div>",
    "<form action=//evil.example><button>ok",
    "<base href=//evil.example>",
    "<math><mtext><img src=1 onerror=alert(1)></mtext></math>",
    "<!--><img src=x onerror=alert(1)>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202eoirártnoc oa otxet\u202c",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034dA",
    "null undefined NaN None true -1 1e400",
    "' OR 1=1; drop table messages; --",
    "%s%s%n %p {0} %d",
    "\u2028\u2029quebra",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
    "x" * 3000,
    "../../../../etc/passwd",
    "mailto:a@b.c?subject=<script>alert(1)</script>",
    "tel:+5511999990000\"><script>alert(1)</script>",
    "*_~*_~*_~",
    "`${alert(1)}`",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_markup_says_nothing_but_the_words(text: str):
    made = str(whatsapp(text))

    bare = made
    for tag in ("<strong>", "</strong>", "<em>", "</em>", "<s>", "</s>", "</a>"):
        bare = bare.replace(tag, "")
    while (start := bare.find('<a href="')) >= 0:
        opening = bare[start : bare.index(">", start) + 1]
        assert opening.startswith(('<a href="http://', '<a href="https://', '<a href="mailto:', '<a href="tel:'))
        assert opening.endswith('" target="_blank" rel="noopener noreferrer nofollow ugc">')
        bare = bare.replace(opening, "")
    assert "<" not in bare
    assert sorted(html.unescape(bare)) == sorted(text) or len(html.unescape(bare)) < len(text)


async def test_nothing_hostile_runs_in_messages_names_or_search(seat: Seat, ana: Customer):
    ana.name = NASTY[1]
    for text in NASTY:
        await ana.says(text)
    for name in NASTY[:12]:
        await Customer(ana.whaticket, ana.line, new_phone(), name=name).says(name)
    talk = f"/conversas/{await seat.conversation(ana.phone)}"

    for path in (talk, "/conversas", "/conversas?busca=%3Cscript%3Ealert(1)%3C%2Fscript%3E", ""):
        await seat.go(path)
        await expect(seat.page.get_by_role("heading", level=1)).to_be_visible()
        await seat.page.wait_for_timeout(300)
        assert (
            await seat.page.locator("main script, main iframe, main img, main form[action^='//'], main base").count()
            == 0
        )
    await seat.go(talk)
    await expect(seat.page.locator(".bubble.contact", has_text="<script>alert(1)</script>").first).to_be_visible()
    await ana.says("<img src=x onerror=alert(2)> ao vivo")
    await expect(seat.page.locator("#lines")).to_contain_text("ao vivo", timeout=10_000)
    await seat.page.get_by_label("Mensagem", exact=True).fill("<script>alert(3)</script>")
    await seat.page.keyboard.press("Enter")
    await expect(seat.page.locator(".bubble.person")).to_contain_text("<script>alert(3)</script>")
