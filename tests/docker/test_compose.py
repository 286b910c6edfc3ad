"""The container files say what the suite runs: commands, variables, ports (no container engine is needed)."""

import os
import re
from pathlib import Path

import pytest
import yaml

from scripts import processes

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def stages() -> list[list[tuple[str, str]]]:
    """The Dockerfile's instructions, by stage."""
    text = re.sub(r"\\\n", " ", (DOCKER / "Dockerfile").read_text(encoding="utf-8"))
    found: list[list[tuple[str, str]]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "FROM":
            found.append([])
        found[-1].append((word, " ".join(rest.split())))
    return found


def test_services_run_the_commands_that_the_suite_runs(compose):
    services = compose["services"]
    assert services["web"]["command"] == processes.web("0.0.0.0:8000")
    assert services["worker"]["command"] == processes.worker()
    assert services["beat"]["command"] == processes.beat("/var/lib/portal/beat-schedule")


@pytest.mark.parametrize("service", ["web", "worker", "beat", "migrate"])
def test_services_get_every_variable_that_production_needs(compose, service):
    given = compose["services"][service]["environment"]
    assert set(processes.PRODUCTION_VARIABLES) <= set(given)
    assert given["DJANGO_SETTINGS_MODULE"] == "portal.settings.production"


def test_production_settings_need_exactly_those_variables():
    code = (ROOT / "site/portal/settings/production.py").read_text(encoding="utf-8")
    needed = re.findall(r'env(?:\.\w+)?\("([A-Z_]+)"\)', code)
    assert sorted(needed) == sorted(processes.PRODUCTION_VARIABLES)


def test_the_services_are_those_of_the_design(compose):
    search = {"elasticsearch", "search-certificates", "search-account"}
    portal = {"web", "worker", "beat", "migrate"}
    assert set(compose["services"]) == portal | search | {"postgres", "redis", "proxy"}
    assert set(compose["volumes"]) == {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }


def test_secrets_are_never_written_down(compose):
    """Whatever is secret comes from outside, and starting without it is an error that names it."""
    environment = compose["services"]["web"]["environment"]
    assert environment["DJANGO_SECRET_KEY"] == "${DJANGO_SECRET_KEY:?}"
    assert "${POSTGRES_PASSWORD:?}" in environment["DATABASE_URL"]
    assert "${SEARCH_PASSWORD:?}" in environment["SEARCH_URL"]
    needed = set(re.findall(r"\$\{([A-Z_]+):\?\}", (DOCKER / "compose.yaml").read_text(encoding="utf-8")))
    told = re.findall(r"^([A-Z_]+)=", (DOCKER / "example.env").read_text(encoding="utf-8"), re.MULTILINE)
    assert needed == set(told)


def test_only_the_proxy_is_reached_from_outside(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    caddyfile = (DOCKER / "Caddyfile").read_text(encoding="utf-8")
    assert "reverse_proxy web:8000" in caddyfile
    assert "header_up X-Request-ID {http.request.uuid}" in caddyfile


def test_the_proxy_hands_on_no_question_of_health_but_whether_it_lives():
    """`respond` comes before `reverse_proxy` in Caddy's own order, wherever they stand."""
    caddyfile = " ".join((DOCKER / "Caddyfile").read_text(encoding="utf-8").split())
    assert "@inside { path /health/* not path /health/live } respond @inside 404" in caddyfile


def test_the_image_copies_what_exists_and_runs_without_privileges(stages):
    built = {"site/portal/static/build"}
    for stage in stages:
        for word, rest in stage:
            if word != "COPY" or rest.startswith("--from"):
                continue
            for source in rest.split()[:-1]:
                assert source in built or (ROOT / source).exists(), f"COPY {source}"
    users = [rest for word, rest in stages[-1] if word == "USER"]
    assert users == ["portal"]
    assert [word for word, _ in stages[-1]].index("USER") > max(
        place for place, (word, _) in enumerate(stages[-1]) if word == "RUN"
    )


def test_the_image_runs_the_web_server_by_default(stages):
    [command] = [rest for word, rest in stages[-1] if word == "CMD"]
    assert yaml.safe_load(command) == processes.web("0.0.0.0:8000")


def test_packages_in_the_image_are_locked(stages):
    installs = [rest for stage in stages for word, rest in stage if word == "RUN" and "pip install" in rest]
    for step in installs:
        for part in step.split("&&"):
            if "pip install" in part:
                assert "--require-hashes" in part or "--no-deps" in part


def test_the_ci_script_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
