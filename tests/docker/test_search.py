"""Elasticsearch in the container files: the version that is tested, security on, a weak account."""

import json
import os
import subprocess
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from scripts import elasticsearch

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"
SETUP = DOCKER / "elasticsearch"


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_the_version_is_the_one_that_is_tested_and_its_major_the_clients(services):
    images = {services[name]["image"] for name in ("elasticsearch", "search-certificates", "search-account")}
    assert images == {f"elasticsearch:{elasticsearch.version()}"}
    assert metadata.version("elasticsearch").split(".")[0] == elasticsearch.version().split(".")[0]


def test_security_is_on_and_memory_bounded(services):
    server = services["elasticsearch"]
    for name in ("xpack.security.enabled", "xpack.security.http.ssl.enabled"):
        assert server["environment"][name] == "true"
    assert server["environment"]["ELASTIC_PASSWORD"] == "${ELASTIC_PASSWORD:?}"
    assert server["mem_limit"]
    assert "ports" not in server


@pytest.mark.parametrize("service", ["web", "worker", "beat", "migrate"])
def test_the_portal_reaches_it_by_tls_with_an_account_of_its_own(services, service):
    given = services[service]["environment"]
    assert given["SEARCH_URL"] == "https://portal:${SEARCH_PASSWORD:?}@elasticsearch:9200"
    assert f"search-authority:{Path(given['SEARCH_CA_FILE']).parent}:ro" in services[service]["volumes"]
    assert "ELASTIC_PASSWORD" not in given


def test_the_portal_never_waits_for_it(services):
    for service in ("web", "worker", "beat", "migrate"):
        assert not {"elasticsearch", "search-account"} & set(services[service]["depends_on"])


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/bash\n{text}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def certificate_maker(tmp_path):
    """Stands in for the vendor's certutil: files of the names that it gives them, in a folder for a zip."""
    programs = tmp_path / "programs"
    programs.mkdir()
    told = tmp_path / "told"
    program(
        programs,
        "elasticsearch-certutil",
        f'echo "$*" >> {told}\nname=$1; [ $name = cert ] && name=elasticsearch\n'
        'while [ "$1" != --out ]; do shift; done\nmkdir -p "$2/$name"\n'
        'for end in crt key; do echo "$name $end" > "$2/$name/$name.$end"; done',
    )
    program(programs, "unzip", 'cp -r "$2"/. "$4"')
    return programs, told


def make_certificates(tmp_path, programs):
    for name in ("certificates", "authority"):
        (tmp_path / name).mkdir(exist_ok=True)
    command = ["bash", str(SETUP / "certificates.sh"), tmp_path / "certificates", tmp_path / "authority"]
    owner = f"{os.getuid()}:{os.getgid()}"
    variables = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "OWNER": owner}
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=True)


def test_certificates_are_made_once_and_the_authority_keeps_no_key(tmp_path, certificate_maker):
    programs, told = certificate_maker
    make_certificates(tmp_path, programs)
    made = {path.name: path for path in (tmp_path / "certificates").iterdir()}
    assert set(made) == {"ca.crt", "elasticsearch.crt", "elasticsearch.key"}
    assert made["elasticsearch.key"].stat().st_mode & 0o007 == 0
    assert [path.name for path in (tmp_path / "authority").iterdir()] == ["ca.crt"]
    assert "--dns elasticsearch,localhost" in told.read_text()
    make_certificates(tmp_path, programs)
    assert told.read_text().count("\n") == 2


def test_what_was_cut_off_is_made_again(tmp_path, certificate_maker):
    programs, _ = certificate_maker
    certificates = tmp_path / "certificates"
    certificates.mkdir()
    (certificates / "elasticsearch.key").write_text("half")
    make_certificates(tmp_path, programs)
    assert (certificates / "elasticsearch.key").read_text() == "elasticsearch key\n"


def test_the_account_has_rights_on_the_portals_indexes_alone(tmp_path):
    program(tmp_path, "curl", f'printf "%s\\n" "$@" > {tmp_path}/told-$(basename $(dirname "${{@: -1}}"))')
    variables = {"ELASTIC_PASSWORD": "e1", "SEARCH_PASSWORD": "s2", "SEARCH_INDEX_PREFIX": "portal"}
    subprocess.run(
        ["bash", str(SETUP / "account.sh")],
        env=os.environ | variables | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        check=True,
    )
    told = {name: (tmp_path / f"told-{name}").read_text().splitlines() for name in ("role", "user")}
    role, user = (json.loads(lines[lines.index("--data") + 1]) for lines in told.values())
    assert role["indices"] == [{"names": ["portal*"], "privileges": ["all"]}]
    assert user == {"password": "s2", "roles": ["portal"]}
    assert all("--cacert" in lines and "--fail" in lines for lines in told.values())
