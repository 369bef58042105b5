"""Files for the browser, read once: each has its content's digest in its name, so it may be kept for a year."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from domain.shared.errors import NotFound

HERE: Final = Path(__file__).parent / "static"
PREFIX: Final = "/painel/static"
KINDS: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER: Final = "public, max-age=31536000, immutable"
WORTH_SQUEEZING: Final = 1_024


class NoSuchFile(NotFound):
    """The browser asked for a file of another version, or one that never was."""


@dataclass(frozen=True, slots=True)
class Asset:
    kind: str
    plain: bytes
    squeezed: bytes | None


@dataclass(frozen=True, slots=True)
class Assets:
    """`by_name`: what a template asks for ("panel.js") to its address; `files`: the address's end to the content."""

    by_name: Mapping[str, str]
    files: Mapping[str, Asset]

    @classmethod
    def read(cls, folder: Path = HERE) -> Assets:
        by_name, files = {}, {}
        for path in sorted(folder.rglob("*")):
            if path.suffix in KINDS:
                name, content = path.relative_to(folder).as_posix(), path.read_bytes()
                digest = blake2b(content, digest_size=6).hexdigest()
                file = f"{name.removesuffix(path.suffix).replace('/', '-')}.{digest}{path.suffix}"
                by_name[name] = f"{PREFIX}/{file}"
                files[file] = Asset(KINDS[path.suffix], content, _squeezed(content))
        return cls(by_name, files)

    def url(self, name: str) -> str:
        """Where a template finds a file; a page without its scripts still works, so a missing one is no bug."""
        return self.by_name.get(name, f"{PREFIX}/{name}")

    def handler(self) -> HTTPRouteHandler:
        @get(f"{PREFIX}/{{file:str}}", include_in_schema=False)
        async def static(request: Request[Any, Any, Any], file: FromPath[str]) -> Response[bytes]:
            asset = self.files.get(file)
            if asset is None:
                raise NoSuchFile("no such file")
            headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
            if asset.squeezed is not None and "gzip" in request.headers.get("accept-encoding", ""):
                headers["Content-Encoding"] = "gzip"
                return Response(asset.squeezed, media_type=asset.kind, headers=headers)
            return Response(asset.plain, media_type=asset.kind, headers=headers)

        return static


def _squeezed(content: bytes) -> bytes | None:
    return gzip.compress(content, 9, mtime=0) if len(content) >= WORTH_SQUEEZING else None
