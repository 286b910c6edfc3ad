"""What is said where Elasticsearch cannot be built: one sentence that names what is missing."""

import os

import pytest

from scripts import elasticsearch, system_packages
from scripts.services import ServiceMissing


def jdk(home, version, compiler=True):
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    if compiler:
        (home / "bin" / "javac").touch()
    return home


@pytest.fixture
def installed(tmp_path, monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(elasticsearch, "INSTALLED_JAVA", tmp_path / "jvm")
    return tmp_path / "jvm"


def test_the_newest_installed_jdk_is_taken(installed):
    jdk(installed / "a-9", "9.0.4")
    newest = jdk(installed / "java-25", "25.0.3")
    jdk(installed / "z-21", "21")
    jdk(installed / "jre-26", "26", compiler=False)
    assert elasticsearch.java_home() == newest


def test_the_one_that_is_named_comes_first_if_it_is_new_enough(installed, monkeypatch, tmp_path):
    jdk(installed / "java-25", "25.0.3")
    monkeypatch.setenv("JAVA_HOME", str(jdk(tmp_path / "own", "21.0.1")))
    assert elasticsearch.java_home() == tmp_path / "own"
    monkeypatch.setenv("JAVA_HOME", str(jdk(tmp_path / "old", "17.0.1")))
    assert elasticsearch.java_home() == installed / "java-25"


@pytest.mark.parametrize(("versions", "said"), [(["17.0.15"], "here is version 17"), ([], "here is none")])
def test_no_jdk_that_is_new_enough(installed, versions, said):
    for version in versions:
        jdk(installed / version, version)
    with pytest.raises(ServiceMissing, match=f"21 or newer.*{said}"):
        elasticsearch.require()


@pytest.fixture
def nothing_built(installed, monkeypatch, tmp_path):
    jdk(installed / "java-25", "25.0.3")
    monkeypatch.setattr(elasticsearch, "BUILT", tmp_path / "built")


def test_no_maven(nothing_built, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ServiceMissing, match=r"mvn not found \(Debian package maven\)"):
        elasticsearch.require()


def test_a_build_that_fails_says_why_every_time(nothing_built, monkeypatch, tmp_path):
    (tmp_path / "mvn").write_text("#!/bin/sh\necho '[ERROR] Could not transfer artifact'\nexit 1\n")
    (tmp_path / "mvn").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    for _ in range(2):
        with pytest.raises(ServiceMissing, match="Could not transfer artifact"):
            elasticsearch.build()


@pytest.mark.parametrize(
    ("packaged", "taken"),
    [
        ("openjdk-17-jdk-headless - OpenJDK\n", None),
        ("", None),
        (
            "openjdk-21-jdk-headless - OpenJDK\nopenjdk-25-jdk-headless - x\nopenjdk-8-jdk-headless - x\n",
            "openjdk-25-jdk-headless",
        ),
    ],
)
def test_the_newest_packaged_jdk_is_installed_if_it_is_new_enough(monkeypatch, tmp_path, packaged, taken):
    (tmp_path / "apt-cache").write_text(f"#!/bin/sh\ncat <<END\n{packaged}END\n")
    (tmp_path / "apt-cache").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert system_packages.newest_jdk_package() == taken
