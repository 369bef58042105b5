"""The process that looks after the workers of one machine, and after nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from secretaria.brought_along import own_process
from secretaria.data_folder import held
from secretaria.embedded.child import Program
from secretaria.settings import Settings
from secretaria.supervisor import Supervisor
from secretaria.targets import Targets
from secretaria.workforce import GRACE_SECONDS, PoolWatch, workforce

FOLDER: Final = "supervise"
"""Inside the data folder: `secretaria run` may use that one itself."""


def supervise_workers(
    settings: Settings, environment: Mapping[str, str], say: Callable[[str], None], *, only: frozenset[str] | None
) -> None:
    """Returns once it was asked to stop and every worker has finished. Raises BadSetting, ServerTrouble."""
    targets = Targets(settings, environment)
    supervisor = Supervisor(say)
    supervisor.listen()
    theirs = {**environment, "SECRETARIA_DATA_DIR": str(settings.data_dir.absolute()), "PYTHONUNBUFFERED": "1"}
    place = settings.data_dir / FOLDER
    place.parent.mkdir(parents=True, exist_ok=True)
    with held(place, say) as folder:

        def worker(name: str, pool: str) -> Program:
            return own_process(name, folder, theirs, "worker", "--pool", pool)

        pools = PoolWatch(targets.database_url)
        crew = workforce(settings, supervisor, worker, pools, only=only)
        try:
            supervisor.serve(meanwhile=crew.look)
        finally:
            crew.stop(seconds=settings.worker.drain_seconds + GRACE_SECONDS)
            pools.close()
