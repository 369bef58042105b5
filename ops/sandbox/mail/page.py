"""The page to read what was sent, and the same as JSON."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any, Final

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.control import UnknownError, answer, number, read, whole
from ops.sandbox.mail.box import Box, Letter
from ops.sandbox.serving import Asked

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
STYLE: Final = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.15rem; margin: 0; }
p.note { opacity: .75; } a { color: inherit; }
ul { list-style: none; padding: 0; border-top: 1px solid var(--line); }
li { border-bottom: 1px solid var(--line); }
li a { display: grid; grid-template-columns: 4.5rem 1fr; gap: .2rem 1rem; padding: .7rem .25rem; text-decoration: none; }
li a:hover, li a:focus-visible { background: color-mix(in srgb, currentColor 7%, transparent); }
li small { grid-column: 2; opacity: .7; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid var(--line); padding-top: 1rem; font: inherit; }
"""


def routes(box: Box) -> list[HTTPRouteHandler]:
    return [*_pages(box), *_controls(box)]


def _pages(box: Box) -> list[HTTPRouteHandler]:
    @get("/")
    async def index() -> Response[str]:
        letters = list(box.letters.newest_first())
        rows = "".join(_row(letter) for letter in letters)
        told = (
            f"<ul>{rows}</ul>"
            if rows
            else "<p>Nenhuma carta ainda. O que a Secretaria enviar por e-mail aparece aqui.</p>"
        )
        return _page(
            "E-mails enviados",
            '<p class="note">SANDBOX: nada sai desta máquina. Estas são as cartas que a Secretaria enviaria.</p>'
            + told,
        )

    @get("/mensagens/{seq:int}")
    async def letter(seq: int) -> Response[str]:
        one = next((each for each in box.letters.all() if each.seq == seq), None)
        if one is None:
            raise UnknownError(f"letter {seq}")
        return _page(one.subject or "(sem assunto)", _whole(one))

    @get("/estilo.css")
    async def style() -> Response[str]:
        return Response(STYLE, media_type="text/css", headers=HEADERS)

    return [index, letter, style]


def _controls(box: Box) -> list[HTTPRouteHandler]:
    @get("/_sandbox/messages")
    async def messages(request: Asked) -> Response[bytes]:
        to = request.query_params.get("to")
        found, last = await box.letters.since(
            whole(request, "after", 0),
            key=to.lower() if to else None,
            wait=number(request, "wait", 0),
            limit=whole(request, "limit", 1000),
        )
        return answer({"messages": found, "last": last})

    @get("/_sandbox/health")
    async def health() -> Response[bytes]:
        return answer({"ok": True, "smtp_url": box.smtp_url})

    @post("/_sandbox/reset", status_code=200)
    async def reset(request: Asked) -> Response[bytes]:
        await read(request, dict[str, Any])
        box.letters.clear()
        return answer({"ok": True})

    return [messages, health, reset]


def _page(title: str, body: str) -> Response[str]:
    html = (
        f'<!doctype html><html lang="pt-BR"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/estilo.css"><main><h1>{escape(title)}</h1>{body}</main>'
    )
    return Response(html, media_type="text/html", headers=HEADERS)


def _row(one: Letter) -> str:
    return (
        f'<li><a href="/mensagens/{one.seq}"><time>{_hour(one.at)}</time><strong>{escape(one.subject)}</strong>'
        f"<small>para {escape(one.to)}</small></a></li>"
    )


def _whole(one: Letter) -> str:
    html = f"<h2>Versão em HTML (código)</h2><pre>{escape(one.html)}</pre>" if one.html else ""
    return (
        f'<p><a href="/">← todas as cartas</a></p><dl><dt>De</dt><dd>{escape(one.sender)}</dd><dt>Para</dt>'
        f"<dd>{escape(one.to)}</dd><dt>Quando</dt><dd>{_hour(one.at)}</dd></dl><pre>{escape(one.text)}</pre>{html}"
    )


def _hour(at: float) -> str:
    return f"{datetime.fromtimestamp(at).astimezone():%H:%M:%S}"
