"""Settings of what not every installation has: names of the companies' own, and worker processes kept on one machine."""

from __future__ import annotations

from dataclasses import dataclass

from secretaria.reading import BadSetting, address, domain_name, number, setting, whole, words


@dataclass(frozen=True, slots=True)
class Domains:
    """Companies' own names below one domain; without a zone and a token, a person makes the records."""

    domain: str | None = setting("SECRETARIA_DOMAIN", domain_name, None)
    target: str | None = setting("SECRETARIA_DOMAIN_TARGET", domain_name, None)
    cloudflare_url: str = setting(
        "SECRETARIA_CLOUDFLARE_URL", address("https", "http"), "https://api.cloudflare.com/client/v4"
    )
    cloudflare_zone: str | None = setting("SECRETARIA_CLOUDFLARE_ZONE", words, None)
    cloudflare_token: str | None = setting("SECRETARIA_CLOUDFLARE_TOKEN", words, None, secret=True)


@dataclass(frozen=True, slots=True)
class Supervise:
    """How many worker processes `secretaria run` and `secretaria supervise` keep for each pool of this machine."""

    least: int = setting("SECRETARIA_WORKERS_LEAST", whole(0, 500), 1)
    most: int = setting("SECRETARIA_WORKERS_MOST", whole(1, 500), 4)
    late_seconds: float = setting("SECRETARIA_WORKERS_LATE_SECONDS", number(0.6, 3_600), 2.0)
    calm_seconds: float = setting("SECRETARIA_WORKERS_CALM_SECONDS", number(1, 86_400), 60.0)
    pause_seconds: float = setting("SECRETARIA_WORKERS_PAUSE_SECONDS", number(1, 3_600), 10.0)
    look_seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.least > self.most:
            raise BadSetting("SECRETARIA_WORKERS_LEAST", f"at most SECRETARIA_WORKERS_MOST, which is {self.most}")
