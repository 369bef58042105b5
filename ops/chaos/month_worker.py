"""`python -m ops.chaos.month_worker FILE`: the worker as it is, by the clock that is kept in the file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ops.chaos.month_clock import Tide
from secretaria import worker
from secretaria.settings import Settings

if __name__ == "__main__":
    worker.run(Settings.from_environment(os.environ), clock=Tide(Path(sys.argv[1])))
