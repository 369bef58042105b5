"""The three service levels under the names the product promised, computed from the metrics we already keep.

`webhook_latency_seconds` is a second name for one histogram, so that no webhook pays for two observations.
The two ratios look at the last five minutes as this process saw them: since boot, an outage would drown in
the good days before it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

WINDOW = 300.0
STEP = 10.0  # seconds between remembered readings: thirty of them make the window

Reading = tuple[float, Mapping[str, float]]


class ServiceLevels(Collector):
    """`read` gives the process's own families; families with other names than those below are skipped."""

    def __init__(self, read: Callable[[], Iterable[Metric]], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._readings: deque[Reading] = deque()

    def describe(self) -> Iterable[Metric]:
        """Nothing: reading the metrics while the registry is still being filled would find half of them."""
        return []

    def collect(self) -> Iterable[Metric]:
        families = {family.name: family for family in self._read()}
        latency = families.get("secretaria_webhook_latency_seconds")
        if latency is not None:
            yield _renamed(latency, "webhook_latency_seconds")
        recent = self._recent({s.name: s.value for f in families.values() for s in f.samples if not s.labels})
        sent = recent("secretaria_whaticket_send_success_total")
        yield GaugeMetricFamily(
            "whaticket_delivery_success_ratio",
            "Share of the sends through Whaticket in the last five minutes that succeeded (NaN: none)",
            value=_ratio(sent, sent + recent("secretaria_whaticket_errors_total")),
        )
        yield GaugeMetricFamily(
            "llm_error_rate",
            "Share of the calls to the language model in the last five minutes that failed (NaN: none)",
            value=_ratio(recent("secretaria_llm_errors_total"), recent("secretaria_llm_latency_seconds_count")),
        )

    def _recent(self, totals: Mapping[str, float]) -> Callable[[str], float]:
        now = self._clock()
        while len(self._readings) > 1 and now - self._readings[1][0] >= WINDOW:
            self._readings.popleft()
        before: Mapping[str, float] = self._readings[0][1] if self._readings else {}
        if not self._readings or now - self._readings[-1][0] >= STEP:
            self._readings.append((now, totals if self._readings else {}))
        return lambda name: totals.get(name, 0.0) - before.get(name, 0.0)


def _renamed(family: Metric, name: str) -> Metric:
    copy = Metric(name, family.documentation, family.type)
    copy.samples = [Sample(name + s.name.removeprefix(family.name), *s[1:]) for s in family.samples]
    return copy


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
