"""The Kubernetes manifests: valid by Kubernetes' own schemas, closed to what they need not do, and true to the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from click.testing import CliRunner

from secretaria.__main__ import main
from secretaria.settings import Settings, Worker, variables

FOLDER = Path(__file__).parents[3] / "ops" / "k8s"
VERSIONS = ("1.30", "1.33", "1.35")
FOREIGN = ("keda.sh/", "kustomize.config.k8s.io/")
SECRET = {
    "DATABASE_URL": "postgresql://secretaria:x@db:5432/secretaria",
    "REDIS_URL": "redis://:x@redis:6379/0",
    "SECRETARIA_MASTER_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "SECRETARIA_SERVICE_TOKEN": "0123456789abcdef01234567",
    "GEMINI_API_KEY": "a-key",
}


def documents() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(FOLDER.rglob("*.yaml")):
        for document in yaml.safe_load_all(file.read_text()):
            yield (
                f"{file.relative_to(FOLDER)} {document['kind']} {document.get('metadata', {}).get('name', '')}",
                document,
            )


ALL = dict(documents())
OURS = {name: one for name, one in ALL.items() if not one["apiVersion"].startswith(FOREIGN)}
PODS = {name: one["spec"]["template"] for name, one in ALL.items() if one["kind"] in ("Deployment", "Job")}
SCALED = {name: one for name, one in ALL.items() if one["kind"] == "ScaledObject"}


def container(pod: dict[str, Any]) -> dict[str, Any]:
    [only] = pod["spec"]["containers"]
    return dict(only)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", OURS)
def test_a_manifest_is_what_kubernetes_says_it_must_be(name: str, version: str) -> None:
    kubernetes_validate.validate(OURS[name], version, strict=True)


def test_the_schema_itself_notices_a_field_that_does_not_exist() -> None:
    wrong = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "dta": {}}

    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[0], strict=True)


@pytest.mark.parametrize("folder", [FOLDER, FOLDER / "dedicated"])
def test_every_manifest_is_in_its_kustomization(folder: Path) -> None:
    kustomization = yaml.safe_load((folder / "kustomization.yaml").read_text())

    assert set(kustomization["resources"]) == {file.name for file in folder.glob("*.yaml")} - {"kustomization.yaml"}
    assert {image["name"] for image in kustomization["images"]} == {"secretaria"}


@pytest.mark.parametrize("name", PODS)
def test_a_pod_can_do_nothing_it_need_not(name: str) -> None:
    pod, inside = PODS[name]["spec"], container(PODS[name])

    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"--uid {pod['securityContext']['runAsUser']}" in (FOLDER.parent / "Dockerfile").read_text()
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert inside["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert {"cpu", "memory"} <= inside["resources"]["requests"].keys()
    assert "memory" in inside["resources"]["limits"]
    assert [mount["mountPath"] for mount in inside["volumeMounts"]] == ["/tmp"]


@pytest.mark.parametrize("name", PODS)
def test_what_a_pod_runs_is_a_command_of_ours(name: str) -> None:
    word, *options = container(PODS[name])["args"]

    told = CliRunner().invoke(main, [word, "--help"])

    assert told.exit_code == 0
    assert all(option in told.output for option in options if option.startswith("--"))


def test_settings_and_secret_are_all_that_production_needs() -> None:
    given = ALL["settings.yaml ConfigMap secretaria"]["data"]
    told = (FOLDER / "README.md").read_text()

    settings = Settings.from_environment({**given, **SECRET})

    assert settings.environment == "production"
    assert given.keys() <= variables()
    assert all(f"`{key}`" in told for key in SECRET)
    assert (settings.http.port, settings.worker.metrics_port, settings.relay.metrics_port) == (8080, 9101, 9102)


@pytest.mark.parametrize("name", [name for name in PODS if "Deployment" in name])
def test_probes_ask_a_port_that_is_open_and_never_the_health_of_the_whole(name: str) -> None:
    inside = container(PODS[name])
    ports = {port["name"] for port in inside["ports"]}
    probes = [inside[kind]["httpGet"] for kind in ("startupProbe", "livenessProbe", "readinessProbe") if kind in inside]

    assert len(probes) >= 2
    for probe in probes:
        assert probe["port"] in ports
        assert probe["path"] == ("/livez" if inside["name"] == "api" else "/metrics")


@pytest.mark.parametrize("name", [name for name in PODS if "worker" in name])
def test_a_worker_has_the_time_it_needs_to_finish(name: str) -> None:
    assert PODS[name]["spec"]["terminationGracePeriodSeconds"] > Worker().drain_seconds + 5


@pytest.mark.parametrize(
    "name", [name for name, one in OURS.items() if one["kind"] in ("Service", "PodDisruptionBudget")]
)
def test_services_and_budgets_select_pods_that_exist(name: str) -> None:
    selector = OURS[name]["spec"]["selector"]
    wanted = selector.get("matchLabels", selector)

    assert any(wanted.items() <= pod["metadata"]["labels"].items() for pod in PODS.values())


@pytest.mark.parametrize("name", SCALED)
def test_a_scaler_scales_a_deployment_of_ours_whose_number_nobody_else_says(name: str) -> None:
    spec = SCALED[name]["spec"]
    deployments = [one for one in ALL.values() if one["kind"] == "Deployment"]
    [target] = [one for one in deployments if one["metadata"]["name"] == spec["scaleTargetRef"]["name"]]

    assert "replicas" not in target["spec"]
    assert 1 <= spec["minReplicaCount"] <= spec["maxReplicaCount"]
    authentication = ALL["scaling.yaml TriggerAuthentication pool-loads"]["spec"]["secretTargetRef"]
    assert [each["parameter"] for each in authentication] == ["connection"]
    for trigger in spec["triggers"]:
        assert trigger["type"] == "postgresql"
        assert trigger["authenticationRef"] == {"name": "pool-loads"}
        assert float(trigger["metadata"]["targetQueryValue"]) > 0
        assert set(trigger["metadata"]) == {"query", "targetQueryValue"}
