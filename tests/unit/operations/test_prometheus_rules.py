"""The alerts speak of metrics that exist, and each says where to read on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.telemetry import agenda_metrics, metrics

ROOT = Path(__file__).resolve().parents[3]
PROMETHEUS = ROOT / "ops" / "prometheus"
RULES = yaml.safe_load((PROMETHEUS / "rules.yml").read_text())
EXAMPLES = yaml.safe_load((PROMETHEUS / "rules_test.yml").read_text())
ALL: list[dict[str, Any]] = [rule for group in RULES["groups"] for rule in group["rules"]]
ALERTS = [rule for rule in ALL if "alert" in rule]
RECORDED = {rule["record"] for rule in ALL if "record" in rule}
WHAT_IS_COUNTED = (agenda_metrics, metrics)
"""Each exposes its names by being imported."""

SCRAPED = {
    line.split("{")[0].split(" ")[0] for line in metrics.exposition().decode().splitlines() if not line.startswith("#")
}
EXPOSED = SCRAPED | {line.split(" ")[2] for line in metrics.exposition().decode().splitlines() if line[:6] == "# HELP"}


def names_in(expression: str) -> set[str]:
    return set(
        re.findall(
            r"\b(?:secretaria[a-z0-9_:]+|appointment_\w+|webhook_latency\w+|llm_error_rate|whaticket_delivery\w+)",
            expression,
        )
    )


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.get("alert") or rule["record"])
def test_every_name_in_a_rule_is_exposed_or_recorded(rule: dict[str, Any]) -> None:
    names = names_in(rule["expr"].replace('job=~"secretaria-.*"', ""))

    exposed = {name for name in names if ":" not in name}
    assert {name.removesuffix("_bucket") for name in exposed} <= EXPOSED
    assert names - exposed <= RECORDED
    assert names or "up{" in rule["expr"]


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_every_alert_says_how_loud_it_is_what_is_wrong_and_where_to_read_on(alert: dict[str, Any]) -> None:
    page = ROOT / alert["annotations"]["runbook"]

    assert alert["labels"]["severity"] in {"page", "ticket"}
    assert alert["annotations"]["summary"]
    assert alert["annotations"]["description"]
    assert f"`{alert['alert']}`" in page.read_text(), f"{page.name} does not know this alert"


def test_every_alert_has_an_example_where_it_speaks_and_one_where_it_is_silent() -> None:
    for alert in ALERTS:
        examples = [
            bool(case["exp_alerts"])
            for test in EXAMPLES["tests"]
            for case in test["alert_rule_test"]
            if case["alertname"] == alert["alert"]
        ]
        assert sorted(examples) == [False, True], alert["alert"]


def test_the_promised_thresholds_are_kept() -> None:
    by_name = {alert["alert"]: alert for alert in ALERTS}

    assert by_name["WebhookSlow"]["expr"].endswith("> 1")
    assert (by_name["QueueBackedUp"]["expr"].split()[-1], by_name["QueueBackedUp"]["for"]) == ("50", "5m")
    assert "[1m])) > 0" in by_name["HealthcheckFailing"]["expr"]


def test_the_examples_are_about_metrics_that_exist() -> None:
    series = {re.split(r"[{]", each["series"])[0] for test in EXAMPLES["tests"] for each in test["input_series"]}

    assert series - {"up"} <= EXPOSED


@pytest.mark.parametrize("page", sorted((ROOT / "ops" / "runbooks").glob("*.md")), ids=lambda page: page.name)
def test_a_runbook_names_only_figures_and_pages_that_exist(page: Path) -> None:
    text = page.read_text()

    for name in re.findall(r"\b(?:secretaria_[a-z_]+|appointment_[a-z_]+_total)", text):
        assert name in EXPOSED, name
    for name in re.findall(r"secretaria:[a-z0-9_:]+", text):
        assert name in RECORDED, name
    for link in re.findall(r"\]\(([a-z_]+\.md)\)", text):
        assert (page.parent / link).exists(), link
