"""`python -m ops.chaos.month_api FILE`: the API as it is, by the clock that is kept in the file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from litestar.types import ASGIApp

from ops.chaos.month_clock import Tide
from secretaria import api
from secretaria.settings import Settings


def build() -> ASGIApp:
    """In granian's own process, which knows its parent's words."""
    return api.build(Tide(Path(sys.argv[1])))


if __name__ == "__main__":
    api.run(Settings.from_environment(os.environ), app="ops.chaos.month_api:build")
