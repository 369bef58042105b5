"""The one list of metrics: the promised names, the service levels, and nothing that grows without end."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

from adapters.telemetry import metrics
from adapters.telemetry.slo import WINDOW, ServiceLevels

PROMISED = {
    "secretaria_webhook_received_total": {"status"},
    "secretaria_task_latency_seconds": set(),
    "secretaria_whaticket_latency_seconds": set(),
    "secretaria_whaticket_errors_total": set(),
    "secretaria_whaticket_send_success_total": set(),
    "secretaria_whaticket_send_retry_total": set(),
    "secretaria_llm_latency_seconds": set(),
    "secretaria_llm_errors_total": set(),
    "secretaria_llm_prompt_injection_blocked_total": set(),
    "secretaria_healthcheck_failures_total": {"component"},
    "secretaria_queue_size": set(),
    "secretaria_webhook_latency_seconds": set(),
    "webhook_latency_seconds": set(),
    "whaticket_delivery_success_ratio": set(),
    "llm_error_rate": set(),
}
OURS = [each for each in vars(metrics).values() if isinstance(each, MetricWrapperBase)]


def test_every_promised_name_is_on_the_page_with_its_labels_help_and_type() -> None:
    page = metrics.exposition().decode()
    families = {family.name: family for family in text_string_to_metric_families(page)}

    for name, labels in PROMISED.items():
        family = families[name.removesuffix("_total") if name.endswith("_total") else name]
        assert f"# HELP {name} " in page
        assert f"# TYPE {name} {family.type}" in page
        assert {label for s in family.samples for label in s.labels} - {"le"} == labels, name


def test_every_label_value_that_the_boards_name_is_there_before_it_happens() -> None:
    page = metrics.exposition().decode()

    for label in ('received_total{status="accepted"}', 'received_total{status="rejected"}'):
        assert f"secretaria_webhook_{label}" in page
    for component in ("redis", "postgres", "rq_worker"):
        assert f'secretaria_healthcheck_failures_total{{component="{component}"}}' in page


@pytest.mark.parametrize("metric", OURS, ids=lambda metric: metric._name)
def test_a_company_stands_only_on_counters_and_every_metric_explains_itself(metric: MetricWrapperBase) -> None:
    assert len(metric._documentation) > 15
    assert "company_id" not in metric._labelnames or isinstance(metric, Counter)


def test_after_five_hundred_companies_the_rest_are_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_companies", set())
    labels = [metrics.company(number) for number in range(1, 700)]

    assert labels[:500] == [str(number) for number in range(1, 501)]
    assert set(labels[500:]) == {"other"}
    assert metrics.company(17) == "17"
    assert metrics.company(600) == "other"


class Service:
    """A process with its own registry, and a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.registry = CollectorRegistry()
        self.sent = Counter("secretaria_whaticket_send_success_total", "h", registry=self.registry)
        self.errors = Counter("secretaria_whaticket_errors_total", "h", registry=self.registry)
        self.latency = Histogram("secretaria_webhook_latency_seconds", "h", registry=self.registry)
        self.levels = ServiceLevels(self.registry.collect, clock=lambda: self.now)

    def level(self, name: str) -> float:
        return {s.name: s.value for family in self.levels.collect() for s in family.samples}[name]


def test_without_calls_there_is_no_ratio() -> None:
    assert math.isnan(Service().level("whaticket_delivery_success_ratio"))


@given(sent=st.integers(0, 50), failed=st.integers(0, 50))
@settings(deadline=None)
def test_the_ratio_is_of_all_calls_since_boot_while_that_is_recent(sent: int, failed: int) -> None:
    service = Service()
    service.sent.inc(sent)
    service.errors.inc(failed)

    ratio = service.level("whaticket_delivery_success_ratio")

    assert math.isnan(ratio) if sent + failed == 0 else ratio == pytest.approx(sent / (sent + failed))


def test_good_old_days_do_not_hide_an_outage() -> None:
    service = Service()
    service.level("llm_error_rate")
    service.sent.inc(100_000)
    while service.now <= 2 * WINDOW:
        service.now += 15
        service.level("whaticket_delivery_success_ratio")
    service.errors.inc(9)
    service.sent.inc(1)

    assert service.level("whaticket_delivery_success_ratio") == pytest.approx(0.1)


def test_the_promised_latency_is_the_same_histogram_under_its_short_name() -> None:
    service = Service()
    service.latency.observe(0.3)

    assert service.level("webhook_latency_seconds_count") == 1
    assert service.level("webhook_latency_seconds_sum") == pytest.approx(0.3)


def test_a_worker_serves_its_figures_on_a_port_of_its_own() -> None:
    server, thread, port = metrics.serve_metrics(0)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            page = answer.read().decode()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

    assert "llm_error_rate" in page
    assert server.server_address[0] == "127.0.0.1"


COUNT_ONE = "from adapters.telemetry import metrics; metrics.WEBHOOK_ACCEPTED.inc(); metrics.WEBHOOK_LATENCY.observe(1)"
SHOW = "from adapters.telemetry import metrics; print(metrics.exposition().decode())"


def test_several_processes_of_the_api_answer_as_one(tmp_path: Path) -> None:
    def run(program: str) -> str:
        environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        command = [sys.executable, "-c", program]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    run(COUNT_ONE)
    run(COUNT_ONE)
    page = run(SHOW)

    assert 'secretaria_webhook_received_total{status="accepted"} 2.0' in page
    assert "webhook_latency_seconds_count 2.0" in page
    assert "# HELP secretaria_queue_size Jobs due and not started" in page
